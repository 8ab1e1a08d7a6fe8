"""Which backups are kept: all of two days, then one a day, a week and a month."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta

ALL = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 9


def kept(backups: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Return the instants whose backups are kept.

    All of the last two days are, and the newest one of each of the last 12 days, 10
    weeks and 9 months that have any. Days are counted in UTC.
    """
    every = sorted(backups, reverse=True)
    young = {at for at in every if now - at < ALL}
    days = _newest(every, lambda at: at.date(), DAILY)
    weeks = _newest(every, lambda at: at.isocalendar()[:2], WEEKLY)
    months = _newest(every, lambda at: (at.year, at.month), MONTHLY)
    return frozenset(young | days | weeks | months)


def _newest(
    newest_first: Iterable[datetime],
    period: Callable[[datetime], Hashable],
    count: int,
) -> set[datetime]:
    """Return the newest instant of each of the last periods that have any."""
    found: dict[Hashable, datetime] = {}
    for at in newest_first:
        found.setdefault(period(at), at)
    return set(list(found.values())[:count])
