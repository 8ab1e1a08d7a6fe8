"""Intervals are spread by card and repetition, within the range of py-fsrs."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.cards.card import CardId
from trainer.scheduling.memory import Memory, State, advance, advance_all
from trainer.scheduling.review import Rating
from trainer.scheduling.settings import Settings, settings_mark
from trainer.scheduling.spreading import spread, spread_range

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
CARDS = [CardId(f"deck/card-{number}") for number in range(400)]
DAYS = st.integers(1, 120) | st.integers(1, 40000)
LIMITS = st.sampled_from([1, 2, 3, 5, 30, 365, 36500])


def obvious_range(interval: int, longest: int) -> tuple[int, int]:
    """Add the shares up half a day after half a day."""
    if interval < 3:
        return interval, interval
    delta = Fraction(1)
    for half in range(5, 2 * interval):
        share = 15 if half < 14 else 10 if half < 40 else 5
        delta += Fraction(share, 200)
    most = min(round(interval + delta), longest)
    return min(max(2, round(interval - delta)), most), most


def off_the_tie(interval: int) -> bool:
    """Whether no bound lies halfway between two days, where floats may differ."""
    shares = ((7, 0.15), (20, 0.1), (interval, 0.05))
    delta, start = 1.0, 2.5
    for end, share in shares:
        delta += share * max(0.0, min(interval, end) - start)
        start = end
    return abs((delta % 1) - 0.5) > 1e-6


@given(st.integers(1, 3000), LIMITS)
def test_the_range_is_what_adding_up_day_by_day_gives(
    interval: int, longest: int
) -> None:
    if off_the_tie(interval) and interval <= longest:
        assert spread_range(interval, longest) == obvious_range(interval, longest)


@pytest.mark.parametrize(
    ("interval", "bounds"),
    [
        (1, (1, 1)),
        (2, (2, 2)),
        (3, (2, 4)),
        (7, (5, 9)),
        (10, (8, 12)),
        (20, (17, 23)),
        (50, (46, 54)),
        (100, (93, 107)),
        (365, (345, 385)),
    ],
)
def test_the_range_by_band(interval: int, bounds: tuple[int, int]) -> None:
    assert spread_range(interval, 36500) == bounds


@pytest.mark.parametrize("interval", [1, 2, 3, 4, 7, 8, 15, 20, 21, 50, 200])
@pytest.mark.parametrize("longest", [20, 21, 36500])
def test_the_range_is_that_of_py_fsrs(interval: int, longest: int) -> None:
    """Whose fuzz may reach a day beyond its own range, by rounding."""
    interval = min(interval, longest)
    scheduler = fsrs.Scheduler(maximum_interval=longest)
    drawn = {
        scheduler._get_fuzzed_interval(interval=interval * DAY).days  # noqa: SLF001
        for _ in range(3000)
    }
    least, most = spread_range(interval, longest)
    assert drawn - {most + 1} == set(range(least, most + 1))


@given(DAYS, LIMITS, st.sampled_from(CARDS), st.integers(0, 50))
def test_a_spread_interval_stays_in_its_range(
    interval: int, longest: int, card: CardId, repetition: int
) -> None:
    interval = min(interval, longest)
    least, most = spread_range(interval, longest)
    found = spread(interval, longest, card, repetition)
    assert least <= found <= most <= longest
    assert least >= min(interval, 2)
    assert found == spread(interval, longest, card, repetition)


@given(DAYS, DAYS, LIMITS, st.sampled_from(CARDS), st.integers(0, 50))
def test_a_longer_interval_never_comes_out_shorter(
    one: int, other: int, longest: int, card: CardId, repetition: int
) -> None:
    short, long = sorted((min(one, longest), min(other, longest)))
    found = [spread(days, longest, card, repetition) for days in (short, long)]
    assert found == sorted(found)


@pytest.mark.parametrize("interval", [3, 10, 60])
def test_all_days_of_the_range_are_taken_by_some_and_about_equally_often(
    interval: int,
) -> None:
    least, most = spread_range(interval, 36500)
    taken = Counter(spread(interval, 36500, card, 3) for card in CARDS)
    assert sorted(taken) == list(range(least, most + 1))
    fair = len(CARDS) / (most - least + 1)
    assert all(fair / 2 < count < fair * 2 for count in taken.values())
    again = [spread(interval, 36500, CARDS[0], number) for number in range(40)]
    assert len(set(again)) > 1


RATINGS = st.lists(
    st.tuples(st.sampled_from(Rating), st.integers(0, 400)), min_size=1, max_size=10
)


@settings(max_examples=60, deadline=None)
@given(RATINGS, st.sampled_from(CARDS), st.sampled_from([20, 36500]))
def test_only_the_day_is_spread_and_what_is_remembered_stays(
    ratings: list[tuple[Rating, int]], card: CardId, longest: int
) -> None:
    spread_out = Settings(maximum_interval=longest, balance=False)
    plain = replace(spread_out, spread=False)
    moved: Memory | None = None
    unmoved: Memory | None = None
    at = NOW
    for rating, days in ratings:
        at += days * DAY
        before = moved.reps if moved else 0
        moved = advance(moved, rating, at, spread_out, card)
        unmoved = advance(unmoved, rating, at, plain, card)
        if moved.state is State.REVIEW:
            interval = (unmoved.due_day - at.date()).days
            found = spread(interval, longest, card, before)
            assert moved.due_day == at.date() + found * DAY
        assert replace(moved, due_day=unmoved.due_day) == unmoved


@settings(max_examples=60, deadline=None)
@given(RATINGS, st.sampled_from(CARDS))
def test_hard_good_and_easy_stay_in_order(
    ratings: list[tuple[Rating, int]], card: CardId
) -> None:
    memory: Memory | None = None
    at = NOW
    for rating, days in ratings:
        memory = advance(memory, rating, at, Settings(), card)
        at += days * DAY
    ahead = advance_all(memory, at, Settings(), card)
    days_ahead = [ahead[one].due_day for one in list(Rating)[1:]]
    assert days_ahead == sorted(days_ahead)


def test_a_deck_may_have_a_retention_of_its_own() -> None:
    chosen = Settings(spread=False, deck_retention=(("images", 0.97), ("nets", 0.7)))

    def interval(card: str) -> int:
        memory = advance(None, Rating.EASY, NOW, chosen, CardId(card))
        return (memory.due_day - NOW.date()).days

    images, other, nets = map(interval, ("images/a", "image/a", "nets/a"))
    assert images < other < nets
    assert chosen.retention_of(CardId("images/x")) == 0.97
    assert chosen.retention_of(CardId("imagesx/x")) == 0.9
    for card, alone in (("images/a", 0.97), ("image/a", 0.9), ("nets/a", 0.7)):
        everywhere = Settings(spread=False, desired_retention=alone)
        expected = advance(None, Rating.EASY, NOW, everywhere, CardId(card))
        assert advance(None, Rating.EASY, NOW, chosen, CardId(card)) == expected


def test_settings_that_lead_to_other_memories_have_another_mark() -> None:
    changed = [
        Settings(),
        Settings(desired_retention=0.8),
        Settings(learning_steps=()),
        Settings(relearning_steps=()),
        Settings(maximum_interval=9),
        Settings(rollover=timedelta()),
        Settings(spread=False),
        Settings(deck_retention=(("a", 0.8),)),
        Settings(deck_retention=(("a", 0.8), ("b", 0.8))),
        Settings(balance=False),
        Settings(easy_days=(1, 1, 1, 1, 1, 1, 0.5)),
    ]
    assert len({settings_mark(one) for one in changed}) == len(changed)
    same = Settings(new_per_day=1, leech_lapses=3, order="due")
    assert settings_mark(same) == settings_mark(Settings())
