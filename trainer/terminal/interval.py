"""How long until a card comes back, in as few characters as say it."""

from datetime import datetime, timedelta

from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.scheduling.memory import Memory
from trainer.scheduling.studyday import study_day

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAYS_OF_MONTH = 365.25 / 12
_DAYS_OF_YEAR = 365.25


def interval_text(
    memory: Memory, now: datetime, rollover: timedelta, language: Language
) -> str:
    """Word the time from `now` until a card is due, such as `10m` or `1.5mo`.

    A learning step counts in minutes and hours, all else in whole study days.
    """
    if memory.due_at is not None:
        return duration_text(memory.due_at - now, language)
    return _days_text((memory.due_day - study_day(now, rollover)).days, language)


def interval_at_rating(memory: Memory, rollover: timedelta, language: Language) -> str:
    """Word the interval that a rating gave, as seen when it was given."""
    return interval_text(memory, memory.last, rollover, language)


def duration_text(duration: timedelta, language: Language) -> str:
    """Word a stretch of less than some days; a begun minute counts as one."""
    if duration <= timedelta(0):
        return say(language, "screen.now")
    if duration < _HOUR:
        return say(language, "screen.minutes", n=-(-duration // _MINUTE))
    return say(language, "screen.hours", n=_short(duration / _HOUR))


def time_text(milliseconds: int, language: Language) -> str:
    """Word the time that an answer or a sitting took."""
    if milliseconds < _MINUTE // timedelta(milliseconds=1):
        return say(language, "screen.seconds", n=f"{milliseconds / 1000:.1f}")
    return duration_text(timedelta(milliseconds=milliseconds), language)


def minutes_text(milliseconds: int, language: Language) -> str:
    """Word how long a sitting has gone on, in whole minutes."""
    return say(language, "screen.minutes", n=milliseconds // 60_000)


def _days_text(days: int, language: Language) -> str:
    if days <= 0:
        return say(language, "screen.now")
    if days < _DAYS_OF_MONTH:
        return say(language, "screen.days", n=days)
    if days < _DAYS_OF_YEAR:
        return say(language, "screen.months", n=_short(days / _DAYS_OF_MONTH))
    return say(language, "screen.years", n=_short(days / _DAYS_OF_YEAR))


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
