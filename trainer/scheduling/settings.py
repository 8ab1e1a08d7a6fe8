"""What a learner may choose about the schedule."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from trainer.cards.card import CardId, deck_of
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
    a group of siblings is shown on one study day. With `new_under_cap`, new cards count
    among the reviews of a day. With `spread`, intervals of some days are spread a
    little, with `balance` to where the least is due; `easy_days` are the shares of a
    normal day's cards that the days from Monday on are to have. `deck_retention` is the
    desired retention of the decks that have their own. A card forgotten `leech_lapses`
    times is a leech (0: none is) until its interval is longer than `leech_cured` days.
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
    new_under_cap: bool = defaults.NEW_UNDER_CAP
    order: Order = "risk"
    mix: Mix = "even"
    sibling_spacing: bool = defaults.SIBLING_SPACING
    spread: bool = defaults.SPREAD
    balance: bool = defaults.BALANCE
    easy_days: tuple[float, ...] = defaults.EASY_DAYS
    deck_retention: defaults.ByDeck = ()
    leech_lapses: int = 8
    leech_cured: int = 21  # from where on Anki calls a card mature
    leech_suspends: bool = False

    def retention_of(self, card: CardId) -> float:
        """Return the desired retention of a card's deck, or the overall one."""
        if not self.deck_retention:
            return self.desired_retention
        deck = deck_of(card)
        return dict(self.deck_retention).get(deck, self.desired_retention)


def settings_mark(settings: Settings) -> str:
    """Return a text that differs where memories replayed with settings may differ."""
    return defaults.memory_mark(
        (settings.desired_retention, settings.deck_retention),
        (settings.learning_steps, settings.relearning_steps),
        settings.maximum_interval,
        settings.rollover,
        (settings.spread, settings.balance, settings.easy_days),
    )
