"""Cards come back on the days with the least to do, the same on every machine."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.cards.card import CardId
from trainer.scheduling.memory import Memory, advance, advance_all
from trainer.scheduling.placing import (
    BALANCED,
    NOTHING_DUE,
    Loads,
    costs_of_week,
    placing_of,
)
from trainer.scheduling.review import Rating
from trainer.scheduling.settings import Settings
from trainer.scheduling.spreading import spread, spread_range

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday
TODAY = NOW.date().toordinal()
DAY = timedelta(days=1)
CARDS = [CardId(f"deck/card-{number}") for number in range(400)]
WEEKS = [
    Settings().easy_days,
    (1, 1, 1, 1, 1, 0.5, 0),
    (0.3, 1, 0, 1, 1, 1, 0.7),
    (0,) * 7,
]
CHOSEN = st.builds(
    Settings,
    maximum_interval=st.sampled_from([2, 5, 30, 91, 95, 36500]),
    easy_days=st.sampled_from(WEEKS),
)
LOADS = st.dictionaries(
    st.integers(TODAY, TODAY + 130), st.integers(0, 4), max_size=130
).map(Loads)
DAYS = st.integers(1, 130) | st.integers(80, 110) | st.integers(1, 40000)
CARD = st.sampled_from(CARDS)
REPETITION = st.integers(0, 40)


def placed(
    interval: int, card: CardId, repetition: int, loads: Loads, chosen: Settings
) -> int:
    placing = placing_of(chosen)
    interval = min(interval, chosen.maximum_interval)
    return placing.place(interval, TODAY, card, repetition, placing.costs(loads, None))


def due_on(day: int, loads: Loads) -> int:
    return loads.read.get(day, 0) + loads.since.get(day, 0)


@given(st.integers(1, BALANCED), CARD, REPETITION, LOADS, CHOSEN)
def test_of_the_days_within_reach_the_one_with_the_least_to_do_is_taken(
    interval: int, card: CardId, repetition: int, loads: Loads, chosen: Settings
) -> None:
    interval = min(interval, chosen.maximum_interval)
    least, most = spread_range(interval, chosen.maximum_interval)
    week = costs_of_week(chosen.easy_days)

    def cost(days: int) -> int:
        day = TODAY + days
        return (due_on(day, loads) + 1) * week[day % 7]

    found = placed(interval, card, repetition, loads, chosen)
    assert least <= found <= most
    assert cost(found) == min(map(cost, range(least, most + 1)))


@given(DAYS, DAYS, CARD, REPETITION, LOADS, CHOSEN)
def test_a_longer_interval_never_comes_out_shorter(
    one: int, other: int, card: CardId, repetition: int, loads: Loads, chosen: Settings
) -> None:
    found = [
        placed(days, card, repetition, loads, chosen) for days in sorted((one, other))
    ]
    assert found == sorted(found)


@given(
    st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 90)), min_size=1),
    CARD,
    LOADS,
    CHOSEN,
)
def test_hard_good_and_easy_stay_in_order_whatever_is_due(
    ratings: list[tuple[Rating, int]], card: CardId, loads: Loads, chosen: Settings
) -> None:
    memory: Memory | None = None
    at = NOW - sum((days for _, days in ratings), 0) * DAY
    for rating, days in ratings:
        memory = advance(memory, rating, at, chosen, card, loads)
        at += days * DAY
    ahead = advance_all(memory, at, chosen, card, loads)
    days_ahead = [ahead[one].due_day for one in list(Rating)[1:]]
    assert days_ahead == sorted(days_ahead)


@given(st.integers(104, 40000), CARD, REPETITION, LOADS)
def test_long_intervals_are_spread_by_card_and_repetition_alone(
    interval: int, card: CardId, repetition: int, loads: Loads
) -> None:
    found = placed(interval, card, repetition, loads, Settings())
    assert found == spread(min(interval, 36500), 36500, card, repetition)


@given(DAYS, CARD, REPETITION, LOADS)
def test_where_nothing_is_balanced_what_is_due_does_not_matter(
    interval: int, card: CardId, repetition: int, loads: Loads
) -> None:
    interval = min(interval, 36500)
    unbalanced, unmoved = Settings(balance=False), Settings(spread=False)
    found = placed(interval, card, repetition, loads, unbalanced)
    assert found == spread(interval, 36500, card, repetition)
    assert placed(interval, card, repetition, loads, unmoved) == interval


def learned(chosen: Settings, rating: Rating = Rating.EASY) -> Counter[int]:
    """Learn all cards at once; return how many come back on which day from today."""
    loads = NOTHING_DUE
    for card in CARDS:
        memory = advance(None, rating, NOW, chosen, card, loads)
        loads = loads.moved(None, memory.due_day)
    return Counter({day - TODAY: count for day, count in loads.since.items()})


def test_cards_learned_together_come_back_in_equal_portions() -> None:
    days = learned(Settings())
    least, most = spread_range(8, 36500)
    assert sorted(days) == list(range(least, most + 1))
    assert max(days.values()) - min(days.values()) <= 1
    by_chance = learned(Settings(balance=False))
    assert max(by_chance.values()) - min(by_chance.values()) > 10


def test_easy_days_get_their_share_and_avoided_days_nothing() -> None:
    """Eight days from a Monday is a Tuesday; six to ten are a Sunday to a Thursday."""
    half = learned(Settings(easy_days=(1, 0.5, 1, 1, 1, 1, 1)))
    assert half[8] == pytest.approx(half[7] / 2, abs=1)
    none = learned(Settings(easy_days=(1, 1, 0, 1, 1, 1, 0)))
    assert sorted(none) == [7, 8, 10]
    assert max(none.values()) - min(none.values()) <= 1
    never = learned(Settings(easy_days=(0,) * 7))
    assert max(never.values()) - min(never.values()) <= 1


@pytest.mark.parametrize("interval", [3, 10, 60])
def test_where_days_are_alike_all_are_taken_by_some_and_about_equally_often(
    interval: int,
) -> None:
    least, most = spread_range(interval, 36500)
    taken = Counter(placed(interval, one, 3, NOTHING_DUE, Settings()) for one in CARDS)
    assert sorted(taken) == list(range(least, most + 1))
    fair = len(CARDS) / (most - least + 1)
    assert all(fair / 2 < count < fair * 2 for count in taken.values())
    again = {placed(interval, CARDS[0], n, NOTHING_DUE, Settings()) for n in range(40)}
    assert len(again) > 1


def test_a_card_does_not_stand_in_its_own_way() -> None:
    """It is lifted from its day before it is placed."""
    chosen = replace(Settings(), easy_days=(1,) * 7)
    memory = advance(None, Rating.EASY, NOW, chosen, CARDS[0])
    others = Loads({memory.due_day.toordinal() + days: 1 for days in (-2, -1, 1, 2)})
    own = others.moved(None, memory.due_day)
    at = NOW + timedelta(minutes=1)
    again = advance(memory, Rating.HARD, at, chosen, CARDS[0], own)
    assert again == advance(
        replace(memory, due_day=NOW.date()), Rating.HARD, at, chosen, CARDS[0], others
    )


def test_loads_follow_a_card_from_day_to_day() -> None:
    monday, friday = NOW.date(), NOW.date() + 4 * DAY
    loads = Loads({TODAY: 2})
    moved = loads.moved(monday, friday).moved(None, friday).moved(monday, None)
    days = range(TODAY, TODAY + 6)
    assert [due_on(day, moved) for day in days] == [0, 0, 0, 0, 2, 0]
    assert due_on(TODAY, loads) == 2
