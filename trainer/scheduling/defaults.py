"""The settings that count what is due, as plain numbers: `trainer due` starts fast."""

from datetime import timedelta

ROLLOVER = timedelta(hours=4)
LEARN_AHEAD = timedelta(minutes=20)
NEW_PER_DAY = 20
REVIEWS_PER_DAY = 200
SIBLING_SPACING = True
DESIRED_RETENTION = 0.9
LEARNING_STEPS = (timedelta(minutes=1), timedelta(minutes=10))
RELEARNING_STEPS = (timedelta(minutes=10),)
MAXIMUM_INTERVAL = 36500


def memory_mark(
    desired_retention: float,
    learning_steps: tuple[timedelta, ...],
    relearning_steps: tuple[timedelta, ...],
    maximum_interval: int,
    rollover: timedelta,
) -> str:
    """Return a text that differs where memories replayed with settings may differ.

    FSRS's parameters are not in it.
    """
    learning, relearning = (
        ",".join(f"{step.total_seconds():g}" for step in steps)
        for steps in (learning_steps, relearning_steps)
    )
    rest = f"{maximum_interval} {rollover.total_seconds():g}"
    return f"{desired_retention} {learning} {relearning} {rest}"
