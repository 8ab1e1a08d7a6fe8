"""What is to come: due cards by day, and the load of an ordinary day."""

from dataclasses import dataclass
from datetime import date, timedelta

from trainer.scheduling.studyday import study_day
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
    today, settings = evidence.today, evidence.settings
    active = evidence.active()
    due = [0] * AHEAD
    later = 0
    per_day = 0.0
    for memory in active.values():
        ahead = max(0, (memory.due_day - today).days)
        if ahead < AHEAD:
            due[ahead] += 1
        else:
            later += 1
        last = study_day(memory.last, settings.rollover)
        per_day += 1 / max(1, (memory.due_day - last).days)
    new = [card for card in evidence.cards if card not in evidence.memories]
    return Forecast(
        days=tuple(Load(today + timedelta(at), count) for at, count in enumerate(due)),
        overdue=sum(memory.due_day < today for memory in active.values()),
        later=later,
        unseen=sum(not evidence.standing(card).suspended for card in new),
        per_day=per_day,
    )
