"""How long until a card comes back, in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from trainer.cards.card import CardId
from trainer.language.text import Language
from trainer.scheduling.memory import Memory, State, advance
from trainer.scheduling.review import Rating
from trainer.scheduling.settings import Settings
from trainer.terminal.interval import (
    duration_text,
    interval_at_rating,
    interval_text,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
ROLLOVER = timedelta(hours=4)


def memory_due(due_day: date, due_at: datetime | None = None) -> Memory:
    return Memory(State.REVIEW, None, 1.0, 5.0, due_day, due_at, TODAY, NOW, 1, 0)


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        (-3, "now", "现在"),
        (0, "now", "现在"),
        (1, "1d", "1 天"),
        (4, "4d", "4 天"),
        (30, "30d", "30 天"),
        (46, "1.5mo", "1.5 个月"),
        (61, "2mo", "2 个月"),
        (767, "2.1y", "2.1 年"),
    ],
)
def test_days_grow_into_months_and_years(days: int, english: str, chinese: str) -> None:
    memory = memory_due(TODAY + timedelta(days=days))
    assert interval_text(memory, NOW, ROLLOVER, Language.EN) == english
    assert interval_text(memory, NOW, ROLLOVER, Language.ZH) == chinese


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (-1, "now", "现在"),
        (1, "1m", "1 分钟"),
        (60, "1m", "1 分钟"),
        (599, "10m", "10 分钟"),
        (3600, "1h", "1 小时"),
        (5400, "1.5h", "1.5 小时"),
    ],
)
def test_learning_steps_count_minutes_and_hours(
    seconds: int, english: str, chinese: str
) -> None:
    memory = memory_due(TODAY, NOW + timedelta(seconds=seconds))
    assert interval_text(memory, NOW, ROLLOVER, Language.EN) == english
    assert interval_text(memory, NOW, ROLLOVER, Language.ZH) == chinese


def test_a_day_is_a_study_day_not_24_hours() -> None:
    late = NOW.replace(day=24, hour=3)
    memory = memory_due(date(2026, 11, 24))
    assert interval_text(memory, late, ROLLOVER, Language.EN) == "1d"


def test_the_interval_at_rating_does_not_shrink_while_one_thinks() -> None:
    memory = advance(None, Rating.AGAIN, NOW, Settings(), CardId("d/x"))
    later = NOW + timedelta(seconds=50)
    assert interval_at_rating(memory, ROLLOVER, Language.EN) == "1m"
    assert interval_text(memory, later, ROLLOVER, Language.EN) == "1m"
    assert duration_text(timedelta(0), Language.EN) == "now"
