"""All keys of the configuration. Starts fast."""

from datetime import timedelta

from trainer.storage.configuration.chosen import Configuration, deck_of
from trainer.storage.configuration.kinds import (
    Kind,
    choice,
    count,
    duration,
    ratio,
    steps,
    switch,
    time_of_day,
    week,
)


class Key:
    """One thing to choose: its kind, its default as a text, and what it becomes.

    `part` is `settings`, `preferences` or `options`, and `field` the name there.
    """

    __slots__ = ("default", "field", "kind", "part")

    def __init__(self, kind: Kind, default: str, part: str, field: str) -> None:
        self.kind = kind
        self.default = default
        self.part = part
        self.field = field


_DAY, _MONTH = timedelta(days=1), timedelta(days=30)
_STEPS = steps(_MONTH)
_RETENTION = ratio(0.70, 0.99)

KEYS = {
    "language": Key(choice("en", "zh"), "", "options", "lang"),
    "review.new-per-day": Key(count(0, 9999), "20", "settings", "new_per_day"),
    "review.reviews-per-day": Key(count(0, 9999), "200", "settings", "reviews_per_day"),
    "review.new-under-cap": Key(switch(), "yes", "settings", "new_under_cap"),
    "review.order": Key(choice("risk", "due", "oldest"), "risk", "settings", "order"),
    "review.mix": Key(choice("even", "first", "last"), "even", "settings", "mix"),
    "review.sibling-spacing": Key(switch(), "yes", "settings", "sibling_spacing"),
    "review.two-grades": Key(switch(), "no", "preferences", "two_grades"),
    "review.hints": Key(switch(), "yes", "preferences", "hints"),
    "schedule.desired-retention": Key(
        _RETENTION, "0.9", "settings", "desired_retention"
    ),
    "schedule.learning-steps": Key(_STEPS, "1m 10m", "settings", "learning_steps"),
    "schedule.relearning-steps": Key(_STEPS, "10m", "settings", "relearning_steps"),
    "schedule.rollover": Key(time_of_day(), "04:00", "settings", "rollover"),
    "schedule.learn-ahead": Key(duration(_DAY), "20m", "settings", "learn_ahead"),
    "schedule.maximum-interval": Key(
        count(1, 36500), "36500", "settings", "maximum_interval"
    ),
    "schedule.spread": Key(switch(), "yes", "settings", "spread"),
    "schedule.balance": Key(switch(), "yes", "settings", "balance"),
    "schedule.easy-days": Key(week(), "", "settings", "easy_days"),
    "schedule.leech-lapses": Key(count(0, 999), "8", "settings", "leech_lapses"),
    "schedule.leech-cured": Key(count(1, 36500), "21", "settings", "leech_cured"),
    "schedule.leech-suspends": Key(switch(), "no", "settings", "leech_suspends"),
    "terminal.ascii": Key(switch(), "no", "options", "ascii"),
    "terminal.color": Key(
        choice("auto", "always", "never"), "auto", "options", "color"
    ),
}
"""The keys by name, in the order in which they are shown.

The language has no default: without one the locale decides.
"""


DECK_KEYS = {
    "decks.DECK.desired-retention": Key(_RETENTION, "", "decks", "desired-retention")
}
"""What may be chosen for single decks; `DECK` stands for the id of one.

It has no default: without it the overall choice holds.
"""


def key_named(name: str) -> Key | None:
    """Return the key with a name, also that of a deck; nothing if there is none."""
    for key in DECK_KEYS.values():
        if deck_of(name, key.field):
            return key
    return KEYS.get(name)


def names_like(name: str) -> list[str]:
    """Return the names that one that does not exist may have been meant for."""
    deck = name.removeprefix("decks.").rpartition(".")[0]
    return [*KEYS, *(key.replace("DECK", deck) for key in DECK_KEYS)]


def fields(chosen: Configuration, part: str) -> dict[str, object]:
    """Return what was chosen of one part, by the names it has there."""
    return {
        KEYS[name].field: value
        for name, value in chosen.values.items()
        if name in KEYS and KEYS[name].part == part
    }
