"""From which day on a learner wants to look back."""

import re
from datetime import date, timedelta

from trainer.cli.mistakes import UsageError

_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365}


def first_day(since: str, today: date) -> date:
    """Return the first study day to look at; without a word, the first of all."""
    if not since:
        return date.min
    said = re.fullmatch(r"([0-9]{1,4})([dwmy])", since)
    if said:
        days = int(said[1]) * _UNITS[said[2]]
        return today - timedelta(days=max(0, min(days, today.toordinal()) - 1))
    try:
        return date.fromisoformat(since)
    except ValueError as error:
        raise UsageError("bad-since", value=since) from error
