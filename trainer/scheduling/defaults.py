"""The settings that count what is due, as plain numbers: `trainer due` starts fast."""

from datetime import timedelta

ROLLOVER = timedelta(hours=4)
LEARN_AHEAD = timedelta(minutes=20)
NEW_PER_DAY = 20
REVIEWS_PER_DAY = 200
NEW_UNDER_CAP = True
SIBLING_SPACING = True
DESIRED_RETENTION = 0.9
LEARNING_STEPS = (timedelta(minutes=1), timedelta(minutes=10))
RELEARNING_STEPS = (timedelta(minutes=10),)
MAXIMUM_INTERVAL = 36500
SPREAD = True
BALANCE = True
EASY_DAYS = (1.0,) * 7

Steps = tuple[timedelta, ...]
ByDeck = tuple[tuple[str, float], ...]
"""What was chosen for single decks, sorted by their ids."""

PARAMETERS = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666),
    *(0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658),
    0.1542,
)
"""The parameters of FSRS-6, fitted by its authors to millions of reviews."""


def memory_mark(
    desired_retention: tuple[float, ByDeck],
    steps: tuple[Steps, Steps],
    maximum_interval: int,
    rollover: timedelta,
    spread: tuple[bool, bool, tuple[float, ...]],
) -> str:
    """Return a text that differs where memories replayed with settings may differ.

    The retention is the overall one and those of decks, the steps are those of new and
    of forgotten cards; `spread` says whether intervals are spread, whether that is to
    balance what is due, and the shares of the days of a week. FSRS's parameters stand
    behind the mark, as `parameters_text` gives them: they are kept with the log, so
    they are known only when it is open.
    """
    overall, by_deck = desired_retention
    retention = ",".join([str(overall), *(f"{deck}={one}" for deck, one in by_deck)])
    learning, relearning = (
        ",".join(f"{step.total_seconds():g}" for step in one) for one in steps
    )
    moves, balances, week = spread
    days = ",".join(f"{share:g}" for share in week) if moves and balances else ""
    rest = f"{maximum_interval} {rollover.total_seconds():g} {moves:d} {days}"
    return f"{retention} {learning} {relearning} {rest}"


def parameters_text(parameters: tuple[float, ...]) -> str:
    """Return FSRS's parameters as a text that loses nothing."""
    return ",".join(map(repr, parameters))
