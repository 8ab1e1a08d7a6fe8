"""Which day a card comes back on, among those that its interval may be moved to.

Up to some months ahead it is the one with the least to do: the log is gone through in
its order, and each card is put where the fewest wait. Where days are alike, and further
ahead, card and repetition decide. So the same log gives the same days everywhere, in
whatever order its rows arrived.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Protocol

from trainer.cards.card import CardId
from trainer.language.digest import digest
from trainer.scheduling.settings import Settings
from trainer.scheduling.spreading import LEAST_MOVED, spread, spread_range

BALANCED = 90
"""Longer intervals, in days, are spread without a look at what is due."""

Costs = Callable[[int, int], Sequence[int]]
"""Returns what one more card costs on each day from a first to a last one."""

_NORMAL = 1000
_AVOIDED = 10**9
_ODD = 0x9E3779B97F4A7C15  # spreads repetitions over the numbers of 64 bits
_MASK = 2**64 - 1


class Counts(Protocol):
    """How many there are of each day, as a dict has them."""

    def get(self, day: int, default: int, /) -> int:
        """Return how many there are of a day."""
        ...


@dataclass(frozen=True, slots=True)
class Loads:
    """How many cards are due on each day: as it was read, and what has changed since.

    Days are ordinals (day 1 is 0001-01-01).
    """

    read: Counts = field(default_factory=dict[int, int])
    since: Mapping[int, int] = field(default_factory=dict)

    def moved(self, before: date | None, after: date | None) -> "Loads":
        """Return the loads after a card's day has changed; nothing is no day."""
        since = dict(self.since)
        for day, change in ((before, -1), (after, 1)):
            if day is not None:
                since[day.toordinal()] = since.get(day.toordinal(), 0) + change
        return Loads(self.read, since)


NOTHING_DUE = Loads()

START = -1
"""The repetition as which a card is placed that starts with a known strength."""


@cache
def costs_of_week(easy_days: tuple[float, ...]) -> tuple[int, ...]:
    """Return what one card costs by weekday, at the place `ordinal % 7`.

    `easy_days` are the shares of a normal day's cards that the days from Monday on are
    to have. What costs is a whole number: sums of it do not depend on their order.
    """
    costs = [round(_NORMAL / share) if share else _AVOIDED for share in easy_days]
    return (costs[-1], *costs[:-1])  # day 1 was a Monday


class Placing:
    """Puts cards on days, as the settings say."""

    __slots__ = ("_longest", "_ranges", "_spreads", "balances", "week")

    def __init__(self, settings: Settings) -> None:
        self._longest = settings.maximum_interval
        self._spreads = settings.spread
        self.balances = settings.spread and settings.balance
        self.week = costs_of_week(settings.easy_days)
        self._ranges = [
            spread_range(days, self._longest) for days in range(BALANCED + 1)
        ]

    def costs(self, loads: Loads, lifted: date | None) -> Costs:
        """Return what days cost by their loads, without the card that is lifted."""
        week, old = self.week, lifted.toordinal() if lifted else 0
        read, since = loads.read.get, loads.since.get

        def between(first: int, last: int) -> list[int]:
            return [
                (read(day, 0) + since(day, 0) - (day == old) + 1) * week[day % 7]
                for day in range(first, last + 1)
            ]

        return between

    def place(
        self, interval: int, today: int, card: CardId, repetition: int, costs: Costs
    ) -> int:
        """Return the days to which an interval is moved after so many repetitions.

        A longer interval never comes out shorter: all of one answer are placed by one
        order of days, within bounds that grow with the interval.
        """
        if interval < LEAST_MOVED or not self._spreads:
            return interval
        nearest = 0
        if interval > BALANCED or not self.balances:
            nearest = spread(interval, self._longest, card, repetition)
            if not self.balances or nearest >= self._ranges[BALANCED][1]:
                return nearest
            # else it might come before an interval that is just not too long
            interval = BALANCED
        least, most = self._ranges[interval]
        found = costs(today + least, today + most)
        lowest = min(found)
        days = least + found.index(lowest)
        if found.count(lowest) > 1:
            seed = _seed(card) + repetition * _ODD
            alike = (days for days, cost in enumerate(found, least) if cost == lowest)
            days = min(alike, key=lambda days: seed * (2 * (today + days) + 1) & _MASK)
        return max(days, nearest)


@cache
def placing_of(settings: Settings) -> Placing:
    """Return what places cards by some settings; it is made once."""
    return Placing(settings)


@cache
def _seed(card: CardId) -> int:
    return int.from_bytes(digest(card)[:8])
