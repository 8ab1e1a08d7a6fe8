"""What a shell prompt shows of the trainer: little, at once, and never a mishap."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.decks import deck
from tests.program import Program, imported

LATER = "2026-12-26T09:00+08:00"


@pytest.fixture
def begun(program: Program) -> Program:
    """Return the program days after two cards were learned."""
    program("review", "--limit", "2", given="echo apple =4\necho pear =4\n")
    return program.at(LATER)


def test_a_prompt_tells_in_a_few_characters_what_is_due(begun: Program) -> None:
    assert begun("prompt").out == "2 due\n"
    assert begun("prompt", "--lang", "zh").out == "2 张到期\n"
    assert begun("prompt", "--new").out == "2 due, 3 new\n"
    counts = {"schema_version": 1, "due": 2, "new": 3, "learning": 0}
    assert begun("prompt", "--json").json == counts


def test_a_format_has_three_fields_and_all_other_braces_are_text(
    begun: Program,
) -> None:
    ran = begun("prompt", "--format", "{}{x} {due}/{learning}/{new} {{due}")
    assert ran.out == "{}{x} 2/0/3 {2\n"


def test_a_prompt_is_silent_where_nothing_is_due_or_was_ever_begun(
    program: Program,
) -> None:
    for words in ([], ["--new"], ["--format", "{due}"]):
        ran = program("prompt", *words)
        assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert not program.home.exists()
    program("review", "--limit", "1", given="echo apple =4\n")
    assert program("prompt").out == ""
    assert program("prompt", "--new").out == "4 new\n"


def test_a_prompt_counts_no_more_than_a_review_would_ask_today(
    begun: Program,
) -> None:
    begun("config", "set", "review.reviews-per-day", "1")
    assert begun("prompt").out == "1 due\n"
    begun("review", "--new", "0", given="echo apple =4\n")
    assert begun("prompt").out == ""


def test_a_prompt_notices_that_the_decks_have_changed(begun: Program) -> None:
    decks = Path(begun.extra["TRAINER_DECKS"])
    (decks / "fruit.yaml").write_text(deck("fruit", "apple"), encoding="utf-8")
    assert begun("prompt").out == "1 due\n"


def test_a_prompt_says_nothing_of_what_is_wrong_with_the_data(begun: Program) -> None:
    (begun.home / "config.toml").write_text("[review]\nmix = 7\n", encoding="utf-8")
    assert begun("prompt").out == "2 due\n"
    (begun.home / "trainer.db").write_bytes(b"no database" * 1000)
    ran = begun("prompt")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_prompt_counts_while_another_trainer_is_writing(begun: Program) -> None:
    with closing(sqlite3.connect(begun.home / "trainer.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert begun("prompt").out == "2 due\n"


def test_wrong_usage_of_a_prompt_is_told_beside_the_output(program: Program) -> None:
    ran = program("prompt", "--formt", "x")
    assert (ran.code, ran.out) == (2, "")
    assert "--formt" in ran.err


def test_a_prompt_loads_nothing_that_starts_slowly(begun: Program) -> None:
    begun("due")
    own = {"trainer.cli.prompt", "trainer.language.catalogues.en.prompt"}
    loaded = imported(begun, "prompt")
    assert loaded - imported(begun, "due") <= own
    assert not loaded & {"trainer.cli.due", "trainer.terminal.table"}
