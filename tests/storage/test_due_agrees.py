"""`trainer due` counts in SQL what a review would show; the two agree."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decks import card, write_decks
from tests.learning import MONDAY, Sitting, open_store
from trainer.cards.card import CardId
from trainer.scheduling.marks import FLAGGED, MarkKind, present
from trainer.scheduling.queue import allowance, build_queue
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day
from trainer.storage.duecounts import DueLimits
from trainer.storage.library import Library
from trainer.storage.store import Store

DECKS = {"one": "abcd", "two": "efgh"}
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


def counted(found: Library, home: Path, now: datetime, chosen: Settings) -> Counts:
    """Return what is due, new and in a step by deck, as SQL counts it."""
    limits = DueLimits(
        study_day(now, chosen.rollover).toordinal(),
        round((now + chosen.learn_ahead).timestamp() * 1000),
        chosen.new_per_day,
        spaced=chosen.sibling_spacing,
    )
    counts = found.due_counts(str(home), limits)
    return {one.deck: (one.due, one.new, one.learning) for one in counts}


def lined_up(found: Library, store: Store, now: datetime, chosen: Settings) -> Counts:
    """Return the same as a review would show it."""
    memories, today = store.memories(), study_day(now, chosen.rollover)
    queue = build_queue(
        present(found, store.standings(), today),
        memories,
        found.groups,
        allowance(memories.values(), today, chosen),
        now,
        chosen,
    )
    steps = [one for at, one in queue.steps if at <= now + chosen.learn_ahead]
    shown = {
        "due": [one for one in queue.main if one not in queue.new],
        "new": [one for one in queue.main if one in queue.new],
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


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(CARDS),
        st.integers(1, 4)
        | st.sampled_from([kind for kind in MarkKind if kind is not MarkKind.UNDO])
        | st.just("undo"),
        st.integers(0, 60 * 30) | st.integers(0, 60 * 24 * 9),
    ),
    max_size=24,
)
PAIRS = st.lists(
    st.tuples(st.sampled_from(CARDS), st.sampled_from([*CARDS, "gone/x"])), max_size=6
)


@settings(max_examples=80, deadline=None)
@given(DEEDS, PAIRS, st.booleans(), st.integers(1, 8))
def test_what_is_counted_is_what_is_shown(
    deeds: list[tuple[str, int | str, int]],
    pairs: list[tuple[str, str]],
    spaced: bool,  # noqa: FBT001 - drawn
    new: int,
) -> None:
    chosen = Settings(sibling_spacing=spaced, new_per_day=new)
    with TemporaryDirectory() as home, open_store(Path(home)) as store:
        sitting = Sitting(store)
        for name, what, minutes in deeds:
            sitting.now += timedelta(minutes=minutes)
            if isinstance(what, int):
                sitting.answer(name, what)
            elif what == "undo":
                sitting.undo()
            else:
                sitting.mark(name, MarkKind(what), FLAGGED)
        found = library(Path(home), pairs)
        try:
            shown = lined_up(found, store, sitting.now, chosen)
            assert counted(found, Path(home), sitting.now, chosen) == shown
        finally:
            found.close()


def groups(root: Path, *pairs: tuple[str, str]) -> dict[CardId, str]:
    found = library(root, list(pairs))
    try:
        return found.groups
    finally:
        found.close()


def test_siblings_are_found_across_files_and_after_an_edit(tmp_path: Path) -> None:
    across = groups(tmp_path, ("two/e", "one/b"), ("one/b", "one/d"))
    assert across == dict.fromkeys(["one/b", "one/d", "two/e"], "one/b")
    assert groups(tmp_path, ("one/b", "one/d")) == {"one/b": "one/b", "one/d": "one/b"}
    assert groups(tmp_path) == {}


@pytest.mark.parametrize("others", [["gone/x"], ["one/a"]])
def test_who_names_nobody_there_has_no_siblings(
    tmp_path: Path, others: list[str]
) -> None:
    found = groups(tmp_path, *(("one/a", other) for other in others))
    assert list(found) in ([], ["one/a"])


def test_before_anything_was_answered_siblings_count_once(tmp_path: Path) -> None:
    found = library(tmp_path, [("one/a", "two/e")])
    try:
        counts = counted(found, tmp_path / "none", MONDAY, Settings())
    finally:
        found.close()
    assert counts == {"one": (0, 4, 0), "two": (0, 3, 0)}
