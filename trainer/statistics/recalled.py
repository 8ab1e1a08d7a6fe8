"""What is remembered of a card now, in plain numbers: there may be very many cards."""

from datetime import date
from typing import NamedTuple

from trainer.scheduling.memory import Memory, retrievability
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day


class Recalled(NamedTuple):
    """A card that was answered, as it is today.

    `interval` counts the study days from its last answer to the day it is due, `ahead`
    those from today; `recall` is the probability that it is recalled today.
    """

    is_learning: bool
    stability: float
    difficulty: float
    interval: int
    ahead: int
    lapses: int
    recall: float


def recalled(memory: Memory, today: date, settings: Settings) -> Recalled:
    """Return what a memory comes to today."""
    last = study_day(memory.last, settings.rollover)
    return Recalled(
        is_learning=memory.is_learning,
        stability=memory.stability,
        difficulty=memory.difficulty,
        interval=(memory.due_day - last).days,
        ahead=(memory.due_day - today).days,
        lapses=memory.lapses,
        recall=retrievability(memory, today, settings),
    )
