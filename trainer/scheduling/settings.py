"""What a learner may choose about the schedule."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from trainer.scheduling import defaults

Order = Literal["risk", "due", "oldest"]
"""What comes first among reviews: the most at risk of being forgotten, the longest
due (those of a day shuffled), or what was not seen for longest."""

Mix = Literal["even", "first", "last"]
"""Where new cards come: evenly among the reviews, before or after them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The schedule's settings.

    `rollover` is the local time after midnight at which a new study day begins;
    `learn_ahead` is how early a learning step may be shown when nothing else is
    left; `maximum_interval` is in days; with `sibling_spacing`, at most one card of
    a group of siblings is shown on one study day.
    """

    desired_retention: float = defaults.DESIRED_RETENTION
    learning_steps: tuple[timedelta, ...] = defaults.LEARNING_STEPS
    relearning_steps: tuple[timedelta, ...] = defaults.RELEARNING_STEPS
    maximum_interval: int = defaults.MAXIMUM_INTERVAL
    parameters: tuple[float, ...] = defaults.PARAMETERS
    rollover: timedelta = defaults.ROLLOVER
    learn_ahead: timedelta = defaults.LEARN_AHEAD
    new_per_day: int = defaults.NEW_PER_DAY
    reviews_per_day: int = defaults.REVIEWS_PER_DAY
    order: Order = "risk"
    mix: Mix = "even"
    sibling_spacing: bool = defaults.SIBLING_SPACING
