"""What is remembered of cards, made card by card: the obvious way."""

from collections.abc import Mapping
from datetime import date

from trainer.cards.card import CardId
from trainer.scheduling.memory import Memory, retrievability
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day
from trainer.statistics.recalled import Lapsed, Recalled, Step

Row = tuple[CardId, float, float, int, int, float]
"""A card, by the columns of `Recalled`."""


def remembered(
    memories: Mapping[CardId, Memory], today: date, settings: Settings
) -> Recalled:
    """Return what memories come to today."""
    rows = (_row(*item, today, settings) for item in memories.items())
    columns = tuple(zip(*rows, strict=True))
    found = Recalled(*columns) if columns else Recalled()
    days = {card: _interval(memory, settings) for card, memory in memories.items()}
    return found._replace(
        steps=[
            Step(card, days[card]) for card, one in memories.items() if one.is_learning
        ],
        lapsed=[
            Lapsed(card, one.lapses, days[card])
            for card, one in memories.items()
            if 0 < settings.leech_lapses <= one.lapses
        ],
    )


def _row(card: CardId, memory: Memory, today: date, settings: Settings) -> Row:
    return (
        card,
        memory.stability,
        memory.difficulty,
        memory.due_day.toordinal(),
        study_day(memory.last, settings.rollover).toordinal(),
        retrievability(memory, today, settings),
    )


def _interval(memory: Memory, settings: Settings) -> int:
    return (memory.due_day - study_day(memory.last, settings.rollover)).days
