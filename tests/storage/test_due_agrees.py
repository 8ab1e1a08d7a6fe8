"""`trainer due` counts in SQL what a review would show; the two agree."""

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decks import card, write_decks
from tests.learning import MONDAY, STRENGTHS, Sitting, open_store
from tests.storage.lined_up import check_what_is_read, queue_read
from trainer.scheduling.marks import FLAGGED, MarkKind
from trainer.scheduling.queue import Left, Queue
from trainer.scheduling.settings import Settings, settings_mark
from trainer.scheduling.studyday import study_day
from trainer.storage.deckfiles import deck_files
from trainer.storage.duecounts import Due, DueLimits, due_counts, fresh_cache
from trainer.storage.library import Library

DAY = 24 * 60
DECKS = {"one": "abc", "two": "ef"}
CARDS = [f"{deck}/{name}" for deck, names in DECKS.items() for name in names]
Counts = dict[str, tuple[int, int, int]]


def library(root: Path, pairs: list[tuple[str, str]]) -> Library:
    """Open a library of two decks in which the first of each pair names the second."""
    texts = {}
    for order, (deck, names) in enumerate(DECKS.items()):
        rows = [f"deck: {deck}\ntitle: {deck}\norder: {order}\ncards:\n"]
        for name in names:
            others = [other for one, other in pairs if one == f"{deck}/{name}"]
            rows.append(card(name) + f"  sibling: {json.dumps(others)}\n")
        texts[deck] = "".join(rows)
    return Library(str(root), (str(write_decks(root / "decks", **texts)),))


def limits_at(now: datetime, chosen: Settings) -> DueLimits:
    """Return up to where cards count as due."""
    return DueLimits(
        study_day(now, chosen.rollover).toordinal(),
        round((now + chosen.learn_ahead).timestamp() * 1000),
        (chosen.new_per_day, chosen.reviews_per_day),
        settings_mark(chosen),
        spaced=chosen.sibling_spacing,
        capped=chosen.new_under_cap,
    )


def counted(found: Library, home: Path, now: datetime, chosen: Settings) -> Due:
    """Return what is due, new and in a step, as SQL counts it."""
    return found.due_counts(str(home), limits_at(now, chosen))


def kept(home: Path, now: datetime, chosen: Settings) -> Due:
    """Return the same as it was counted last, if that still holds."""
    files = deck_files((str(home / "decks"),))
    due = due_counts(str(home), files, limits_at(now, chosen))
    assert due
    return due


def by_deck(due: Due) -> Counts:
    """Return what is due, new and in a step by deck."""
    return {one.deck: (one.due, one.new, one.learning) for one in due.decks}


def shown_by_deck(read: Queue, now: datetime, chosen: Settings) -> Counts:
    """Return what of a queue is due, new and in a step by deck."""
    steps = [one for at, one in read.steps if at <= now + chosen.learn_ahead]
    shown = {
        "due": [one for one in read.main if one not in read.new],
        "new": [one for one in read.main if one in read.new],
        "step": steps,
    }
    return {
        deck: (
            sum(one.startswith(f"{deck}/") for one in shown["due"]),
            sum(one.startswith(f"{deck}/") for one in shown["new"]),
            sum(one.startswith(f"{deck}/") for one in shown["step"]),
        )
        for deck in DECKS
    }


Deed = tuple[str, int | str, int]


def agree(
    deeds: list[Deed], pairs: list[tuple[str, str]], later: int, chosen: Settings
) -> Counts:
    """Do things at intervals in minutes, and compare the counts some minutes later."""
    with TemporaryDirectory() as home, open_store(Path(home)) as store:
        sitting = Sitting(store)
        found = library(Path(home), pairs)
        for name, what, minutes in deeds:
            sitting.now += timedelta(minutes=minutes)
            kept(Path(home), sitting.now, chosen)
            if isinstance(what, int):
                sitting.answer(name, what)
            elif what == "undo":
                sitting.undo()
            else:
                value = STRENGTHS[1] if what == "start" else FLAGGED
                sitting.mark(name, MarkKind(what), value)
        now = sitting.now + timedelta(minutes=later)
        try:
            check_what_is_read(found, store, now, chosen, [(), ("one",)])
            due = counted(found, Path(home), now, chosen)
            queue = queue_read(found, store, now, chosen)
            assert Left(due.new, due.learning, due.due) == queue.left(now)
            assert due.held_back == queue.held_back
            unlimited = replace(chosen, reviews_per_day=len(CARDS))
            counts = by_deck(due)
            everything = queue_read(found, store, now, unlimited)
            waiting = shown_by_deck(everything, now, unlimited)
            shown = shown_by_deck(queue, now, chosen)
            assert counts == {
                deck: (due, shown[deck][1], steps)
                for deck, (due, _, steps) in waiting.items()
            }
            once_more = counted(found, Path(home), now, chosen)
            assert by_deck(once_more) == counts
            for _ in range(2):
                quick = kept(Path(home), now, chosen)
                assert (by_deck(quick), quick.reviews) == (counts, due.reviews)
        finally:
            found.close()
    return counts


