"""Backups: made while the database is in use, verified, and put back whole."""

import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.learning import MONDAY, Sitting, chain_is_whole, open_store, replayed
from tests.program import Program
from trainer.storage.backup import (
    BackupError,
    Reason,
    UnknownBackupError,
    back_up,
    backups,
    examine,
    find_backup,
    newest_good,
    restore,
)
from trainer.storage.database import DatabaseError
from trainer.storage.marker import Marker

VERSION_1 = Path(__file__).with_name("version-1.sql")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a home with three answers."""
    with open_store(tmp_path / "home") as store:
        sitting = Sitting(store)
        for card in ("a/x", "a/y", "a/x"):
            sitting.answer(card, 3)
    return tmp_path / "home"


def responses(home: Path) -> list[str]:
    with open_store(home) as store:
        assert chain_is_whole(home)
        assert store.memories() == replayed(store)
        return [one.response for one in store.log.reviews()]


def test_a_backup_made_during_a_sitting_holds_all_that_was_acknowledged(
    home: Path,
) -> None:
    with open_store(home) as store:
        Sitting(store).answer("a/z", 3)
        made = back_up(str(home), MONDAY, Reason.ASKED)
        Sitting(store, MONDAY + timedelta(days=1)).answer("a/z", 3)
    assert examine(made.path) == 4
    assert made == find_backup(str(home), None)
    assert [one.name for one in (home / "backups").iterdir()] == [made.name]


def test_backups_are_private(home: Path) -> None:
    (home / "backups").mkdir(mode=0o755)
    made = back_up(str(home), MONDAY, Reason.ASKED)
    assert stat.S_IMODE((home / "backups").stat().st_mode) == 0o700
    assert stat.S_IMODE(Path(made.path).stat().st_mode) == 0o600


def test_backups_of_one_instant_get_names_of_their_own(home: Path) -> None:
    made = [back_up(str(home), MONDAY, Reason.ASKED).name for _ in range(3)]
    assert len(set(made)) == 3
    assert {one.name for one in backups(str(home))} == set(made)
    assert {one.reason for one in backups(str(home))} == {Reason.ASKED}


def test_what_a_killed_backup_left_is_swept_up(home: Path) -> None:
    back_up(str(home), MONDAY, Reason.ASKED)
    left = home / "backups" / ".unfinished-999999999.db"
    left.write_bytes(b"half")
    back_up(str(home), MONDAY, Reason.ASKED)
    assert not left.exists()


def test_a_damaged_database_gives_no_backup(home: Path) -> None:
    path = home / "trainer.db"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"echo", b"ecco", 1))
    with pytest.raises(DatabaseError, match="damaged"):
        back_up(str(home), MONDAY, Reason.DAILY)
    assert backups(str(home)) == []
    assert list((home / "backups").iterdir()) == []


def test_a_damaged_backup_is_not_the_newest_good_one(home: Path) -> None:
    good = back_up(str(home), MONDAY, Reason.ASKED)
    bad = back_up(str(home), MONDAY + timedelta(hours=1), Reason.ASKED)
    path = Path(bad.path)
    path.write_bytes(path.read_bytes().replace(b"echo", b"ecco", 1))
    assert newest_good(str(home)) == good
    with pytest.raises(BackupError, match="damaged"):
        restore(str(home), bad, MONDAY)
    with pytest.raises(UnknownBackupError):
        find_backup(str(home), "2020-01-01T000000.000Z-daily")
    assert find_backup(str(home), bad.name.removesuffix(".db")) == bad


def test_restoring_goes_back_and_keeps_what_it_replaced(home: Path) -> None:
    made = back_up(str(home), MONDAY, Reason.ASKED)
    with open_store(home) as store:
        Sitting(store).answer("a/z", 3, "later")
    done = restore(str(home), made, MONDAY + timedelta(hours=1))
    assert responses(home) == ["echo"] * 3
    assert done.aside
    aside = home.parent / "aside"
    aside.mkdir()
    shutil.copy(home / done.aside, aside / "trainer.db")
    assert sorted(responses(aside)) == [*["echo"] * 3, "later"]
    assert [one.reason for one in backups(str(home))] == [Reason.RESTORE, Reason.ASKED]


def test_after_going_back_no_number_of_the_log_is_given_twice(home: Path) -> None:
    made = back_up(str(home), MONDAY, Reason.ASKED)
    with open_store(home) as store:
        lost = Sitting(store).answer("a/z", 3)
    restore(str(home), made, MONDAY)
    assert Marker(str(home)).rows == 3
    with closing(sqlite3.connect(home / "trainer.db")) as db:
        assert not db.execute("SELECT * FROM meta WHERE key = 'device'").fetchall()
    assert lost.stamp.seq == 4


def test_a_vanished_database_is_restored_from_the_newest_backup(home: Path) -> None:
    back_up(str(home), MONDAY, Reason.DAILY)
    (home / "trainer.db").unlink()
    program = Program(home)
    assert program("--no-input", "due").code == 4
    ran = program("backup", "restore", "--json")
    assert ran.json["replaced"] is None
    assert responses(home) == ["echo"] * 3
    assert program("due").code == 0


def test_a_stray_write_ahead_log_is_not_read_with_a_restored_database(
    home: Path,
) -> None:
    made = back_up(str(home), MONDAY, Reason.DAILY)
    with open_store(home) as store:
        Sitting(store).answer("a/z", 3, "later")
        copy = home.parent / "copy"
        shutil.copytree(home, copy)
    path = copy / "trainer.db"
    path.write_bytes(b"\xff" * 4096 + path.read_bytes()[4096:])
    done = restore(str(copy), made, MONDAY)
    assert responses(copy) == ["echo"] * 3
    assert (copy / f"{done.aside}-wal").stat().st_size > 0


def test_a_migration_is_preceded_by_a_backup_of_what_was(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "trainer.db")) as db:
        db.executescript(VERSION_1.read_text(encoding="utf-8"))
    open_store(tmp_path).close()
    (made,) = backups(str(tmp_path))
    assert made.reason is Reason.MIGRATION
    with closing(sqlite3.connect(made.path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
    before = responses(tmp_path)
    restore(str(tmp_path), made, MONDAY)
    assert responses(tmp_path) == before


def test_the_first_answers_of_each_day_make_a_backup(tmp_path: Path) -> None:
    program = Program(tmp_path / "home")
    assert program("due").code == 0
    assert backups(str(program.home)) == []  # nothing was written to the log
    for day in (23, 23, 24):
        now = program.at(f"2026-11-{day}T09:00+08:00")
        assert now("review", "--limit", "1", given="x\n").code == 0
    next_day = program.at("2026-11-25T09:00+08:00")
    assert next_day("undo").code == 0  # does not wait for one
    made = backups(str(program.home))
    assert [one.at.day for one in made] == [24, 23]
    assert {one.reason for one in made} == {Reason.DAILY}


def test_backups_are_made_listed_and_verified_from_the_shell(home: Path) -> None:
    program = Program(home)
    assert "backup" in program("backup", "list").err
    made = program("backup", "create", "--json").json
    assert made["schema_version"] == 1
    listed = program("--lang", "zh", "backup", "list")
    assert made["name"] in listed.out
    assert "手动" in listed.out
    assert program("backup", "list", "--json").json["backups"][0] == {
        key: value for key, value in made.items() if key != "schema_version"
    }
    path = home / "backups" / made["name"]
    path.write_bytes(path.read_bytes().replace(b"echo", b"ecco", 1))
    assert program("backup", "create").code == 0
    ran = program("backup", "verify", "--json")
    assert ran.code == 1
    assert sorted(one["good"] for one in ran.json["backups"]) == [False, True]
    assert program("backup", "verify", "nothing").code == 2
