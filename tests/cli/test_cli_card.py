"""`trainer card`: single cards, and what one decides about them."""

import sys
from pathlib import Path

import pexpect
import pytest

from tests.decks import deck, write_decks
from tests.learning import answered
from tests.program import Program

TOMORROW = "2026-11-24T09:00+08:00"


def new_cards(program: Program) -> int:
    count: int = program("due", "--json").json["new"]
    return count


def test_a_suspended_card_is_asked_no_more_until_it_is_resumed(
    program: Program,
) -> None:
    answered(program.home, ("trees/fir", 4, "echo fir"))
    ran = program("card", "suspend", "fruit/apple", "trees/oak")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "fruit/apple is suspended: it is not asked until it is resumed.",
        "trees/oak is suspended: it is not asked until it is resumed.",
    ]
    assert new_cards(program) == new_cards(program.at(TOMORROW)) == 2
    asked = program("review", given="x =4\n" * 9).out
    assert "Say apple." not in asked
    assert asked.count("Question:") == 2
    stats = program("stats", "--json").json["cards"]
    assert (stats["suspended"], stats["total"]) == (2, 5)
    assert (
        program("card", "resume", "fruit/apple").out == "fruit/apple is asked again.\n"
    )
    assert new_cards(program) == 1


def test_a_buried_card_comes_back_tomorrow(program: Program) -> None:
    program("card", "bury", "fruit/apple")
    assert new_cards(program) == 4
    assert new_cards(program.at(TOMORROW)) == 5
    program("undo")
    assert new_cards(program) == 5


def test_what_is_so_already_is_said_and_not_written(program: Program) -> None:
    for action, said in [
        ("resume", "fruit/pear is neither suspended nor buried."),
        ("unflag", "fruit/pear has no flag."),
        ("reset", "fruit/pear is new already."),
    ]:
        yes = ["--yes"] if action == "reset" else []
        assert program("card", action, "fruit/pear", *yes).out == f"{said}\n"
    program("card", "flag", "fruit/apple")
    again = program("card", "flag", "fruit/apple", "fruit/apple")
    assert again.out == "fruit/apple is flagged already.\n"
    assert len(program("log", "--json").json["log"]) == 1


def test_an_unknown_card_is_refused_before_anything_is_written(
    program: Program,
) -> None:
    ran = program("card", "suspend", "fruit/pear", "fruit/aple")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "There is no card `fruit/aple`, did you mean `fruit/apple`?\n"
    assert program("log", "--json").json["log"] == []


def test_reset_makes_a_card_new_and_undo_brings_back_what_it_was(
    program: Program,
) -> None:
    answered(program.home, ("fruit/apple", 4, "echo apple"))
    before = program("card", "show", "fruit/apple", "--json").json
    assert before["memory"]["reps"] == 1
    asking = program("card", "reset", "fruit/apple", given="y\n")
    assert (asking.code, asking.out) == (2, "")
    assert "--yes" in asking.err
    assert program("card", "reset", "fruit/apple", "--yes").out == (
        "fruit/apple is new again.\n"
    )
    after = program("card", "show", "fruit/apple", "--json").json
    assert after["memory"] is None
    assert [one["type"] for one in after["history"]] == ["review", "mark"]
    assert new_cards(program) == 5
    assert program("undo").out == "Taken back: fruit/apple (reset)\n"
    assert (
        program("card", "show", "fruit/apple", "--json").json["memory"]
        == (before["memory"])
    )


@pytest.mark.parametrize(
    ("typed", "code", "says"),
    [
        ("y", 0, "fruit/apple is new again."),
        ("n", 3, "Nothing was reset."),
        ("", 3, "Nothing was reset."),
    ],
)
def test_on_a_terminal_reset_asks(
    program: Program, typed: str, code: int, says: str
) -> None:
    answered(program.home, ("fruit/apple", 4, "echo apple"))
    child = pexpect.spawn(
        sys.executable,
        ["-m", "trainer", "card", "reset", "fruit/apple"],
        env={**program.environment, "TERM": "xterm"},
        cwd=program.home.parent,
        encoding="utf-8",
        timeout=30,
    )
    child.expect_exact("[y/N]")
    child.sendline(typed)
    child.expect_exact(says)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == code