DEEDS = st.lists(
    st.tuples(
        st.sampled_from([*CARDS, "one/gone", "nowhere/x"]),
        st.integers(1, 4)
        | st.sampled_from(["suspend", "bury", "reset", "start", "undo"]),
        st.integers(0, 30) | st.integers(0, DAY * 3),
    ),
    max_size=16,
)
PAIRS = st.lists(
    st.sampled_from([("one/a", "two/e"), ("two/f", "one/b"), ("one/c", "one/a")])
)


@settings(max_examples=60, deadline=None)
@given(
    DEEDS,
    PAIRS,
    st.sampled_from([0, 5, 30, DAY, DAY * 9]),
    st.builds(
        Settings,
        sibling_spacing=st.booleans(),
        new_under_cap=st.booleans(),
        new_per_day=st.integers(1, 6),
        reviews_per_day=st.integers(0, 4) | st.just(200),
        order=st.sampled_from(["risk", "due", "oldest"]),
    ),
)
def test_what_is_counted_is_what_is_shown(
    deeds: list[Deed], pairs: list[tuple[str, str]], later: int, chosen: Settings
) -> None:
    agree(deeds, pairs, later, chosen)


LONG = DAY * 20
BOTH = [("one/a", "two/e"), ("one/b", "one/c")]
ONE_FIRST = [("one/a", 4, 0), ("two/e", 4, DAY)]
THE_OTHER_FIRST = [("two/e", 4, 0), ("one/a", 4, DAY)]


@pytest.mark.parametrize(
    ("deeds", "later", "counts"),
    [
        ([], 0, {"one": (0, 2, 0), "two": (0, 1, 0)}),
        ([("one/a", 4, 0)], 0, {"one": (0, 1, 0), "two": (0, 1, 0)}),
        ([("one/a", 4, 0)], DAY, {"one": (0, 1, 0), "two": (0, 2, 0)}),
        ([("one/a", 4, 0)], LONG, {"one": (1, 1, 0), "two": (0, 1, 0)}),
        ([("two/e", 4, 0)], LONG, {"one": (0, 1, 0), "two": (1, 1, 0)}),
        (ONE_FIRST, LONG, {"one": (1, 1, 0), "two": (0, 1, 0)}),
        (THE_OTHER_FIRST, LONG, {"one": (0, 1, 0), "two": (1, 1, 0)}),
        ([("one/a", 1, 0)], 0, {"one": (0, 1, 1), "two": (0, 1, 0)}),
        ([("one/a", 1, 0)], DAY, {"one": (0, 1, 1), "two": (0, 1, 0)}),
        (
            [("one/a", 1, 0), ("two/e", 1, 0)],
            DAY,
            {"one": (0, 1, 1), "two": (0, 1, 1)},
        ),
        (
            [("one/a", 1, 0), ("one/a", "suspend", 0)],
            DAY,
            {"one": (0, 1, 0), "two": (0, 2, 0)},
        ),
        ([("one/a", "bury", 0)], 0, {"one": (0, 1, 0), "two": (0, 2, 0)}),
        ([("one/a", "bury", 0)], DAY, {"one": (0, 2, 0), "two": (0, 1, 0)}),
        ([("two/f", "suspend", 0)], DAY, {"one": (0, 2, 0), "two": (0, 0, 0)}),
        (
            [("two/f", "suspend", 0), ("x", "undo", 0)],
            DAY,
            {"one": (0, 2, 0), "two": (0, 1, 0)},
        ),
        ([("one/a", "start", 0)], 0, {"one": (0, 1, 0), "two": (0, 1, 0)}),
        ([("one/a", "start", 0)], LONG, {"one": (1, 1, 0), "two": (0, 1, 0)}),
        (
            [("one/a", 4, 0), ("one/a", "reset", 0)],
            0,
            {"one": (0, 2, 0), "two": (0, 1, 0)},
        ),
    ],
)
def test_of_siblings_one_counts_and_none_that_is_away(
    deeds: list[Deed], later: int, counts: Counts
) -> None:
    assert agree(deeds, BOTH, later, Settings()) == counts


