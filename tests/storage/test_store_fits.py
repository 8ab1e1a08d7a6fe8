"""Fitted parameters in the store: rows of the log, and what they lead to."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta, timezone
from pathlib import Path

import pytest

from tests.decks import card, write_decks
from tests.learners import STEADY, given_of, log_of, write_log
from tests.learning import MONDAY, Sitting, chain_is_whole, open_store, replayed
from tests.storage.test_due_agrees import Counts, by_deck, counted
from trainer.scheduling.defaults import PARAMETERS
from trainer.scheduling.marks import MarkKind
from trainer.scheduling.parameters import Basis, Fit, make_fit
from trainer.scheduling.review import Mode, Stamp
from trainer.scheduling.settings import Settings
from trainer.storage.chain import add_row
from trainer.storage.fitted import fitted
from trainer.storage.library import Library
from trainer.storage.rows import fit_row
from trainer.storage.store import Store

BASIS = Basis(70, 9, date(2026, 1, 2), date(2026, 11, 20))
FITTED = replace(Settings(), parameters=STEADY)


def steady_fit(store: Store) -> Fit:
    return make_fit(store.stamp(), MONDAY, STEADY, BASIS)


def test_fits_come_back_as_they_were_written(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        written = [steady_fit(store)]
        store.adopt(written[0])
        store.adopt(written[0])
        written.append(make_fit(store.stamp(), MONDAY, PARAMETERS, None))
        store.adopt(written[1])
    with open_store(tmp_path) as store:
        assert store.log.fits() == written
        assert chain_is_whole(tmp_path)


def test_the_newest_parameters_decide_what_is_remembered(tmp_path: Path) -> None:
    write_log(tmp_path, log_of(STEADY, 300))
    with open_store(tmp_path) as store:
        before = store.memories()
        assert before == replayed(store)
        store.adopt(steady_fit(store))
        assert store.memories() == replayed(store, FITTED) != before
    assert fitted(str(tmp_path)) == {"parameters": STEADY}
    with open_store(tmp_path) as store:
        assert store.memories() == replayed(store, FITTED)
        store.adopt(make_fit(store.stamp(), MONDAY, PARAMETERS, None))
        assert store.memories() == before


def test_parameters_are_in_force_by_their_instant_not_by_their_arrival(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        store.adopt(steady_fit(store))
        earlier = MONDAY - timedelta(days=1)
        store.adopt(make_fit(Stamp("z-other", 1), earlier, PARAMETERS, None))
    assert fitted(str(tmp_path)) == {"parameters": STEADY}


def test_a_sitting_that_was_open_meanwhile_goes_on_with_the_new_parameters(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        sitting.answer("a/x", 3)
        with open_store(tmp_path) as other:
            other.adopt(steady_fit(other))
        sitting.answer("a/x", 3)
        sitting.answer("a/y", 3)
        assert store.memories() == replayed(store, FITTED)


def test_due_counts_see_that_memories_are_of_other_parameters(tmp_path: Path) -> None:
    """A row that another device has written leaves the memories as they were."""
    texts = {"one": "deck: one\ntitle: One\ncards:\n" + card("a")}
    folder = write_decks(tmp_path / "decks", **texts)
    later = MONDAY + timedelta(days=9)
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        sitting.answer("one/a", 4)
        row = fit_row(make_fit(Stamp("other", 1), MONDAY, STEADY, BASIS))
    library = Library(str(tmp_path), (str(folder),))

    def counts() -> Counts:
        return by_deck(counted(library, tmp_path, later, Settings()))

    try:
        assert counts() == {"one": (1, 0, 0)}
        with closing(sqlite3.connect(tmp_path / "trainer.db")) as db, db:
            add_row(db, "fits", row)
        assert counts() == {}
        open_store(tmp_path).close()
        assert counts() == {"one": (0, 0, 0)}
    finally:
        library.close()


@pytest.mark.parametrize("content", [None, b"", b"no database"])
def test_where_there_is_no_sound_database_the_defaults_hold(
    tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "trainer.db").write_bytes(content)
    assert fitted(str(tmp_path)) == {}


def test_what_fitting_is_given_is_the_log_that_counts(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        for hours in (0, 5, 30, 49, 100):
            sitting.now += timedelta(hours=hours)
            for name in "abcde":
                sitting.answer(f"deck/{name}", 3 - hours % 2)
        sitting.mark("deck/b", MarkKind.RESET)
        for name in "de":
            sitting.mark(f"deck/{name}", MarkKind.START, "12.5,5.25")
            sitting.answer(f"deck/{name}", 3)
        sitting.mark("deck/e", MarkKind.RESET)
        sitting.answer("deck/e", 3)
        sitting.answer("deck/b", 4)
        sitting.undo()
        cram = sitting.review("deck/c", 1)._replace(mode=Mode.CRAM)
        store.append(cram, None)
        west = sitting.now.astimezone(timezone(timedelta(hours=-9)))
        sitting.now = west + timedelta(hours=8)
        sitting.answer("deck/c", 2)
        expected = given_of(store.log.reviews(), store.log.marks())
        assert store.log.given(store.settings.rollover) == expected
        assert {card for card, *_ in expected} == {"deck/a", "deck/c", "deck/e"}
