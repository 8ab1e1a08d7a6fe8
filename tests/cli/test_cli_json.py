"""What other tools rely on: the JSON of due, stats, lint and export."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.decks import card, deck, write_decks
from tests.program import ROOT, Program
from trainer.language.clean import clean
from trainer.statistics.figures import FIGURES

ANSWERS = "echo apple =4\nwrong\necho plum\n"
SCRIPT: list[tuple[list[str], str]] = [
    (["review", "--limit", "4"], "echo apple\nwrong =2\necho oak =4\nx\n"),
    (["undo"], ""),
    (["due", "--json"], ""),
    (["stats", "--json"], ""),
    (["deck", "lint", "--json"], ""),
    (["export", "json"], ""),
]


def is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def test_due_has_the_promised_shape(program: Program) -> None:
    program("review", given=ANSWERS)
    said = program("due", "--json").json
    assert list(said) == [
        *("schema_version", "due", "new", "learning", "held_back", "decks")
    ]
    assert said["schema_version"] == 1
    for one in said["decks"]:
        assert list(one) == ["deck", "title", "due", "new", "learning"]
        assert isinstance(one["deck"], str)
        assert isinstance(one["title"], str)
    for name in ("due", "new", "learning"):
        assert is_count(said[name])
        assert said[name] == sum(one[name] for one in said["decks"])
    assert [one["deck"] for one in said["decks"]] == ["fruit", "trees"]


def test_due_names_decks_in_the_chosen_language(program: Program) -> None:
    for words in (["due", "--json"], ["due", "--json", "fruit", "trees"]):
        said = program("--lang", "zh", *words)
        titles = [one["title"] for one in said.json["decks"]]
        assert titles == ["fruit牌组", "trees牌组"]
        assert "fruit牌组" in said.out  # as it is, not escaped


def test_stats_have_the_promised_shape(program: Program) -> None:
    program("review", given=ANSWERS)
    said = program("stats", "--json").json
    assert list(said) == ["schema_version", "day", *FIGURES]
    assert (said["schema_version"], said["day"]) == (1, "2026-11-23")
    cards = said["cards"]
    names = ["new", "learning", "young", "mature", "suspended"]
    assert all(is_count(cards[name]) for name in (*names, "total", "review", "buried"))
    assert cards["total"] == sum(cards[name] for name in names)
    assert (cards["leeches"], cards["flagged"], cards["away"]) == ([], [], [])
    assert (said["reviews"]["total"], said["reviews"]["today"]) == (3, 3)
    assert list(said["retention"]) == ["today", "week", "month", "year", "all"]
    days = [date.fromisoformat(load["day"]) for load in said["forecast"]["days"]]
    assert days == [date(2026, 11, 23) + timedelta(days=n) for n in range(30)]
    assert all(list(load) == ["day", "due"] for load in said["forecast"]["days"])
    assert [one["name"] for one in said["notes"]["topics"]] == ["fruit", "trees"]
    assert list(said["advice"]) == ["risk", "failing", "next"]


def test_lint_has_the_promised_shape_and_places(tmp_path: Path) -> None:
    text = deck("bad", "x") + card("y").replace("answer", "anwser")
    folder = write_decks(tmp_path / "decks", bad=text)
    ran = Program(tmp_path / "home")("deck", "lint", "--json", "--decks", folder)
    assert ran.code == 1
    said = ran.json
    assert list(said) == ["schema_version", "decks", "cards", "problems"]
    assert (said["schema_version"], said["decks"], said["cards"]) == (1, 1, 1)
    assert said["problems"]
    for one in said["problems"]:
        assert list(one) == ["path", "line", "column", "severity", "message"]
        assert one["path"] == "decks/bad.yaml"
        assert one["severity"] in {"error", "warning"}
    text_form = Program(tmp_path / "home")("deck", "lint", "--decks", folder)
    assert text_form.code == 1
    for one in said["problems"]:
        where = f"{one['path']}:{one['line']}:{one['column']}: {one['message']}"
        assert where in text_form.out
    assert "did you mean `answer`" in text_form.out


def test_the_shipped_decks_are_sound(shipped: Program) -> None:
    ran = shipped("deck", "lint", "--json")
    assert (ran.code, ran.json["problems"]) == (0, [])
    assert ran.json["cards"] >= 60


def test_export_has_the_promised_shape(program: Program) -> None:
    program("review", given=ANSWERS)
    said = program("export", "json").json
    assert said["schema_version"] == 1
    assert {"cards", "reviews", "memory"} <= said.keys()
    assert [one["id"] for one in said["cards"]][:2] == ["fruit/apple", "fruit/pear"]
    wanted = [
        "id",
        "at",
        "card",
        "rating",
        "response",
        "outcome",
        "took_ms",
        "device",
        "mode",
    ]
    for one in said["reviews"]:
        assert set(wanted) <= one.keys()
        assert one["at"] == "2026-11-23T01:00:00.000Z"
        assert one["offset"] == 8 * 3600
        assert one["mode"] == "review"
    assert {one["card"] for one in said["memory"]} == {
        one["card"] for one in said["reviews"]
    }


def test_export_holds_the_cards_without_loss(program: Program) -> None:
    shown: list[dict[str, Any]] = []
    for name in ("fruit", "trees"):
        shown += program("deck", "show", name, "--json").json["cards"]
    exported = program("export", "json").json["cards"]
    assert [{**one, "deck": ""} for one in exported] == [
        {**one, "deck": ""} for one in shown
    ]


def test_export_writes_a_file_and_overwrites_only_if_told(
    program: Program, tmp_path: Path
) -> None:
    program("review", given=ANSWERS)
    path = tmp_path / "out.json"
    assert program("export", "json", "-o", path).code == 0
    assert path.read_text(encoding="utf-8") == program("export", "json").out
    path.write_text("precious")
    refused = program("export", "json", "-o", path)
    assert (refused.code, path.read_text()) == (2, "precious")
    assert program("export", "json", "-o", path, "--force").code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["schema_version"] == 1


def test_an_export_that_fails_leaves_nothing_behind(
    program: Program, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    target.mkdir()
    for path in (target, tmp_path / "no" / "where.json"):
        ran = program("export", "json", "--force", "-o", path)
        assert ran.code == 2
        assert len(ran.err.splitlines()) == 1
    assert not list(target.iterdir())
    assert not list(tmp_path.glob(".trainer-*"))


def test_the_same_commands_in_two_fresh_homes_print_the_same_bytes(
    program: Program, tmp_path: Path
) -> None:
    other = Program(tmp_path / "second-home", program.extra)
    for words, given in SCRIPT:
        first, second = program(*words, given=given), other(*words, given=given)
        assert first == second
        assert first.out


def test_a_path_of_execution_does_not_show_in_due(program: Program) -> None:
    program("review", given=ANSWERS)
    slow = program("due", "fruit", "trees", "--json")
    assert program("due", "--json") == slow
    (program.home / "decks.cache").unlink()
    assert program("due", "--json") == slow


def test_what_was_typed_reaches_no_terminal_raw_through_json(program: Program) -> None:
    typed = "echo \x1b]0;x\x07\x9b31m\u202etxt.exe\u200b\U000e0041"
    program("review", "--limit", "1", given=f"{typed}\n=1\n")
    for words in (["log", "--json"], ["grade", "--json", "echo x", typed]):
        ran = program(*words)
        assert ran.code in {0, 1}
        assert clean(ran.out) == ran.out
    assert program("log", "--json").json["log"][0]["response"].startswith("echo \x1b")


def test_all_data_goes_through_the_one_place_that_prints_json() -> None:
    sources = (ROOT / "trainer" / "cli").rglob("*.py")
    found = {path.name for path in sources if "json.dump" in path.read_text()}
    own = {"config.py", "decks.py"}  # defaults as TOML, and the schema: our own words
    assert found == {"jsonlines.py", *own}