def test_what_was_counted_is_not_counted_again_until_something_changes(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        sitting, chosen = Sitting(store), Settings()
        sitting.answer("one/a", 1)
        library(tmp_path, []).close()
        cache = tmp_path / "decks.cache"

        def is_counted_at(now: datetime) -> bool:
            before = cache.read_bytes()
            kept(tmp_path, now, chosen)
            return cache.read_bytes() != before

        assert is_counted_at(sitting.now)
        assert not is_counted_at(sitting.now)
        sitting.answer("one/b", 4)
        assert is_counted_at(sitting.now)
        assert is_counted_at(sitting.now + timedelta(days=1))
        assert not is_counted_at(sitting.now + timedelta(days=1, hours=1))
        library(tmp_path, BOTH).close()
        assert is_counted_at(sitting.now + timedelta(days=1))


def test_decks_that_were_touched_are_not_read_anew(tmp_path: Path) -> None:
    library(tmp_path, []).close()
    file = tmp_path / "decks" / "one.yaml"

    def is_counted() -> bool:
        files = deck_files((str(file.parent),))
        limits = limits_at(MONDAY, Settings())
        return due_counts(str(tmp_path), files, limits) is not None

    for size, text in enumerate(("", "#", "# and more"), 1):
        os.utime(file, (size, size))
        assert is_counted()
        file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")
        assert is_counted() == (not text)
        library(tmp_path, []).close()
    file.rename(file.with_stem("other"))
    assert not is_counted()


def test_that_decks_were_touched_is_noted_only_if_much_was_read(tmp_path: Path) -> None:
    library(tmp_path, []).close()
    file = tmp_path / "decks" / "one.yaml"
    for padding, is_noted in ((0, False), (1 << 20, True)):
        file.write_text(f"{file.read_text('utf-8')}#{'x' * padding}", "utf-8")
        Library(str(tmp_path), (str(file.parent),)).close()
        os.utime(file, (1, 1))
        files = deck_files((str(file.parent),))
        cache = fresh_cache(str(tmp_path), files)
        assert cache
        with closing(cache):
            query = "SELECT path, size, mtime FROM files ORDER BY place"
            assert (cache.execute(query).fetchall() == files) == is_noted


def test_what_is_due_is_counted_where_nothing_can_be_kept(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        sitting.answer("one/a", 1)
        library(tmp_path, []).close()
        other = sqlite3.connect(tmp_path / "decks.cache", isolation_level=None)
        with closing(other):
            other.execute("BEGIN IMMEDIATE")
            expected = {"one": (0, 2, 1), "two": (0, 2, 0)}
            for _ in range(2):
                assert by_deck(kept(tmp_path, sitting.now, Settings())) == expected


def siblings(root: Path, *pairs: tuple[str, str]) -> dict[str, str]:
    found = library(root, list(pairs))
    try:
        return {card: " ".join(others) for card, others in found.siblings.items()}
    finally:
        found.close()


def test_siblings_are_found_across_files_and_after_an_edit(tmp_path: Path) -> None:
    across = siblings(tmp_path, ("two/e", "one/b"), ("one/a", "one/c"))
    assert across == {
        "one/b": "two/e",
        "two/e": "one/b",
        "one/c": "one/a",
        "one/a": "one/c",
    }
    assert siblings(tmp_path, ("one/b", "one/c")) == {
        "one/b": "one/c",
        "one/c": "one/b",
    }
    assert siblings(tmp_path) == {}


@pytest.mark.parametrize("others", [["gone/x"], ["one/a"]])
def test_who_names_nobody_there_has_no_siblings_there(
    tmp_path: Path, others: list[str]
) -> None:
    found = siblings(tmp_path, *(("one/a", other) for other in others))
    assert found in ({}, {"one/a": "gone/x"})


def test_before_anything_was_answered_siblings_count_once(tmp_path: Path) -> None:
    found = library(tmp_path, [("one/a", "two/e")])
    try:
        counts = counted(found, tmp_path / "none", MONDAY, Settings())
    finally:
        found.close()
    assert by_deck(counts) == {"one": (0, 3, 0), "two": (0, 1, 0)}
