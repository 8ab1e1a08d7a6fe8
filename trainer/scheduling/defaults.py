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

PARAMETERS = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666),
    *(0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658),
    0.1542,
)
"""The parameters of FSRS-6, fitted by its authors to millions of reviews."""


def memory_mark(
    desired_retention: float,
    learning_steps: tuple[timedelta, ...],
    relearning_steps: tuple[timedelta, ...],
    maximum_interval: int,
    rollover: timedelta,
) -> str:
    """Return a text that differs where memories replayed with settings may differ.

    FSRS's parameters stand behind it, as `parameters_text` gives them: they are kept
    with the log, so they are known only when it is open.
    """
    learning, relearning = (
        ",".join(f"{step.total_seconds():g}" for step in steps)
        for steps in (learning_steps, relearning_steps)
    )
    rest = f"{maximum_interval} {rollover.total_seconds():g}"
    return f"{desired_retention} {learning} {relearning} {rest}"


def parameters_text(parameters: tuple[float, ...]) -> str:
    """Return FSRS's parameters as a text that loses nothing."""
    return ",".join(map(repr, parameters))
