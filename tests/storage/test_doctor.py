"""The check-up: it finds what is wrong, says what to do, and mends what it may."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.decks import deck, write_decks
from tests.learning import MONDAY, answered
from tests.program import Program, Ran
from trainer.storage.backup import Reason, back_up
from trainer.storage.database import APPLICATION_ID


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """`trainer` on a small deck, with three answers and a backup."""
    decks = write_decks(tmp_path / "decks", fruit=deck("fruit", "apple", "pear"))
    program = Program(tmp_path / "home", {"TRAINER_DECKS": str(decks)})
    answered(
        program.home, ("fruit/apple", 3, "a"), ("fruit/pear", 1, "b"), ("gone/x", 3, "")
    )
    back_up(str(program.home), MONDAY, Reason.DAILY)
    return program


def levels(ran: Ran) -> dict[str, Any]:
    return {one["check"]: one["level"] for one in ran.json["checks"]}


def test_a_sound_home_is_told_so_line_by_line(program: Program) -> None:
    ran = program("doctor", "--json")
    assert ran.code == 0
    found = levels(ran)
    assert found.pop("orphans") == "note"  # a card that no deck has
    assert set(found.values()) == {"good"}
    assert set(found) >= {"lock", "schema", "structure", "chain", "caches", "backups"}
    said = program("--lang", "zh", "doctor", "--ascii").out
    assert "gone/x" in said
    assert "->" in said


def test_each_trouble_has_its_line_and_what_may_be_mended_is(program: Program) -> None:
    home = program.home
    with closing(sqlite3.connect(home / "trainer.db")) as db:
        db.execute("UPDATE memory SET stability = 99 WHERE card = 'fruit/apple'")
        db.commit()
    (home / "trainer.db").chmod(0o644)
    (home / "trainer.lock").write_text("999999999\nanother-host\n2026\n")
    early = program.at("2026-11-01T09:00+08:00")
    ran = early("doctor", "--json")
    assert ran.code == 1
    found = levels(ran)
    assert found["caches"] == "bad"
    for name in ("lock", "clock", "permissions", "orphans"):
        assert found[name] == "note", name
    for one in ran.json["checks"]:
        assert (one["remedy"] is None) == (one["level"] == "good")
    assert levels(early("doctor", "--json")) == found  # looking changes nothing
    mended = levels(early("doctor", "--fix", "--json"))
    assert {mended[name] for name in ("caches", "lock", "permissions")} == {"fixed"}
    assert (home / "trainer.db").stat().st_mode & 0o077 == 0
    after = levels(program("doctor", "--json"))
    assert {after[name] for name in ("caches", "lock", "permissions")} == {"good"}


def test_a_changed_row_is_real_trouble_and_recovery_mends_it(program: Program) -> None:
    path = program.home / "trainer.db"
    path.write_bytes(path.read_bytes().replace(b"gone/x", b"gone/y", 1))
    ran = program("doctor", "--json")
    assert ran.code == 1
    done = program("doctor", "--recover", "--json").json
    assert (done["rows"], done["lost"]) == (3, 0)
    assert program("doctor").code == 0
    assert "not damaged" in program("doctor", "--recover").err
    assert program("stats", "--json").json["reviews"]["total"] == 3
    assert program("doctor", "--recover", "--fix").code == 2


def test_looking_at_an_empty_home_begins_no_database(program: Program) -> None:
    fresh = Program(program.home.parent / "fresh", program.extra)
    assert fresh("doctor").code == 0
    assert not (fresh.home / "trainer.db").exists()


@pytest.mark.parametrize(
    ("pragma", "said"),
    [("user_version = 999", "newer"), ("application_id = 7", "another program")],
)
def test_what_is_not_ours_is_not_recovered_but_a_damaged_mark_is(
    program: Program, pragma: str, said: str
) -> None:
    path = program.home / "trainer.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA {pragma}")
    other = Program(program.home.parent / "other", program.extra)
    other.home.mkdir()
    with closing(sqlite3.connect(other.home / "trainer.db")) as db:
        db.execute("CREATE TABLE theirs (text)")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA {pragma}")
    ran = other("doctor", "--recover")
    assert ran.code == 4
    assert said in ran.err
    ran = program("stats")
    assert said in ran.err
    assert program("doctor", "--recover", "--json").json["rows"] == 3
    assert program("stats", "--json").json["reviews"]["total"] == 3
