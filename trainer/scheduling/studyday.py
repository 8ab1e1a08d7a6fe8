"""Study days: from rollover to rollover, in the learner's own time."""

from datetime import date, datetime, timedelta


def study_day(at: datetime, rollover: timedelta) -> date:
    """Return the study day an aware moment belongs to, by its own zone offset.

    Wall-clock time counts, so a day of 23 or 25 hours still steps at the rollover.
    """
    return (at.replace(tzinfo=None) - rollover).date()
