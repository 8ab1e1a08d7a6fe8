"""What is to come: due cards by day, and the load of an ordinary day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum

from trainer.statistics.evidence import Evidence

AHEAD = 30
"""So many study days are looked ahead, today included."""


@dataclass(frozen=True, slots=True)
class Load:
    """How many cards are due on a study day; today's include what is overdue."""

    day: date
    due: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is due on the coming study days; suspended cards are not.

    `overdue` counts those of today that were due before. `per_day` is the load of an
    ordinary day, as in Anki: each known card counts with one over its interval.
    `later` counts what is due after the days shown, `unseen` cards that are new.
    """

    days: tuple[Load, ...]
    overdue: int
    later: int
    unseen: int
    per_day: float


def forecast(evidence: Evidence) -> Forecast:
    """Return what is due on the coming study days."""
    active, today = evidence.active, evidence.today.toordinal()
    dates = Counter(active.due)
    intervals = evidence.intervals + active.intervals(learning=True)
    due = [dates[today + at] for at in range(AHEAD)]
    overdue = sum(count for date, count in dates.items() if date < today)
    due[0] += overdue
    days = [evidence.today + timedelta(at) for at in range(AHEAD)]
    return Forecast(
        days=tuple(map(Load, days, due)),
        overdue=overdue,
        later=dates.total() - sum(due),
        unseen=evidence.unseen,
        per_day=fsum(count / max(1, one) for one, count in intervals.items()),
    )
