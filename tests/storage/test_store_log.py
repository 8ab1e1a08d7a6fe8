"""The log: append-only, chained, and the truth from which memory follows."""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learning import (
    ASKED,
    GIVEN,
    MONDAY,
    Sitting,
    chain_is_whole,
    open_store,
    replayed,
)
from trainer.scheduling.defaults import PARAMETERS
from trainer.scheduling.marks import FLAGGED, MarkKind
from trainer.scheduling.parameters import make_fit
from trainer.scheduling.settings import Settings
from trainer.storage.chain import LOG, checksum_of
from trainer.storage.database import DatabaseError
from trainer.storage.log import ReviewsRead
from trainer.storage.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


def raw(home: Path) -> sqlite3.Connection:
    return sqlite3.connect(home / "trainer.db", isolation_level=None)


@pytest.mark.parametrize("table", LOG)
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = at + 1", "DELETE FROM {}"])
def test_no_row_of_the_log_is_changed_or_removed(
    tmp_path: Path, table: str, statement: str
) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        sitting.answer("a/x", 3)
        sitting.answer("a/y", 3)
        sitting.undo()
        sitting.mark("a/x", MarkKind.BURY)
        store.adopt(make_fit(store.stamp(), sitting.now, PARAMETERS, None))
        store.begin_quiz(ASKED._replace(stamp=store.stamp()))
        store.add_answer(GIVEN._replace(stamp=store.stamp()))
    db = raw(tmp_path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute(statement.format(table))
    db.close()


def change_log(home: Path, change: str) -> None:
    """Change the log behind the trainer's back, and put its guards back."""
    db = raw(home)
    guards = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    kept = dict(guards.fetchall())
    for name in kept:
        db.execute(f"DROP TRIGGER {name}")
    db.execute(change)
    for statement in kept.values():
        db.execute(statement)
    db.close()


CHANGES = [
    "UPDATE reviews SET rating = 4 WHERE seq = 2",
    "UPDATE reviews SET response = 'docker ps' WHERE seq = 1",
    "UPDATE reviews SET at = at + 1 WHERE seq = 3",
    "UPDATE reviews SET zone = 0 WHERE seq = 1",
    "UPDATE reviews SET card = 'a/z' WHERE seq = 1",
    "UPDATE reviews SET id = 'other' WHERE seq = 3",
    "UPDATE reviews SET took_ms = 1 WHERE seq = 2",
    "UPDATE reviews SET device = 'other' WHERE seq = 3",
    "UPDATE reviews SET checksum = 'other' WHERE seq = 1",
    "UPDATE retractions SET at = at + 1",
    "UPDATE retractions SET review = (SELECT id FROM reviews WHERE seq = 1)",
    "DELETE FROM reviews WHERE seq = 1",
    "DELETE FROM reviews WHERE seq = 2",
    "UPDATE marks SET kind = 'resume' WHERE kind = 'suspend'",
    "UPDATE marks SET value = '' WHERE kind = 'flag'",
    "UPDATE marks SET card = 'a/y'",
    "DELETE FROM marks WHERE kind = 'undo'",
    "DELETE FROM marks WHERE kind = 'suspend'",
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_row_changed_behind_our_back_breaks_the_chain(
    tmp_path: Path, change: str
) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy"
    with open_store(home) as store:
        sitting = Sitting(store)
        for card in ("a/x", "a/y", "a/x"):
            sitting.answer(card, 3)
        sitting.undo()
        sitting.mark("a/x", MarkKind.SUSPEND)
        sitting.mark("a/x", MarkKind.FLAG, FLAGGED)
        sitting.undo()
        sitting.answer("a/y", 1)
        assert chain_is_whole(home)
    shutil.copytree(home, copy)
    change_log(copy, change)
    with open_store(copy) as store:
        assert not chain_is_whole(copy)
    with open_store(home) as store:
        assert chain_is_whole(home)


def test_reviews_come_back_as_they_were_written(tmp_path: Path) -> None:
    responses = [
        "docker ps -a",
        "",
        "列出 镜像 ＝３",
        "tab\there",
        "nul\0there",
        "😀" * 99,
    ]
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        written = [sitting.answer("a/x", 3, response) for response in responses]
    with open_store(tmp_path) as store:
        assert store.log.reviews() == written
        assert chain_is_whole(tmp_path)


def test_appending_a_review_twice_adds_nothing(store: Store, tmp_path: Path) -> None:
    sitting = Sitting(store)
    review = sitting.answer("a/x", 3)
    memories = store.memories()
    store.append(review, memories[review.card])
    assert store.log.reviews() == [review]
    assert store.memories() == memories
    assert chain_is_whole(tmp_path)


def test_undo_goes_back_step_by_step_to_each_memory_before(store: Store) -> None:
    sitting = Sitting(store)
    before = []
    for card, rating in [("a/x", 3), ("a/y", 1), ("a/x", 4), ("a/x", 2)]:
        before.append(store.memories())
        sitting.answer(card, rating)
    for memories in reversed(before):
        sitting.undo()
        assert store.memories() == memories
    assert store.log.reviews() == []
    assert len(store.log.retracted()) == len(store.log.retractions()) == 4


def test_undo_takes_several_at_once_newest_first_and_no_more_than_there_are(
    store: Store,
) -> None:
    sitting = Sitting(store)
    written = [sitting.answer("a/x", 3) for _ in range(3)]
    taken = store.take_back(sitting.now, 2)
    assert [one.entry for one in taken] == [written[2], written[1]]
    assert [one.entry for one in store.take_back(sitting.now, 9)] == [written[0]]
    assert store.take_back(sitting.now, 9) == []


def test_undo_reaches_back_into_earlier_sessions(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        first = Sitting(store).answer("a/x", 3)
    with open_store(tmp_path) as store:
        sitting = Sitting(store, MONDAY + timedelta(days=1))
        sitting.answer("a/x", 3)
        sitting.undo(2)
    with open_store(tmp_path) as store:
        assert store.memories() == {}
        assert store.log.retracted()[0] == first
        assert chain_is_whole(tmp_path)


def test_an_undone_card_can_be_answered_again(store: Store, tmp_path: Path) -> None:
    sitting = Sitting(store)
    sitting.answer("a/x", 1)
    sitting.undo()
    again = sitting.answer("a/x", 4)
    assert store.log.reviews() == [again]
    assert store.memories() == replayed(store)
    assert chain_is_whole(tmp_path)


def test_two_sessions_at_once_keep_all_rows_and_one_whole_chain(tmp_path: Path) -> None:
    with open_store(tmp_path) as one, open_store(tmp_path) as other:
        sittings = Sitting(one), Sitting(other, MONDAY + timedelta(seconds=30))
        written = [
            sittings[turn % 2].answer(f"a/{'xyz'[turn % 3]}", 1 + turn % 4)
            for turn in range(12)
        ]
        assert {r.id for r in one.log.reviews()} == {review.id for review in written}
        assert [r.stamp.seq for r in one.log.reviews()] == list(range(1, 13))
        assert chain_is_whole(tmp_path)
        assert one.memories() == other.memories() == replayed(one)


def test_memory_follows_the_log_even_when_another_session_undid_and_answered(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as one, open_store(tmp_path) as other:
        Sitting(one).answer("a/x", 3)
        left, right = Sitting(one), Sitting(other)
        right.undo()
        right.answer("a/x", 1)
        left.now += timedelta(minutes=9)
        left.answer("a/x", 3)
        assert one.memories() == replayed(one)


def test_memory_follows_the_log_when_the_clock_was_set_back(store: Store) -> None:
    sitting = Sitting(store)
    sitting.answer("a/x", 3)
    sitting.answer("a/x", 3)
    sitting.now -= timedelta(days=2)
    sitting.answer("a/x", 1)
    assert store.memories() == replayed(store)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["a/x", "a/y", "b/z"]), st.integers(1, 4)),
        st.tuples(st.just("undo"), st.integers(1, 3)),
    ),
    max_size=14,
)
WAITS = st.integers(0, 60 * 24 * 9)


