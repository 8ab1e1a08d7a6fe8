"""Leeches: cards that are forgotten again and again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.cards.card import CardId
from trainer.scheduling.leeches import becomes_leech, is_leech
from trainer.scheduling.memory import Memory, State, advance
from trainer.scheduling.review import Rating
from trainer.scheduling.settings import Settings

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
CARD = CardId("d/x")
A, G, E = Rating.AGAIN, Rating.GOOD, Rating.EASY


def told_after(count: int, chosen: Settings) -> list[int]:
    """Forget a card so often, and return at which lapses it was told a leech."""
    memory, at, told = advance(None, E, NOW, chosen, CARD), NOW, []
    for _ in range(count):
        for rating in (A, G):
            at += 2 * DAY
            after = advance(memory, rating, at, chosen, CARD)
            if becomes_leech(memory, after, chosen):
                told.append(after.lapses)
            memory = after
    assert memory.lapses == count
    return told


@pytest.mark.parametrize(
    ("lapses", "told"),
    [(8, [8, 12, 16]), (3, [3, 5, 7, 9, 11, 13, 15, 17]), (0, []), (17, [17])],
)
def test_a_leech_is_told_again_after_every_further_half_as_many_lapses(
    lapses: int, told: list[int]
) -> None:
    assert told_after(17, Settings(leech_lapses=lapses)) == told


def test_one_lapse_may_be_enough() -> None:
    assert told_after(3, Settings(leech_lapses=1)) == [1, 2, 3]


def known(lapses: int, interval: int) -> Memory:
    memory = advance(None, E, NOW, Settings(), CARD)
    due = NOW.date() + interval * DAY
    return replace(memory, lapses=lapses, due_day=due)


@pytest.mark.parametrize(
    ("lapses", "interval", "expected"),
    [(7, 1, False), (8, 1, True), (9, 21, True), (8, 22, False), (30, 400, False)],
)
def test_a_leech_is_cured_with_a_long_interval(
    lapses: int, interval: int, *, expected: bool
) -> None:
    assert is_leech(known(lapses, interval), Settings()) is expected


def test_a_cure_may_take_longer_and_leeches_may_be_off() -> None:
    assert is_leech(known(8, 30), Settings(leech_cured=30))
    assert not is_leech(known(99, 1), Settings(leech_lapses=0))


def test_what_comes_back_far_off_is_no_leech_to_tell_of() -> None:
    before, after = known(7, 1), known(8, 22)
    assert not becomes_leech(before, after, Settings())
    assert becomes_leech(before, known(8, 21), Settings())
    assert not becomes_leech(None, after, Settings())
    assert not becomes_leech(before, None, Settings())


HISTORIES = st.lists(
    st.tuples(st.sampled_from([A, A, G, E]), st.integers(0, 60)), max_size=40
)


@settings(max_examples=60, deadline=None)
@given(HISTORIES, st.integers(0, 5), st.integers(1, 40))
def test_who_was_told_is_what_one_finds_by_counting(
    history: list[tuple[Rating, int]], lapses: int, cured: int
) -> None:
    chosen = Settings(leech_lapses=lapses, leech_cured=cured)
    memory: Memory | None = None
    at, forgotten = NOW, 0
    steps = range(lapses, 99, (lapses + 1) // 2) if lapses else ()
    for rating, days in history:
        at += days * DAY
        forgets = memory and memory.state is State.REVIEW and rating is A
        forgotten += bool(forgets)
        after = advance(memory, rating, at, chosen, CARD)
        is_near = (after.due_day - at.date()).days <= cured
        expected = bool(forgets) and forgotten in steps and is_near
        assert becomes_leech(memory, after, chosen) == expected
        assert is_leech(after, chosen) == (0 < lapses <= forgotten and is_near)
        memory = after
