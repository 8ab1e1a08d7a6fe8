"""Leeches: cards that are forgotten again and again, and cost more than they give."""

from trainer.scheduling.memory import Memory
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day


def is_leech(memory: Memory, settings: Settings) -> bool:
    """Whether a card was forgotten too often and is not cured since.

    It is cured while its interval is longer than the settings say.
    """
    interval = memory.due_day - study_day(memory.last, settings.rollover)
    return is_leech_by(memory.lapses, interval.days, settings)


def is_leech_by(lapses: int, interval: int, settings: Settings) -> bool:
    """Whether a card of so many lapses and such an interval is a leech."""
    is_often = 0 < settings.leech_lapses <= lapses
    return is_often and interval <= settings.leech_cured


def becomes_leech(
    before: Memory | None, after: Memory | None, settings: Settings
) -> bool:
    """Whether an answer made a card a leech, or once more.

    As in Anki it is told again after every further half as many lapses.
    """
    if before is None or after is None or after.lapses == before.lapses:
        return False
    if not is_leech(after, settings):
        return False
    further = -(-settings.leech_lapses // 2)
    return (after.lapses - settings.leech_lapses) % further == 0
