"""The log: reviews, and retractions that take them back."""

from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple, Protocol

from trainer.cards.card import CardId
from trainer.grading.verdict import Outcome


class Rating(IntEnum):
    """How well the learner knew it, with the numbers of the keys."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Mode(StrEnum):
    """What kind of sitting a review belongs to."""

    REVIEW = "review"
    CRAM = "cram"  # outside of the schedule

    @property
    def schedules(self) -> bool:
        """Whether its reviews decide when a card comes back."""
        return self is Mode.REVIEW


class Stamp(NamedTuple):
    """A place in a device's log: the device, and the next number there."""

    device: str
    seq: int


class Stamped(Protocol):
    """A row of the log, of any kind."""

    @property
    def at(self) -> datetime:
        """The instant, with the zone offset of the moment."""
        ...

    @property
    def stamp(self) -> Stamp:
        """The place in a device's log."""
        ...


def log_order(row: Stamped) -> tuple[datetime, str, int]:
    """Return what the log is ordered by, the same on every device."""
    return row.at, row.stamp.device, row.stamp.seq


class Noted(NamedTuple):
    """What was noticed of an answer, as far as it is kept: no words, which may change.

    `spans` are pairs of positions in the response.
    """

    code: str
    subject: str
    spans: tuple[tuple[int, int], ...]


HINTED = "hinted"
"""The code of hints that were looked at; the subject counts them."""
OVERRULED = "overruled"
"""The code of a verdict that the learner overruled; the subject is the outcome."""
LANGUAGE = "language"
"""The code of the language of a sitting; the subject is its code."""
_NOTES = frozenset({HINTED, OVERRULED, LANGUAGE})


def remarks(findings: Iterable[Noted]) -> list[Noted]:
    """Return what was noticed of an answer itself, without how it came about."""
    return [one for one in findings if one.code not in _NOTES]


class Review(NamedTuple):
    """One answer: the only stored fact.

    `at` is aware and keeps the zone offset of the moment; `took_ms` is the time
    from question to answer in milliseconds; `response` is what was typed, and
    `findings` is what grading noticed in it.
    """

    id: str
    stamp: Stamp
    at: datetime
    card: CardId
    rating: Rating
    outcome: Outcome
    response: str
    took_ms: int
    mode: Mode
    findings: tuple[Noted, ...] = ()

    def note(self, code: str) -> str:
        """Return the subject of what was noticed under a code, or an empty text."""
        return next((one.subject for one in self.findings if one.code == code), "")


Given = tuple[CardId, int, int]
"""What fitting needs of an answer: card, study day as an ordinal, rating."""


class Retraction(NamedTuple):
    """Takes a review back. Both stay in the log."""

    id: str
    stamp: Stamp
    at: datetime
    review: str


def suggested_rating(
    outcome: Outcome, *, overruled: bool = False, hinted: bool = False
) -> Rating:
    """Return the rating that an outcome suggests; alone, learners mostly knew it.

    A verdict that was overruled counts as its opposite. After a hint nothing better
    than hard is suggested.
    """
    rating = _SUGGESTED.get(outcome, Rating.GOOD)
    if overruled:
        rating = Rating.AGAIN if outcome is Outcome.CORRECT else Rating.GOOD
    return min(rating, Rating.HARD) if hinted else rating


_SUGGESTED = {Outcome.WRONG: Rating.AGAIN, Outcome.PARTIAL: Rating.HARD}