@settings(max_examples=40, deadline=None)
@given(steps=STEPS, waits=st.lists(WAITS, min_size=14, max_size=14))
def test_the_memory_table_is_the_replay_of_the_log(
    steps: list[tuple[str, int]], waits: list[int]
) -> None:
    with TemporaryDirectory() as home, open_store(Path(home)) as store:
        sitting = Sitting(store)
        for (card, number), minutes in zip(steps, waits, strict=False):
            sitting.now += timedelta(minutes=minutes)
            if card == "undo":
                sitting.undo(number)
            else:
                sitting.answer(card, number)
        assert store.memories() == replayed(store)
        assert chain_is_whole(Path(home))


def test_an_emptied_memory_table_is_made_again(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        for card in ("a/x", "a/y", "a/x"):
            sitting.answer(card, 3)
        memories = store.memories()
    db = raw(tmp_path)
    db.execute("DELETE FROM memory")
    db.close()
    with open_store(tmp_path) as store:
        assert store.memories() == memories


def test_other_settings_recompute_the_memory_and_back_again(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        for days in (0, 0, 3, 9):
            sitting.now += timedelta(days=days)
            sitting.answer("a/x", 3)
        usual = store.memories()
    stricter = Settings(desired_retention=0.97)
    with open_store(tmp_path, stricter) as store:
        assert store.memories() == replayed(store, stricter) != usual
    with open_store(tmp_path) as store:
        assert store.memories() == usual


def test_a_review_that_cannot_be_written_leaves_log_and_memory_as_they_were(
    store: Store,
    tmp_path: Path,
) -> None:
    sitting = Sitting(store)
    sitting.answer("a/x", 3)
    memories, reviews = store.memories(), store.log.reviews()
    impossible = sitting.review("a/y", 3, "\ud800")
    with pytest.raises((DatabaseError, UnicodeEncodeError)):
        store.append(impossible, memories[reviews[0].card])
    assert (store.memories(), store.log.reviews()) == (memories, reviews)
    sitting.answer("a/y", 3)
    assert chain_is_whole(tmp_path)


def test_bytes_where_a_text_was_make_another_checksum() -> None:
    assert checksum_of("", ["a", b"[]"]) != checksum_of("", ["a", "[]"])


def test_what_is_read_of_the_log_is_of_one_moment(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, open_store(tmp_path) as other:
        sitting = Sitting(other)
        early = sitting.answer("a/x", 3)
        reviews = ReviewsRead(store.log)
        with store.reading():
            assert list(reviews) == [early]
            late = sitting.answer("a/y", 3)
            assert list(reviews) == [early]
        assert list(reviews) == [early, late]
