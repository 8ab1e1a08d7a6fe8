"""Of very many cards a review reads few, and lines up the same as by all of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the same cards each time

import pytest

from tests.decks import card, deck, write_decks
from tests.learning import MONDAY, STRENGTHS, Sitting, open_store
from tests.storage.lined_up import check_what_is_read
from trainer.cards.card import CardId
from trainer.scheduling.marks import MarkKind
from trainer.scheduling.queue import sought
from trainer.scheduling.settings import Settings
from trainer.storage.library import Library
from trainer.storage.log import Log
from trainer.storage.rows import (
    MEMORY_COLUMNS,
    STANDING_COLUMNS,
    Row,
    milliseconds,
    put,
)
from trainer.storage.store import Store

TODAY = MONDAY.date().toordinal()
NAMES = {"one": range(120), "two": range(120, 180), "gone": range(180, 200)}
FEW = Settings(new_per_day=3, reviews_per_day=2)
CHOSEN = [
    FEW,
    replace(FEW, sibling_spacing=False),
    replace(FEW, reviews_per_day=7, new_per_day=40, new_under_cap=False),
    replace(FEW, order="oldest", reviews_per_day=9),
    replace(FEW, order="due", mix="last"),
    Settings(),
]


def cards_with_siblings(chance: Random) -> dict[str, str]:
    """Return two decks in which some cards name another one."""
    pairs = chance.choice([0, 4, 90])
    texts = {}
    for name in ("one", "two"):
        numbers = [*NAMES[name]]
        chance.shuffle(numbers)
        texts[name] = f"deck: {name}\ntitle: {name}\ncards:\n"
        for number in numbers:
            named = f"  sibling: one/c{chance.choice(NAMES['one'])}\n"
            texts[name] += card(f"c{number}") + named * (chance.random() * 200 < pairs)
    return texts


def memory(chance: Random, name: str) -> Row:
    """Return what may be remembered of a card: many have the same risk."""
    last = TODAY - chance.choice([0, 1, 2, 3, 3, 3, 40, 41])
    first = last - chance.choice([0, 0, 9])
    stability = chance.choice([0.5, 1.0, 2.0, 2.0, 2.0, chance.uniform(0.1, 90)])
    is_step = chance.random() < 0.1
    due = last if is_step else last + chance.choice([1, 1, 2, 30])
    at = milliseconds(MONDAY) - (TODAY - last) * 86_400_000 - chance.randrange(9999)
    due_at = at + 60_000 * chance.choice([1, 10, 60]) if is_step else None
    state = "learning" if is_step else "review"
    step = 0 if is_step else None
    days = (due, due_at, first, last, at)
    return (name, state, step, stability, 5.0, *days, 28800, 3, 0)


def remembered(home: Path, chance: Random) -> None:
    """Write what is remembered of some of the cards, and where some of them stand."""
    ids = [f"{name}/c{number}" for name in NAMES for number in NAMES[name]]
    some = chance.sample(ids, chance.choice([20, 170, 200]))
    aside = chance.sample(ids, chance.choice([0, 6, 60]))
    with closing(sqlite3.connect(home / "trainer.db")) as db, db:
        for table in ("memory", "standing"):
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - the names are ours
        rows = [memory(chance, name) for name in some]
        db.executemany(put("memory", MEMORY_COLUMNS), rows)
        marked = [(name, chance.randrange(2), TODAY, 0, None, 28800) for name in aside]
        db.executemany(put("standing", STANDING_COLUMNS), marked)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_read_of_many_cards_leads_to_the_same_queue_as_all(
    seed: int, tmp_path: Path
) -> None:
    chance = Random(seed)  # noqa: S311 - as above
    decks = write_decks(tmp_path / "decks", **cards_with_siblings(chance))
    with (
        open_store(tmp_path) as store,
        closing(Library(str(tmp_path), (str(decks),))) as library,
    ):
        for chosen in CHOSEN:
            remembered(tmp_path, chance)
            library.refresh()
            check_what_is_read(library, store, MONDAY, chosen, [(), ("two",)])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    decks = write_decks(tmp_path / "decks", one=deck("one", "a", "b"))
    with closing(Library(str(tmp_path), (str(decks),))) as opened:
        yield opened


def noted(home: Path) -> tuple[int, set[str]]:
    """Return up to which review strays are known, and which they are."""
    query = "SELECT reviews, cards FROM strays"
    with closing(sqlite3.connect(home / "decks.cache")) as db:
        row, names = db.execute(query).fetchone() or (0, "")
    return row, {*names.split()}


def test_strays_are_cards_of_the_log_that_no_deck_has(
    tmp_path: Path, store: Store, library: Library
) -> None:
    sitting = Sitting(store)
    assert library.strays(store.log) == set()
    sitting.answer("one/a", 3)
    sitting.answer("gone/x", 3)
    assert library.strays(store.log) == {"gone/x"}
    assert noted(tmp_path) == (2, {"gone/x"})
    sitting.answer("one/gone", 3)
    sitting.answer("gone/x", 3)
    assert library.strays(store.log) == {"gone/x", "one/gone"}
    assert noted(tmp_path) == (4, {"gone/x", "one/gone"})
    write_decks(tmp_path / "decks", two=deck("gone", "x"))
    library.refresh()
    assert library.strays(store.log) == {"one/gone"}
    (tmp_path / "decks" / "one.yaml").unlink()
    library.refresh()
    assert library.strays(store.log) == {"one/a", "one/gone"}


def test_a_stray_that_is_reset_stays_one_as_a_reset_may_be_taken_back(
    store: Store, library: Library
) -> None:
    sitting = Sitting(store)
    sitting.answer("gone/x", 3)
    sitting.mark("gone/x", MarkKind.RESET)
    assert library.strays(store.log) == {"gone/x"}
    sitting.undo()
    assert library.strays(store.log) == {"gone/x"}


def test_a_card_that_only_started_with_a_strength_is_a_stray_as_well(
    store: Store, library: Library
) -> None:
    sitting = Sitting(store)
    sitting.answer("gone/x", 3)
    assert library.strays(store.log) == {"gone/x"}
    sitting.mark("gone/y", MarkKind.START, STRENGTHS[0])
    assert library.strays(store.log) == {"gone/x", "gone/y"}


def test_a_stray_that_comes_while_cards_are_lined_up_is_not_among_them(
    tmp_path: Path, store: Store, library: Library
) -> None:
    Sitting(store).answer("one/a", 3)
    asked = sought([*library], {}, date.max, MONDAY, FEW)

    def others(log: Log) -> frozenset[CardId]:
        found = library.strays(log)
        with open_store(tmp_path) as another:
            Sitting(another).answer("gone/x", 3)
        return found

    assert set(store.recall(asked, others).cards) == {"one/a", "one/b"}
    assert "gone/x" in store.recall(asked, lambda _: frozenset()).cards


def test_how_far_the_log_was_looked_through_is_noted_now_and_then(
    tmp_path: Path, store: Store, library: Library
) -> None:
    sitting = Sitting(store)
    sitting.answer("gone/x", 3)
    for _ in range(201):
        assert library.strays(store.log) == {"gone/x"}
        sitting.answer("one/a", 3)
    assert noted(tmp_path) == (201, {"gone/x"})


def test_strays_of_another_log_are_none_of_this_one(
    tmp_path: Path, store: Store, library: Library
) -> None:
    Sitting(store).answer("gone/x", 3)
    assert library.strays(store.log) == {"gone/x"}
    with open_store(tmp_path / "other") as other:
        Sitting(other).answer("gone/y", 3)
        assert library.strays(other.log) == {"gone/y"}


def test_strays_are_found_where_they_cannot_be_noted(
    tmp_path: Path, store: Store, library: Library
) -> None:
    Sitting(store).answer("gone/x", 3)
    folders = (str(tmp_path / "decks"),)
    with (
        closing(sqlite3.connect(tmp_path / "decks.cache")) as db,
        closing(Library(str(tmp_path), folders, wait_ms=1)) as another,
    ):
        db.execute("BEGIN IMMEDIATE")
        assert another.strays(store.log) == {"gone/x"}
    assert noted(tmp_path) == (0, set())
    assert library.strays(store.log) == {"gone/x"}
