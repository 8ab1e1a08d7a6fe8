"""An answer is one commit, on disk when it is told; what moves the WAL, and when."""

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from tests.learning import MONDAY, Sitting, chain_is_whole, open_store
from trainer.scheduling.marks import MarkKind
from trainer.scheduling.review import Stamp
from trainer.storage.chain import add_row
from trainer.storage.database import Schema, connect
from trainer.storage.rows import review_row
from trainer.storage.store import Store

WAL_HEADER, FRAME_HEADER = 32, 24
PAGE = 4096
MANY = 10
FULL = 2


def commits(home: Path) -> int:
    """Count the frames of the WAL that end a transaction."""
    return sum(map(bool, frames(home)))


def frames(home: Path) -> Iterator[int]:
    """Yield what each frame of this round commits: a size, or 0 within a commit."""
    log = (home / "trainer.db-wal").read_bytes()
    salts = log[16:24]
    for at in range(WAL_HEADER, len(log), FRAME_HEADER + PAGE):
        _, pages = struct.unpack(">II", log[at : at + 8])
        if log[at + 8 : at + 16] == salts:
            yield pages


def size(path: Path) -> int:
    """Return how many bytes a file has."""
    return path.stat().st_size


def answered(store: Store, count: int) -> Sitting:
    """Give so many answers."""
    sitting = Sitting(store)
    for number in range(count):
        sitting.answer(f"deck/card-{number}", 3)
    return sitting


def test_an_answer_is_one_commit(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        before = commits(tmp_path)
        answered(store, 10)
        assert commits(tmp_path) - before == 10


def test_a_mark_and_an_undo_are_one_commit_each(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        sitting = answered(store, 1)
        before = commits(tmp_path)
        sitting.mark("deck/card-0", MarkKind.SUSPEND)
        sitting.undo(2)
        assert commits(tmp_path) - before == 2


def test_a_commit_is_forced_to_disk(tmp_path: Path) -> None:
    plain = Schema(0, tuple, lambda _, __: None, lambda: None)
    with closing(connect(str(tmp_path / "plain.db"), plain)) as db:
        assert db.execute("PRAGMA synchronous").fetchone() == (FULL,)


def test_the_wal_is_left_alone_until_there_is_much_in_it(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        answered(store, MANY - 1)
        before = size(tmp_path / "trainer.db")
        store.settle()
        assert size(tmp_path / "trainer.db") == before


def test_what_is_settled_stands_in_the_database_and_the_wal_begins_anew(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        sitting = answered(store, MANY)
        length = size(tmp_path / "trainer.db-wal")
        store.settle()
        alone = tmp_path / "alone.db"
        alone.write_bytes((tmp_path / "trainer.db").read_bytes())
        with closing(sqlite3.connect(alone)) as db:
            assert db.execute("SELECT count(*) FROM reviews").fetchone() == (MANY,)
        for _ in range(MANY):
            sitting.answer("deck/card-0", 3)
        assert size(tmp_path / "trainer.db-wal") <= length


def test_settling_waits_for_no_reader_and_hurts_none(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        answered(store, 1)
        with closing(sqlite3.connect(tmp_path / "trainer.db")) as reader:
            reader.execute("BEGIN")
            count = "SELECT count(*) FROM reviews"
            assert reader.execute(count).fetchone() == (1,)
            answered(store, MANY)
            store.settle()
            assert reader.execute(count).fetchone() == (1,)
        assert len(store.log.reviews()) == MANY + 1


def test_what_was_never_settled_is_there_for_whoever_comes_after_a_kill(
    tmp_path: Path,
) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy"
    with open_store(home) as store:
        answered(store, 3)
        copy.mkdir()
        for name in ("trainer.db", "trainer.db-wal", "trainer.marker"):
            (copy / name).write_bytes((home / name).read_bytes())
    with open_store(copy) as store:
        assert len(store.log.reviews()) == 3
        assert chain_is_whole(copy)


def test_answers_of_a_week_are_found_whatever_device_and_clock(tmp_path: Path) -> None:
    week = MONDAY - timedelta(days=7)
    with open_store(tmp_path) as store:
        assert store.log.answered_since(week) == []
        sitting = Sitting(store, MONDAY - timedelta(days=8))
        kept = []
        for days in (0, 1.5, 1, -300, 300):  # once, the clock was set back by far
            sitting.now += timedelta(days=days)
            kept.append(sitting.answer("deck/card", 3).at)
        sitting.answer("deck/card", 3)
        sitting.undo()
        other = sitting.review("deck/card", 3)
        stamp = Stamp("another-device", 1)
        with closing(sqlite3.connect(tmp_path / "trainer.db")) as db, db:
            add_row(db, "reviews", review_row(other._replace(id="other", stamp=stamp)))
        found = store.log.answered_since(week)
    assert found == sorted([*(at for at in kept if at >= week), other.at])
    assert len(found) == 4


def test_two_who_write_in_turn_never_give_a_number_twice(tmp_path: Path) -> None:
    """Not even after one has written what was there already, which adds nothing."""
    with open_store(tmp_path) as one, open_store(tmp_path) as other:
        mine, theirs = Sitting(one), Sitting(other)
        written = mine.answer("deck/a", 3)
        for number in range(3):
            theirs.answer(f"deck/b{number}", 3)
            one.append(written, None)
            mine.answer(f"deck/c{number}", 3)
            mine.answer(f"deck/d{number}", 3)
        numbers = sorted(row.stamp.seq for row in one.log.reviews())
        assert numbers == list(range(1, 11))
        assert chain_is_whole(tmp_path)
