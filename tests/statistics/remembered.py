"""What is remembered of cards, made card by card: the obvious way."""

from collections.abc import Mapping
from datetime import date

from trainer.cards.card import CardId
from trainer.scheduling.memory import Memory, retrievability
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day
from trainer.statistics.recalled import Recalled

Row = tuple[CardId, bool, float, float, int, int, int, float]
"""A card, by the columns of `Recalled`."""


def remembered(
    memories: Mapping[CardId, Memory], today: date, settings: Settings
) -> Recalled:
    """Return what memories come to today."""
    rows = (_row(*item, today, settings) for item in memories.items())
    columns = tuple(zip(*rows, strict=True))
    return Recalled._make(columns) if columns else Recalled()


def _row(card: CardId, memory: Memory, today: date, settings: Settings) -> Row:
    last = study_day(memory.last, settings.rollover)
    return (
        card,
        memory.is_learning,
        memory.stability,
        memory.difficulty,
        memory.due_day.toordinal(),
        last.toordinal(),
        memory.lapses,
        retrievability(memory, today, settings),
    )
