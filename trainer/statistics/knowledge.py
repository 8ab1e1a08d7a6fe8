"""Estimated knowledge: how much would be recalled now, and over time."""

from dataclasses import dataclass
from datetime import date
from math import fsum

from trainer.statistics.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Point:
    """How many cards would have been recalled at the end of a study day."""

    day: date
    cards: float


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The sum of retrievability over all cards that were ever answered.

    `now` counts cards that decks have, of `studied` ones among `total`; `over_time`
    has a point a week, with cards of the time, whether decks still have them or not.
    """

    now: float
    studied: int
    total: int
    over_time: tuple[Point, ...]

    @property
    def share(self) -> float | None:
        """The share of all cards that would be recalled now."""
        return self.now / self.total if self.total else None


def knowledge(evidence: Evidence) -> Knowledge:
    """Sum the retrievability of all cards up."""
    held: dict[date, float] = {}
    for row in evidence.seen.held:
        held[row.day] = held.get(row.day, 0) + row.cards
    recalls = evidence.known.recall
    points = tuple(Point(day, held[day]) for day in sorted(held))
    return Knowledge(fsum(recalls), len(recalls), len(evidence.cards), points)
