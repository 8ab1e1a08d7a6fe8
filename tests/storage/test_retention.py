"""Which backups are kept: many of the last days, fewer of the time before."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trainer.storage.retention import ALL, DAILY, MONTHLY, WEEKLY, kept

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
INSTANTS = st.lists(
    st.integers(0, 60 * 24 * 900).map(lambda minutes: NOW - timedelta(minutes=minutes)),
    max_size=60,
)


@given(INSTANTS)
def test_all_of_two_days_and_the_newest_are_kept(backups: list[datetime]) -> None:
    wanted = kept(backups, NOW)
    assert wanted <= set(backups)
    assert {at for at in backups if NOW - at < ALL} <= wanted
    assert not backups or max(backups) in wanted


@given(INSTANTS)
def test_what_is_kept_stays_kept(backups: list[datetime]) -> None:
    wanted = kept(backups, NOW)
    assert kept(wanted, NOW) == wanted


@given(INSTANTS)
def test_no_more_are_kept_than_the_scheme_says(backups: list[datetime]) -> None:
    older = {at for at in kept(backups, NOW) if NOW - at >= ALL}
    assert len(older) <= DAILY + WEEKLY + MONTHLY


@given(INSTANTS)
def test_each_of_the_last_periods_keeps_its_newest(backups: list[datetime]) -> None:
    wanted = kept(backups, NOW)
    for period, count in (("%Y-%m-%d", DAILY), ("%G-%V", WEEKLY), ("%Y-%m", MONTHLY)):
        names = sorted({at.strftime(period) for at in backups})[-count:]
        for name in names:
            newest = max(at for at in backups if at.strftime(period) == name)
            assert newest in wanted


def test_three_years_of_daily_backups_leave_a_thinning_row() -> None:
    found: frozenset[datetime] = frozenset()
    for day in range(1100):
        now = NOW + timedelta(days=day)
        found = kept({*found, now}, now)
    last = max(found)
    ages = sorted((last - at).days for at in found)
    assert ages[:DAILY] == list(range(DAILY))
    assert len(ages) <= DAILY + WEEKLY + MONTHLY
    assert 8 * 28 <= ages[-1] <= 9 * 31


def test_a_backup_from_the_future_is_kept() -> None:
    assert kept([NOW + timedelta(days=9), NOW], NOW) == {NOW, NOW + timedelta(days=9)}
