"""Line mode: one answer a line, and nothing of it lost."""

from typing import Any

import pytest

from tests.learning import open_store
from tests.program import Program


def log(program: Program) -> list[dict[str, Any]]:
    """Return what the log holds of each review."""
    with open_store(program.home) as store:
        return [
            {
                "card": one.card,
                "rating": one.rating.value,
                "outcome": one.outcome.value,
                "response": one.response,
            }
            for one in store.log.reviews()
        ]


def said(program: Program) -> list[tuple[str, int, str]]:
    """Return card, rating and outcome of each review."""
    return [(one["card"], one["rating"], one["outcome"]) for one in log(program)]


def test_each_line_answers_one_card_and_is_graded(program: Program) -> None:
    ran = program("review", given="echo apple\nwrong\necho plum\n")
    assert ran.code == 0
    assert said(program) == [
        ("fruit/apple", 3, "correct"),
        ("fruit/pear", 1, "wrong"),
        ("fruit/plum", 3, "correct"),
    ]
    assert len(ran.cards) == 3


def test_the_end_of_a_line_rates_the_answer(program: Program) -> None:
    given = "echo apple =1\necho pear =2\nwrong =3\necho oak =4\necho fir\n"
    program("review", "--limit", "5", given=given)
    assert [rating for _, rating, _ in said(program)] == [1, 2, 3, 4, 3]
    assert [one["response"] for one in log(program)][:2] == ["echo apple", "echo pear"]


def test_full_width_ratings_count_too(program: Program) -> None:
    program("review", given="echo apple ＝３\necho pear　=４\n苹果 =２\n")
    assert [rating for _, rating, _ in said(program)] == [3, 4, 2]


@pytest.mark.parametrize("answer", ["echo apple=1", "echo apple =5", "a =12", "=x"])
def test_what_only_looks_like_a_rating_belongs_to_the_answer(
    program: Program, answer: str
) -> None:
    program("review", given=answer + "\n")
    (one,) = log(program)
    suggested = {"wrong": 1, "partial": 2, "correct": 3}
    assert (one["response"], one["rating"]) == (answer, suggested[one["outcome"]])


def test_a_rating_alone_rates_an_empty_answer(program: Program) -> None:
    program("review", given="=2\n")
    assert [(one["response"], one["rating"]) for one in log(program)] == [("", 2)]


def test_the_end_of_input_saves_all_and_says_what_is_left(program: Program) -> None:
    ran = program("review", given="echo apple")
    assert ran.code == 0
    assert said(program) == [("fruit/apple", 3, "correct")]
    assert "4 cards are left" in ran.out or "5 cards are left" in ran.out


def test_without_input_nothing_is_answered(program: Program) -> None:
    assert program("review").code == 0
    assert log(program) == []


def test_quitting_leaves_the_rest(program: Program) -> None:
    ran = program("review", given="echo apple\n:q\necho pear\n")
    assert ran.code == 0
    assert len(log(program)) == 1


def test_taking_back_asks_again_and_counts_the_new_answer(program: Program) -> None:
    ran = program("review", given="wrong\n:u\necho apple\n:q\n")
    assert said(program) == [("fruit/apple", 3, "correct")]
    assert "Taken back: fruit/apple" in ran.out
    exported = program("export", "json").json
    assert [one["response"] for one in exported["retracted"]] == ["wrong"]
    assert exported["retractions"][0]["review"] == exported["retracted"][0]["id"]


def test_taking_back_reaches_into_the_session_before(program: Program) -> None:
    program("review", "--limit", "1", given="wrong\n")
    ran = program("review", given=":u\n:u\n:q\n")
    assert log(program) == []
    assert "There is nothing to take back." in ran.out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_finished_card_has_one_line_with_rating_and_interval(
    program: Program, lang: str
) -> None:
    ran = program("--lang", lang, "review", given="echo apple =4\n")
    (line,) = ran.cards
    assert line.startswith({"en": "Easy → ", "zh": "简单 → "}[lang])
    assert any(char.isdigit() for char in line)


def test_arrows_in_a_deck_do_not_pass_for_finished_cards(program: Program) -> None:
    folder = program.extra["TRAINER_DECKS"]
    with open(f"{folder}/fruit.yaml", "a", encoding="utf-8") as file:  # noqa: PTH123 - a path in a string
        file.write(
            "- {id: arrow, kind: concept, ask: {en: 'A → B?', zh: 'A → B？'},"
            " answer: {en: 'B → A', zh: 'B → A'}}\n"
        )
    ran = program("review", "fruit", given="x\nx\nx\nx\n")
    finished = [line for line in ran.cards if " → " in line and ":" not in line]
    assert len(finished) == len(log(program))


def test_windows_line_ends_and_blanks_around_do_not_matter(program: Program) -> None:
    program("review", given=b"  echo   apple  \r\necho pear =4\r\n")
    assert said(program) == [
        ("fruit/apple", 3, "correct"),
        ("fruit/pear", 4, "correct"),
    ]


def test_a_very_long_line_is_one_answer_and_keeps_its_rating(program: Program) -> None:
    program("review", given="x" * 300_000 + " =4\necho pear\n")
    first, second = log(program)[:2]
    assert first["rating"] == 4
    assert first["response"] == "x" * 4096
    assert second["outcome"] == "correct"


def test_bytes_that_are_no_text_are_answers_like_others(program: Program) -> None:
    ran = program("review", given=b"nul\0nul\n\xff\xfe\xc3(\n\x1b[31mred\x1b[0m\n")
    assert ran.code == 0
    assert [one["rating"] for one in log(program)] == [1, 1, 1]
    assert "\x1b" not in ran.out
    assert "\0" not in ran.out
    assert log(program)[0]["response"] == "nul\0nul"


def test_chinese_answers_are_kept_as_typed(program: Program) -> None:
    program("--lang", "zh", "review", given="打印苹果\n")
    assert log(program)[0]["response"] == "打印苹果"


def test_line_mode_asks_in_the_chosen_language(program: Program) -> None:
    assert "问题：说 apple。" in program("review", "--lang", "zh").out
    assert "Question: Say apple." in program("review", "--lang=en").out


def test_a_limit_counts_new_cards_and_reviews(program: Program) -> None:
    program("review", "--limit", "2", given="echo x =4\n" * 9)
    assert len(log(program)) == 2


def test_a_topic_given_twice_is_studied_once(program: Program) -> None:
    program("review", "trees", "trees", given="x =4\n" * 9)
    assert [card for card, _, _ in said(program)] == ["trees/oak", "trees/fir"]
