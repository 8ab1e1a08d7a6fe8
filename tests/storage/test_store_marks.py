"""Marks in the store: facts in the log, and what is cached of them."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learning import (
    MONDAY,
    STRENGTHS,
    Sitting,
    chain_is_whole,
    open_store,
    replayed,
)
from trainer.cards.card import CardId
from trainer.scheduling.history import Logged
from trainer.scheduling.marks import (
    FLAGGED,
    ORDINARY,
    Mark,
    MarkKind,
    Standing,
    counting,
    make_mark,
    standings_of,
)
from trainer.scheduling.review import Review
from trainer.scheduling.settings import Settings
from trainer.storage.database import DatabaseError
from trainer.storage.deckfiles import STORE_VERSION
from trainer.storage.store import Store

ROLLOVER = Settings().rollover
X = CardId("a/x")
VALUES = {MarkKind.START: STRENGTHS[2]}
VERSION_1 = Path(__file__).with_name("version-1.sql")
RELEASED = sorted(Path(__file__).parent.glob("version-*.sql"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


def test_marks_come_back_as_they_were_written(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        kinds = [kind for kind in MarkKind if kind is not MarkKind.UNDO]
        written = [
            sitting.mark("a/x", kind, VALUES.get(kind, "值 \0")) for kind in kinds
        ]
    with open_store(tmp_path) as store:
        assert store.log.marks() == written
        assert chain_is_whole(tmp_path)


def test_writing_a_mark_twice_adds_nothing(store: Store) -> None:
    sitting = Sitting(store)
    mark = sitting.mark("a/x", MarkKind.SUSPEND)
    sitting.mark("a/x", MarkKind.RESUME)
    store.mark(mark)
    assert len(store.log.marks()) == 2
    assert store.standings() == {X: ORDINARY}


def test_a_suspended_card_stays_so_when_the_store_is_opened_again(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        Sitting(store).mark("a/x", MarkKind.SUSPEND)
    with open_store(tmp_path) as store:
        assert store.standings() == {X: Standing(suspended=True)}


def test_reset_makes_a_card_new_and_keeps_its_reviews(store: Store) -> None:
    sitting = Sitting(store)
    written = [sitting.answer("a/x", 3), sitting.answer("a/y", 3)]
    sitting.mark("a/x", MarkKind.RESET)
    assert set(store.memories()) == {"a/y"}
    assert store.log.reviews() == written
    again = sitting.answer("a/x", 3)
    assert store.memories()[X].reps == 1
    assert store.memories()[X].first_day == again.at.date()
    assert store.memories() == replayed(store)


def test_taking_a_reset_back_brings_the_memory_back(store: Store) -> None:
    sitting = Sitting(store)
    for days in (0, 0, 4):
        sitting.now += timedelta(days=days)
        sitting.answer("a/x", 3)
    before = store.memories()
    sitting.mark("a/x", MarkKind.RESET)
    (taken,) = store.take_back(sitting.now, 1)
    assert taken.memory == before[X]
    assert store.memories() == before


def test_memory_follows_the_log_when_the_clock_was_set_back_behind_a_reset(
    store: Store,
) -> None:
    sitting = Sitting(store)
    sitting.answer("a/x", 3)
    sitting.mark("a/x", MarkKind.RESET)
    sitting.now -= timedelta(days=2)
    sitting.answer("a/x", 3)
    assert store.memories() == replayed(store) == {}


def test_at_the_instant_of_a_reset_the_number_in_the_log_decides(store: Store) -> None:
    sitting = Sitting(store)
    sitting.answer("a/x", 3)
    store.mark(make_mark(store.stamp(), sitting.now, X, MarkKind.RESET))
    sitting.memories[X] = None
    sitting.now -= timedelta(minutes=1)
    sitting.answer("a/x", 4)
    assert store.memories() == replayed(store)
    assert store.memories()[X].reps == 1


def test_a_session_that_knows_nothing_of_a_reset_does_not_undo_it(store: Store) -> None:
    sitting = Sitting(store)
    sitting.answer("a/x", 3)
    store.memories()
    old = sitting.memories[X]
    sitting.mark("a/x", MarkKind.RESET)
    sitting.memories[X] = old
    sitting.answer("a/x", 3)
    assert store.memories() == replayed(store)
    assert store.memories()[X].reps == 1


def test_undo_takes_back_reviews_and_marks_as_they_came(
    store: Store, tmp_path: Path
) -> None:
    sitting = Sitting(store)
    done: list[Review | Mark] = [
        sitting.answer("a/x", 3),
        sitting.mark("a/x", MarkKind.SUSPEND),
        sitting.answer("a/y", 1),
        sitting.mark("a/y", MarkKind.FLAG, FLAGGED),
        sitting.mark("a/x", MarkKind.RESUME),
    ]
    taken = store.take_back(sitting.now, 2)
    assert [one.entry for one in taken] == [done[4], done[3]]
    assert [one.standing for one in taken] == [Standing(suspended=True), ORDINARY]
    taken = store.take_back(sitting.now, 9)
    assert [one.entry for one in taken] == [done[2], done[1], done[0]]
    assert [one.memory for one in taken] == [None, None, None]
    assert store.take_back(sitting.now, 9) == []
    assert set(store.standings().values()) == {ORDINARY}
    assert store.memories() == {}
    assert chain_is_whole(tmp_path)


def test_undo_takes_back_nothing_of_another_device(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        phone = make_mark(
            store.stamp()._replace(device="phone"), MONDAY, X, MarkKind.SUSPEND
        )
        store.mark(phone)
        assert store.take_back(MONDAY, 9) == []
        assert store.log.marks() == [phone]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["a/x", "a/y"]), st.integers(1, 4)),
        st.tuples(
            st.sampled_from(["a/x", "a/y"]),
            st.sampled_from([kind for kind in MarkKind if kind is not MarkKind.UNDO]),
        ),
        st.tuples(st.just("undo"), st.integers(1, 3)),
    ),
    max_size=14,
)
WAITS = st.integers(-60, 60 * 24 * 4)


@settings(max_examples=40, deadline=None)
@given(steps=STEPS, waits=st.lists(WAITS, min_size=14, max_size=14))
def test_the_caches_are_what_the_log_says(
    steps: list[tuple[str, int | MarkKind]], waits: list[int]
) -> None:
    with TemporaryDirectory() as home, open_store(Path(home)) as store:
        sitting = Sitting(store)
        for (card, what), minutes in zip(steps, waits, strict=False):
            sitting.now += timedelta(minutes=minutes)
            if isinstance(what, MarkKind):
                sitting.mark(card, what, VALUES.get(what, FLAGGED))
            elif card == "undo":
                sitting.undo(what)
            else:
                sitting.answer(card, what)
        assert store.memories() == replayed(store)
        assert store.standings() == standings_of(store.log.marks(), ROLLOVER)
        assert chain_is_whole(Path(home))


def raw(home: Path) -> sqlite3.Connection:
    return sqlite3.connect(home / "trainer.db", isolation_level=None)


@pytest.mark.parametrize("emptied", ["DELETE FROM standing", "DELETE FROM memory"])
def test_an_emptied_cache_is_made_again(tmp_path: Path, emptied: str) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        sitting.answer("a/x", 3)
        sitting.mark("a/x", MarkKind.RESET)
        sitting.answer("a/y", 3)
        sitting.mark("a/y", MarkKind.SUSPEND)
        before = store.memories(), store.standings()
    db = raw(tmp_path)
    db.execute(emptied)
    db.close()
    with open_store(tmp_path) as store:
        assert (store.memories(), store.standings()) == before


def test_an_emptied_cache_is_made_again_though_nothing_was_answered(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        sitting.mark("a/x", MarkKind.START, STRENGTHS[2])
        before = store.memories()
    db = raw(tmp_path)
    db.execute("DELETE FROM memory")
    db.close()
    with open_store(tmp_path) as store:
        assert store.memories() == before != {}


def test_another_rollover_buries_on_another_day(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        Sitting(store, MONDAY.replace(hour=3)).mark("a/x", MarkKind.BURY)
        sunday = MONDAY.date() - timedelta(days=1)
        assert store.standings() == {X: Standing(buried_on=sunday)}
    early = Settings(rollover=timedelta(hours=2))
    with open_store(tmp_path, early) as store:
        assert store.standings() == {X: Standing(buried_on=MONDAY.date())}


def test_a_mark_that_cannot_be_written_leaves_all_as_it_was(
    store: Store, tmp_path: Path
) -> None:
    mark = make_mark(store.stamp(), MONDAY, X, MarkKind.FLAG, FLAGGED)
    impossible = mark._replace(value="\ud800")
    with pytest.raises((DatabaseError, UnicodeEncodeError)):
        store.mark(impossible)
    assert (store.log.marks(), store.standings()) == ([], {})
    Sitting(store).mark("a/x", MarkKind.FLAG, FLAGGED)
    assert chain_is_whole(tmp_path)


def test_looking_back_shows_what_was_done_last_and_what_was_taken_back(
    store: Store,
) -> None:
    sitting = Sitting(store)
    first = sitting.answer("a/x", 3)
    flag = sitting.mark("b/z", MarkKind.FLAG, FLAGGED)
    second = sitting.answer("a/y", 1)
    sitting.undo(2)
    third = sitting.mark("a/x", MarkKind.BURY)
    every = [
        Logged(first, taken_back=False),
        Logged(flag, taken_back=True),
        Logged(second, taken_back=True),
        Logged(third, taken_back=False),
    ]
    assert store.log.latest(99, []) == every
    assert store.log.latest(2, []) == every[2:]
    assert store.log.latest(2, ["a"]) == every[2:]
    assert store.log.latest(9, ["b", "c"]) == [every[1]]
    assert store.log.history(X) == [every[0], every[3]]


def test_marks_can_be_made_in_a_database_of_version_1(tmp_path: Path) -> None:
    db = raw(tmp_path)
    db.executescript(VERSION_1.read_text(encoding="utf-8"))
    memories = db.execute("SELECT * FROM memory ORDER BY card").fetchall()
    rows = db.execute("SELECT * FROM reviews ORDER BY seq").fetchall()
    db.close()
    as_it_was = Settings(spread=False)
    with open_store(tmp_path, as_it_was) as store:
        assert chain_is_whole(tmp_path)
        assert [one.card for one in store.log.reviews()] == ["a/x", "a/y", "a/x", "b/z"]
        assert [one.card for one in store.log.retracted()] == ["a/x"]
        assert store.memories() == replayed(store, as_it_was)
        assert (store.log.marks(), store.standings()) == ([], {})
        mark = Sitting(store, MONDAY + timedelta(days=4)).mark("a/x", MarkKind.SUSPEND)
        assert store.log.marks() == [mark._replace(stamp=mark.stamp._replace(seq=7))]
        assert store.standings() == {X: Standing(suspended=True)}
        assert chain_is_whole(tmp_path)
    db = raw(tmp_path)
    assert db.execute("PRAGMA user_version").fetchone() == (STORE_VERSION,)
    assert db.execute("SELECT * FROM reviews ORDER BY seq").fetchall() == rows
    assert db.execute("SELECT * FROM memory ORDER BY card").fetchall() == memories
    db.close()


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.stem)
def test_an_upgraded_database_has_the_tables_of_a_new_one(
    path: Path, tmp_path: Path
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    db = raw(old)
    db.executescript(path.read_text(encoding="utf-8"))
    db.close()
    schemas = []
    for home in (old, new):
        open_store(home).close()
        db = raw(home)
        query = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
        schemas.append(db.execute(query).fetchall())
        db.close()
    assert schemas[0] == schemas[1]


def test_counting_marks_of_the_store_are_its_standing(store: Store) -> None:
    sitting = Sitting(store)
    sitting.mark("a/x", MarkKind.SUSPEND)
    sitting.mark("a/x", MarkKind.FLAG, FLAGGED)
    sitting.undo()
    assert [one.kind for one in counting(store.log.marks())] == [MarkKind.SUSPEND]