def test_a_suspended_card_of_a_vanished_deck_is_listed_shown_and_resumed(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "decks"
    write_decks(folder, fruit=deck("fruit", "apple"), trees=deck("trees", "oak"))
    program = Program(tmp_path / "home", {"TRAINER_DECKS": str(folder)})
    program("card", "suspend", "trees/oak")
    (folder / "trees.yaml").unlink()
    listed = program("card", "list", "--suspended", "--json").json["cards"]
    assert [one["id"] for one in listed] == ["trees/oak"]
    shown = program("card", "show", "trees/oak")
    assert "No deck has this card any more" in shown.out
    assert program("card", "show", "trees/oak", "--json").json["card"] is None
    (folder / "fruit.yaml").unlink()
    assert program("card", "resume", "trees/oak").out == "trees/oak is asked again.\n"


def test_show_tells_what_is_known_of_a_card(program: Program) -> None:
    answered(program.home, ("fruit/apple", 3, "echo apple"))
    program("card", "flag", "fruit/apple")
    program("card", "bury", "fruit/apple")
    assert program("card", "show", "fruit/apple").out.splitlines() == [
        "fruit/apple  (command, type)",
        "  Question: Say apple.",
        "  Answer: echo apple",
        "  Why: It prints apple.",
        "",
        "  State: learning",
        "  Due: 2026-11-23 (now)",
        "  Interval: 10m",
        "  Stability: 2.3 days",
        "  Difficulty: 2.1 / 10",
        "  Recall today: 100%",
        "  Answers: 1",
        "  Lapses: 0",
        "  Marks: buried until tomorrow, flagged",
        "",
        "History",
        "time              rating   interval  verdict  typed",
        "2026-11-23 08:01  Good     10m       right    echo apple",
        "2026-11-23 09:00  flagged",
        "2026-11-23 09:00  buried",
    ]
    chinese = program("--lang", "zh", "card", "show", "fruit/pear").out
    assert "  阶段：新卡" in chinese.splitlines()


def test_show_has_the_promised_shape(program: Program) -> None:
    answered(program.home, ("fruit/apple", 3, "echo apple"))
    said = program("card", "show", "fruit/apple", "--json").json
    assert list(said) == [
        *("schema_version", "id", "suspended", "buried", "flagged", "leech"),
        *("memory", "retrievability", "card", "history"),
    ]
    assert said["card"]["answer"] == "echo apple"
    assert said["retrievability"] == 1.0


def test_list_shows_the_cards_that_fit_all_filters(program: Program) -> None:
    answered(program.home, ("fruit/apple", 4, "echo apple"))
    program("card", "flag", "fruit/apple", "trees/oak")
    program("card", "suspend", "fruit/apple", "fruit/pear")
    program("card", "bury", "trees/fir")

    def listed(*filters: str) -> list[str]:
        cards = program("card", "list", "--json", *filters).json["cards"]
        return [one["id"].partition("/")[2] for one in cards]

    assert listed() == ["apple", "pear", "plum", "oak", "fir"]
    assert listed("--flagged") == ["apple", "oak"]
    assert listed("--suspended") == ["apple", "pear"]
    assert listed("--suspended", "--flagged") == ["apple"]
    assert listed("--buried") == ["fir"]
    assert listed("--topic", "trees", "--flagged") == ["oak"]
    assert listed("--tag", "none") == []
    assert program("card", "list", "--topic", "fruit").out.splitlines() == [
        "card         state   due         marks",
        "fruit/apple  review  2026-11-29  suspended, flagged",
        "fruit/pear   new                 suspended",
        "fruit/plum   new",
    ]
    none = program("card", "list", "--tag", "none")
    assert (none.code, none.out) == (0, "")
    assert none.err == "No card is like that.\n"


def test_a_card_whose_values_change_tells_with_which_it_was_answered(
    tmp_path: Path,
) -> None:
    text = deck("one", "x").replace(
        "ask: {en: Say x.", "vars: {v: [a, b, c]}\n  ask: {en: Say @v@."
    )
    folder = write_decks(tmp_path / "decks", one=text.replace("echo x", "echo @v@"))
    program = Program(tmp_path / "home", {"TRAINER_DECKS": str(folder)})
    asked = program("review", given="echo a =3\necho a =3\n").out
    questions = [one for one in asked.splitlines() if one.startswith("Question: ")]
    values = [one.removeprefix("Question: Say ").rstrip(".") for one in questions]
    shown = program("card", "show", "one/x", "--json").json
    rows = shown["history"]
    assert [one["values"]["v"] for one in rows] == values[:2]
    assert [one["repetition"] for one in rows] == [0, 1]
    assert values[0] != values[1]
    assert [one["outcome"] == "correct" for one in rows] == [
        value == "a" for value in values[:2]
    ]
    assert (shown["card"]["answer"], shown["card"]["template"]["answer"]) == (
        "echo a",
        "echo @v@",
    )
    table = program("card", "show", "one/x").out
    assert "Values: v a, b, c" in table
    assert "Question: Say a." in table
    assert [row["repetition"] for row in program("log", "--json").json["log"]] == [0, 1]
    cells = [line.split() for line in table.splitlines() if "echo a" in line][-2:]
    assert [line[-3] for line in cells] == values[:2]
