"""What `trainer review` asks: its options, and what comes back."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.decks import card, write_decks
from tests.learning import answered, open_store
from tests.program import ROOT, Program, Ran
from trainer.scheduling.review import Mode

FORMS = ROOT / "tests" / "terminal" / "forms.yaml"
HOSTILE = b"\n".join(
    [
        b"x" * 200_000,
        b"\xff\xfe\x80 \xc3(",
        b"\0\0\0",
        b"   \t  ",
        b"\x1b[2J\x1b]0;x\x07",
        b"\xf0\x9f\x98\x80" * 99,
        b"=5 =0 = 1",
        b"9 9 9 9 0 -1 99999999999999999999",
        "\u202e＝３".encode(),
        b"",
    ]
)


def many(count: int) -> str:
    """Return a deck of many cards."""
    head = "deck: many\ntitle: {en: Many, zh: 很多}\ncards:\n"
    return head + "".join(card(f"c{number}") for number in range(count))


def asked(ran: Ran) -> list[str]:
    """Return which cards were asked."""
    return re.findall(r"^Question: Say (\S+)\.$", ran.out, re.MULTILINE)


@pytest.fixture
def backlog(tmp_path: Path) -> Program:
    """`trainer` on twelve cards, nine of which were learned and are overdue."""
    folder = write_decks(tmp_path / "decks", many=many(12))
    program = Program(tmp_path / "home", {"TRAINER_DECKS": str(folder)})
    program.home.mkdir()
    answered(program.home, *((f"many/c{n}", 4, "x") for n in range(9)))
    return program.at("2027-03-01T09:00+08:00")


def test_a_backlog_is_met_kindly(backlog: Program) -> None:
    ran = backlog("review", "--limit", "4", given="x =4\n" * 20)
    assert ran.out.startswith("3 of 9 today, the most at risk first.")
    assert len(asked(ran)) == 4
    ran = backlog("review", "--limit", "4", "--new", "0", "--lang", "zh")
    assert "今天先复习 6 张中的 4 张，最容易忘的在前" in ran.out


def test_the_order_of_reviews_can_be_chosen(backlog: Program) -> None:
    (oldest, risk, shuffled) = (
        asked(backlog("review", "--order", order, "--new", "0", given=":s\n" * 8))
        for order in ("oldest", "risk", "due")
    )
    assert oldest == [f"c{n}" for n in range(9)]
    assert sorted(risk) == sorted(shuffled) == oldest
    assert shuffled != oldest


def test_new_cards_come_as_many_as_are_asked_for(backlog: Program) -> None:
    ran = backlog("review", "--new", "2", "--mix", "first", given="x =4\n" * 20)
    assert asked(ran)[:2] == ["c9", "c10"]
    assert len(asked(ran)) == 11
    assert asked(backlog("review", "--new", "1", given="x =4\n")) == ["c11"]
    assert asked(backlog("review", "--new", "9")) == []


def test_what_is_due_later_can_be_had_ahead(backlog: Program) -> None:
    backlog("review", "--new", "0", given="x =4\n" * 9)
    assert asked(backlog("review", "--new", "0")) == []
    (first,) = asked(backlog("review", "--new", "0", "--ahead", "365"))
    with open_store(backlog.home) as store:
        assert f"many/{first}" in store.memories()


def test_cramming_asks_all_and_leaves_the_schedule_alone(backlog: Program) -> None:
    with open_store(backlog.home) as store:
        before = store.memories()
    ran = backlog("review", "--cram", given="x =1\n" + "x =4\n" * 20)
    assert asked(ran) == [f"c{n}" for n in range(12)] + ["c0"]
    assert not ran.cards  # no interval stands there
    with open_store(backlog.home) as store:
        assert store.memories() == before
        assert [one.mode for one in store.log.reviews()].count(Mode.CRAM) == 13
    ran = backlog("review", "--cram", "--limit", "2", given="x =4\n:u\nx =1\nx =4\n")
    assert asked(ran) == ["c0", "c1", "c0", "c1", "c0"]


def test_time_is_up_after_the_card_in_hand(backlog: Program) -> None:
    running = Program(backlog.home, {**backlog.extra, "TRAINER_NOW": ""})
    ran = running("review", "--time", "1s", given="x =4\n" * 20)
    assert 1 <= len(asked(ran)) <= 11
    for bad in ("0s", "x", "-1m", "25h", "1"):
        ran = backlog("review", "--time", bad)
        assert ran.code == 2
        assert bad in ran.err


def test_a_sitting_is_resumed_by_starting_again(backlog: Program) -> None:
    first = backlog("review", "--new", "0", given="x =4\nx =1\n:q\n")
    again = backlog("review", "--new", "0", given="x =4\n" * 20)
    done = asked(first)[:2]
    assert done[0] not in asked(again)
    assert sorted({*done, *asked(again)}) == [f"c{n}" for n in range(9)]
    assert again.out.rstrip().splitlines()[-3].startswith("3 more cards wait")


def test_a_failed_card_waits_for_the_others(backlog: Program) -> None:
    ran = backlog("review", "--limit", "3", "--new", "0", given="x =1\n" * 9)
    order = asked(ran)
    assert len(order) == 10
    assert all(one != other for one, other in pairwise(order))


@pytest.fixture
def forms(tmp_path: Path) -> Program:
    """`trainer` on a card of each form."""
    folder = write_decks(tmp_path / "decks", forms=FORMS.read_text(encoding="utf-8"))
    return Program(tmp_path / "home", {"TRAINER_DECKS": str(folder)})


def log(program: Program) -> list[tuple[Any, ...]]:
    """Return card, rating and outcome of each review."""
    with open_store(program.home) as store:
        return [
            (one.card.removeprefix("forms/"), one.rating.value, one.outcome.value)
            for one in store.log.reviews()
        ]


@pytest.mark.parametrize(
    ("language", "answers", "words"),
    [
        (
            "en",
            "image\n\n{port}\nLATEST\n{order}",
            [
                "1. 53",
                "The numbers in order",
                "Type a number from 1 to 3",
                "1 to 4 once",
            ],
        ),
        (
            "zh",
            "镜像\n\n{port}\nｌａｔｅｓｔ\n{order}",
            ["1. 53", "按顺序输入编号", "请输入 1 到 3", "请把 1 到 4 各输入一次"],
        ),
    ],
)
def test_line_mode_asks_every_form(
    forms: Program, language: str, answers: str, words: list[str]
) -> None:
    first = ":h\ndocker images -f dangling=true\n：ｈ\n--rm\n:?\n"
    orders = "4 2 1\n4 2 1 1\n4 2 1 5\nno\n4 ２，1、3"
    given = first + answers.format(port="?\n9\n２", order=orders) + " =4\n:q\n"
    ran = forms("review", "--lang", language, given=given)
    assert all(word in ran.out for word in [*words, "docker image ls …", ":u "])
    assert log(forms) == [
        ("command", 2, "correct"),
        ("flag", 2, "correct"),
        ("words", 3, "correct"),
        ("recall", 3, "unjudged"),
        ("choose", 3, "correct"),
        ("cloze", 3, "correct"),
        ("order", 4, "correct"),
    ]


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "switched off (review.hints)"), ("zh", "提示已关闭（review.hints）")],
)
def test_line_mode_gives_no_hints_where_they_are_switched_off(
    forms: Program, language: str, told: str
) -> None:
    assert forms("config", "set", "review.hints", "no").code == 0
    ran = forms("review", "--lang", language, given=":h\n:q\n")
    assert told in ran.out
    assert "docker image ls" not in ran.out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_input_is_too_hostile_for_any_form(forms: Program, language: str) -> None:
    for kind in ("command", "flag", "concept"):
        ran = forms(
            "review", "--cram", "--kind", kind, "--lang", language, given=HOSTILE
        )
        assert ran.code == 0
        assert not set(ran.out) & {"\x1b", "\0", "\x07", "\u202e"}
    assert {outcome for _, _, outcome in log(forms)} == {"wrong", "unjudged"}


def test_kind_and_tag_choose_cards(forms: Program) -> None:
    kinds = [name for name, *_ in after(forms, "--kind", "flag", "--kind", "command")]
    assert kinds == ["command", "flag"]
    deck = Path(forms.extra["TRAINER_DECKS"]) / "forms.yaml"
    text = deck.read_text(encoding="utf-8")
    deck.write_text(text.replace("- id: cloze\n", "- id: cloze\n  tags: [web]\n"))
    assert "docker pulls" in forms("review", "--tag", "web", "--cram").out
    assert "Question" not in forms("review", "--tag", "web", "--kind", "flag").out


def after(program: Program, *words: str) -> list[tuple[Any, ...]]:
    """Return the log after a sitting in which all is easy."""
    program("review", *words, given="x =4\n" * 9)
    return log(program)


def test_a_pipe_is_not_greeted(forms: Program) -> None:
    assert "Welcome" not in forms("review", given=":q\n").out


ENCODINGS = [
    ("gbk", "zh", "镜像", "简单 -> "),
    ("gb18030", "zh", "镜像", "简单 → "),
    ("iso-8859-1", "en", "image", "Easy -> "),
    ("ascii", "en", "image", "Easy -> "),
]


@pytest.mark.parametrize(("encoding", "language", "word", "line"), ENCODINGS)
def test_other_encodings_are_read_and_written(
    forms: Program, encoding: str, language: str, word: str, line: str
) -> None:
    other = forms.having(PYTHONIOENCODING=encoding)
    given = f"{word} =4\n".encode(encoding) + b"\xff\xfe\x81\n"
    words = ("--lang", language, "--kind", "concept")
    out, err, code = raw(other, *words, given=given)
    assert (code, err) == (0, b"")
    assert line in out.decode(encoding)
    assert log(forms)[0] == ("words", 4, "correct")


@pytest.mark.parametrize("locale", [{"LANG": "C"}, {"LC_ALL": "POSIX", "LANG": ""}])
def test_without_a_locale_text_is_utf_8(forms: Program, locale: dict[str, str]) -> None:
    ran = forms.having(**locale)(
        "review", "--lang", "zh", "--kind", "concept", given="镜像 =4\n"
    )
    assert "简单 → " in ran.out
    assert log(forms) == [("words", 4, "correct")]


def raw(program: Program, *words: str, given: bytes) -> tuple[bytes, bytes, int]:
    """Review with bytes as they are; return output, errors and exit code."""
    done = subprocess.run(
        [sys.executable, "-m", "trainer", "review", *words],
        input=given,
        capture_output=True,
        env=program.environment,
        check=False,
    )
    return done.stdout, done.stderr, done.returncode
