"""How cards spread over a quantity: intervals, stability, difficulty, recall."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from trainer.statistics.evidence import Evidence

_DAYS = (0.0, 1.0, 3.0, 7.0, 14.0, 21.0, 30.0, 60.0, 90.0, 180.0, 365.0, inf)
_DIFFICULTIES = (*map(float, range(1, 10)), inf)
_CHANCES = (*(tenth / 10 for tenth in range(10)), inf)


@dataclass(frozen=True, slots=True)
class Bin:
    """How many cards lie from `low` up to, not including, `high`."""

    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How many cards lie where. All bins are there, the empty ones, too."""

    cards: int
    mean: float | None
    median: float | None
    bins: tuple[Bin, ...]


def intervals(evidence: Evidence) -> Spread:
    """Spread known cards by the days from their last answer to when they are due."""
    return _spread(evidence.intervals.elements(), _DAYS)


def stability(evidence: Evidence) -> Spread:
    """Spread cards by stability: after so many days recall has fallen to 90 %."""
    return _spread(evidence.active.stability, _DAYS)


def difficulty(evidence: Evidence) -> Spread:
    """Spread cards by difficulty, from 1 to 10."""
    return _spread(evidence.active.difficulty, _DIFFICULTIES)


def retrievability(evidence: Evidence) -> Spread:
    """Spread cards by the probability that they are recalled today."""
    return _spread(evidence.active.recall, _CHANCES)


def _spread(values: Iterable[float], bounds: Sequence[float]) -> Spread:
    found = sorted(values)
    count = len(found)
    middle = found[(count - 1) // 2 : count // 2 + 1]
    return Spread(
        cards=count,
        mean=sum(found) / count if found else None,
        median=sum(middle) / len(middle) if middle else None,
        bins=tuple(
            Bin(low, high, bisect_left(found, high) - bisect_left(found, low))
            for low, high in pairwise(bounds)
        ),
    )
