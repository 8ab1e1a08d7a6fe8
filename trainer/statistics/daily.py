"""The log rolled up by study day: all that figures over time need of it.

The rows are few however many reviews there are, and a figure of some days and decks is
a sum over the rows of those days and decks. Where they are some thousands for years of
study, they come in columns.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum
from itertools import compress
from typing import Any, NamedTuple, TypeVar

from trainer.scheduling.review import Rating


class AnswerKind(StrEnum):
    """What an answer was, as Anki tells them apart.

    A card that is known is young below an interval of 21 days, and mature from there.
    """

    LEARN = "learn"
    YOUNG = "young"
    MATURE = "mature"
    RELEARN = "relearn"
    CRAM = "cram"

    __hash__ = str.__hash__  # that of enums is slow, and there are many rows

    @property
    def is_known(self) -> bool:
        """Whether the card was known, so that the answer tells whether it still is."""
        return self in {AnswerKind.YOUNG, AnswerKind.MATURE}


MATURE_DAYS = 21
"""From this interval on a card is mature."""

LEVELS = 20
"""So many steps the recall foretold is told apart in."""

LONGEST_MS = 60_000
"""An answer that took longer counts as one of this, as in Anki: one was away."""


class Answers(NamedTuple):
    """Answers by study day, kind and rating, and the time they took, in columns."""

    day: Sequence[date] = ()
    deck: Sequence[str] = ()
    kind: Sequence[AnswerKind] = ()
    rating: Sequence[Rating] = ()
    given: Sequence[int] = ()
    took_ms: Sequence[int] = ()


class Asked(NamedTuple):
    """Answers that schedule by study day and hour of the learner's clock, in columns.

    `is_first` tells those of cards that were known, the first ones of their day: they
    alone make up true retention. `language` is that of the sitting, where it is noted.
    """

    day: Sequence[date] = ()
    deck: Sequence[str] = ()
    hour: Sequence[int] = ()
    kind: Sequence[AnswerKind] = ()
    is_first: Sequence[bool] = ()
    language: Sequence[str] = ()
    passed: Sequence[int] = ()
    failed: Sequence[int] = ()


class DayNotes(NamedTuple):
    """What else was so on a study day.

    `introduced` counts cards answered for the first time, `hinted` answers after a
    hint, `overruled` verdicts overruled; `hinted_passed` and `hinted_failed` count,
    among the first answers of cards that were known, those of cards that had needed a
    hint on the study day they were asked before.
    """

    day: date
    deck: str
    introduced: int
    hinted: int
    overruled: int
    hinted_passed: int
    hinted_failed: int


class Foretold(NamedTuple):
    """First answers of known cards, alike in what was known of them before.

    `bin` is that of the srs-benchmark: by days since the answer before, answers and
    lapses. `level` is the recall foretold in twentieths, rounded down. `chance` sums
    the recall foretold up, `loss` the log loss.
    """

    deck: str
    bin: tuple[int, int, int]
    level: int
    passed: int
    failed: int
    chance: float
    loss: float


class Held(NamedTuple):
    """How many cards of a deck were known at the end of a study day, by chance.

    It is the sum of their retrievability. There is such a row a deck and week.
    """

    day: date
    deck: str
    cards: float


Columns = TypeVar("Columns", Answers, Asked)
"""What happened on days."""


class Daily(NamedTuple):
    """The log by day. Rows stand in no order, and there is one at most of a key."""

    answers: Answers = Answers()
    asked: Asked = Asked()
    notes: tuple[DayNotes, ...] = ()
    foretold: tuple[Foretold, ...] = ()
    held: tuple[Held, ...] = ()

    def within(self, first: date, last: date) -> "Daily":
        """Return it from one study day to another; what is foretold has no days."""
        return self._replace(
            answers=_within(self.answers, first, last),
            asked=_within(self.asked, first, last),
            notes=tuple(one for one in self.notes if first <= one.day <= last),
            held=tuple(one for one in self.held if first <= one.day <= last),
        )

    def of(self, decks: Collection[str]) -> "Daily":
        """Return what it says of some decks."""
        return Daily(
            answers=_where(self.answers, self.answers.deck, decks),
            asked=_where(self.asked, self.asked.deck, decks),
            notes=tuple(one for one in self.notes if one.deck in decks),
            foretold=tuple(one for one in self.foretold if one.deck in decks),
            held=tuple(one for one in self.held if one.deck in decks),
        )


def _within(columns: Columns, first: date, last: date) -> Columns:
    days = set(columns.day)
    chosen = {day for day in days if first <= day <= last}
    if len(chosen) == len(days):
        return columns
    return _where(columns, columns.day, chosen)


def _where(columns: Columns, among: Sequence[Any], wanted: Collection[Any]) -> Columns:
    """Return the rows in which the value of one of the columns is wanted."""
    every: Iterable[Any] = columns
    chosen = [one in wanted for one in among]
    return type(columns)(*(tuple(compress(one, chosen)) for one in every))
