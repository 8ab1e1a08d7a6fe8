"""Study days begin at four in the morning of the learner's own clock."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.scheduling.studyday import study_day

FOUR = timedelta(hours=4)
BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-23T00:00", "2026-11-22"),
        ("2026-11-23T03:59:59.999", "2026-11-22"),
        ("2026-11-23T04:00", "2026-11-23"),
        ("2026-11-23T23:59", "2026-11-23"),
        ("2026-01-01T03:00", "2025-12-31"),
        ("2028-03-01T01:00", "2028-02-29"),
    ],
)
def test_the_night_belongs_to_the_day_before(at: str, day: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
    assert study_day(moment, FOUR) == date.fromisoformat(day)


def test_a_day_may_begin_at_midnight() -> None:
    midnight = datetime(2026, 11, 23, tzinfo=UTC)
    assert study_day(midnight, timedelta()) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("changes", "hours"), [(date(2026, 3, 28), 23), (date(2026, 10, 24), 25)]
)
def test_a_day_of_23_or_25_hours_is_one_day(changes: date, hours: int) -> None:
    """The clocks change in the night, before the day that ends at four."""
    begin = datetime.combine(changes, datetime.min.time(), BERLIN) + FOUR
    end = begin + timedelta(days=1)
    assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=hours)
    last = (end.astimezone(UTC) - timedelta(seconds=1)).astimezone(BERLIN)
    assert study_day(begin, FOUR) == study_day(last, FOUR) == changes
    assert study_day(end, FOUR) == changes + timedelta(days=1)


def test_the_learners_clock_counts_and_not_the_instant() -> None:
    instant = datetime(2026, 11, 23, 2, tzinfo=UTC)
    assert study_day(instant, FOUR) == date(2026, 11, 22)
    assert study_day(instant.astimezone(SHANGHAI), FOUR) == date(2026, 11, 23)


@settings(deadline=None)
@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1)),  # noqa: DTZ001 - a zone is drawn
    st.integers(-14, 14),
    st.integers(1, 86_400),
)
def test_within_one_zone_days_never_go_back(
    wall: datetime, offset: int, seconds: int
) -> None:
    at = wall.replace(tzinfo=timezone(timedelta(hours=offset)))
    later = at + timedelta(seconds=seconds)
    assert 0 <= (study_day(later, FOUR) - study_day(at, FOUR)).days <= 1
