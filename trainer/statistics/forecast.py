"""What is to come: due cards by day, and the load of an ordinary day."""

from dataclasses import dataclass
from datetime import date


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
