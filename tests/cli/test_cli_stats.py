"""`trainer stats`: topics, since, JSON, and what is noted for it."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.program import Program
from trainer.cli.mistakes import UsageError
from trainer.cli.since import first_day
from trainer.statistics.figures import FIGURES

TODAY = date(2026, 11, 23)


def test_a_sitting_leads_to_figures_in_both_languages(program: Program) -> None:
    program("review", "--lang", "zh", given="wrong\n\n" * 2)
    told = program("stats", "--json").json
    assert list(told) == ["schema_version", "day", *FIGURES]
    assert told["reviews"]["total"] == told["days"][0]["answers"] > 0
    assert told["day"] == "2026-11-23"
    said = program("stats")
    assert (said.code, said.err) == (0, "")
    assert "Today: " in said.out
    assert "trainer review" in said.out
    everything = program("stats", "--all", "--lang", "zh", "--ascii").out
    assert "主题" in everything
    assert len(everything.splitlines()) > len(said.out.splitlines())
    exported = program("export", "json").json
    notes = [one["code"] for row in exported["reviews"] for one in row["findings"]]
    assert "language" in notes


def test_topics_and_days_narrow_what_is_looked_at(program: Program) -> None:
    program("review", given="wrong\n\n" * 2)
    later = program.at("2026-12-20T09:00+08:00")
    assert later("stats", "--json", "--since", "7d").json["reviews"]["total"] == 0
    assert later("stats", "--json", "--since", "2026-11-01").json["reviews"]["total"]
    (topic,) = later("stats", "fruit", "--json").json["notes"]["topics"]
    assert topic["name"] == "fruit"
    assert later("stats", "froot").code == 2


@pytest.mark.parametrize(
    ("since", "first"),
    [
        ("", date.min),
        ("1d", TODAY),
        ("0d", TODAY),
        ("30d", date(2026, 10, 25)),
        ("2w", date(2026, 11, 10)),
        ("1y", date(2025, 11, 24)),
        ("9999y", date.min),
        ("2026-11-01", date(2026, 11, 1)),
    ],
)
def test_since_is_a_span_that_ends_today_or_a_day(since: str, first: date) -> None:
    assert first_day(since, TODAY) == first


@pytest.mark.parametrize("since", ["x", "30", "-3d", "2026-02-30", "１d"])
def test_since_anything_else_is_told(since: str) -> None:
    with pytest.raises(UsageError):
        first_day(since, TODAY)


def test_the_definitions_are_at_hand(program: Program) -> None:
    for language in ("en", "zh"):
        said = program("help", "statistics", "--lang", language).out
        assert all(name in said for name in FIGURES)


def test_what_is_noted_beside_an_answer_is_mistaken_for_nothing(
    program: Program,
) -> None:
    program("review", given="wrong\n\n" * 2)
    told = program("quiz", "confusions", "--json")
    assert "language" not in json.dumps(told.json)


def test_notes_at_hand_tell_how_far_cards_cover_them(
    program: Program, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("# Fruit\n\nApples are red.\n\nPears are green.\n")
    (section,) = program("stats", "--notes", notes, "--json").json["notes"]["sections"]
    assert (section["facts"], section["cited"]) == (2, 0)
    said = program("stats", "--all", "--notes", notes).out
    assert any(
        line.split() == ["Fruit", "0/2", "0/0", "0", "-"] for line in said.splitlines()
    )
    assert program("stats", "--notes", tmp_path / "none.md").code == 2
