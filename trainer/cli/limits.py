"""Up to where cards count as due, as the learner has chosen it. Starts fast."""

from datetime import timedelta

from trainer.cli.clock import SystemClock
from trainer.scheduling import defaults
from trainer.scheduling.defaults import memory_mark
from trainer.scheduling.studyday import study_day
from trainer.storage.configuration.chosen import Configuration
from trainer.storage.duecounts import DueLimits


def due_limits(
    clock: SystemClock, chosen: Configuration, days_ahead: int = 0
) -> DueLimits:
    """Return up to where cards count as due now, or so many days later."""
    now = clock.now() + timedelta(days=days_ahead)
    rollover = chosen.duration("schedule.rollover", defaults.ROLLOVER)
    ahead = now + chosen.duration("schedule.learn-ahead", defaults.LEARN_AHEAD)
    spacing = "review.sibling-spacing"
    return DueLimits(
        today=study_day(now, rollover).toordinal(),
        ahead=round(ahead.timestamp() * 1000),
        per_day=(
            chosen.count("review.new-per-day", defaults.NEW_PER_DAY),
            chosen.count("review.reviews-per-day", defaults.REVIEWS_PER_DAY),
        ),
        spaced=chosen.switch(spacing, default=defaults.SIBLING_SPACING),
        capped=chosen.switch("review.new-under-cap", default=defaults.NEW_UNDER_CAP),
        made_with=_memory_mark(chosen, rollover),
    )


def _memory_mark(chosen: Configuration, rollover: timedelta) -> str:
    retention = "desired-retention"
    overall = chosen.ratio(f"schedule.{retention}", defaults.DESIRED_RETENTION)
    learning = chosen.durations("schedule.learning-steps", defaults.LEARNING_STEPS)
    forgotten = "schedule.relearning-steps"
    return memory_mark(
        (overall, chosen.by_deck(retention)),
        (learning, chosen.durations(forgotten, defaults.RELEARNING_STEPS)),
        chosen.count("schedule.maximum-interval", defaults.MAXIMUM_INTERVAL),
        rollover,
        (
            chosen.switch("schedule.spread", default=defaults.SPREAD),
            chosen.switch("schedule.balance", default=defaults.BALANCE),
            chosen.shares("schedule.easy-days", defaults.EASY_DAYS),
        ),
    )
