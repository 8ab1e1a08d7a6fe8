"""What the answers to each card came to: how often it failed, and on what."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import NamedTuple

from trainer.cards.card import CardId
from trainer.grading.verdict import Outcome
from trainer.scheduling.review import (
    OVERRULED,
    Noted,
    Rating,
    Review,
    remarks,
)
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day

Remark = tuple[str, str]
"""The code and the subject of something that was noticed of an answer."""

SAYING_NOTHING = frozenset(
    {
        *("answer", "chose", "differs", "due", "empty", "incomplete"),
        *("misplaced-step", "order", "refused"),
    }
)
"""What is noticed of an answer without saying what is wrong with it."""

OF_THE_WHOLE = frozenset(
    {
        *("wrong-command", "other-program", "missing-program", "program-typo"),
        *("unknown-command", "removed-command", "command-typo", "no-command"),
        *("inspecting", "group"),
    }
)
"""What makes all else that is noticed of an answer a consequence of it."""


class Answered(NamedTuple):
    """An answer to a card, in a review or a quiz.

    One that `is_reached` was asked at all; `is_right` is what grading said.
    """

    card: CardId
    at: datetime
    failed: bool
    is_right: bool
    findings: tuple[Noted, ...]
    is_reached: bool = True

    @property
    def is_overruled(self) -> bool:
        """Whether the learner did not agree with the verdict."""
        return any(one.code == OVERRULED for one in self.findings)


@dataclass(frozen=True, slots=True)
class CardTally:
    """The answers to a card, without the first review of all: it could not be known.

    `failed` counts those rated again, or missed in a quiz; `overruled` the verdicts
    that the learner did not agree with. `noted` counts in how many answers that were
    not right something was noticed.
    """

    card: CardId
    asked: int
    failed: int
    overruled: int
    noted: Mapping[Remark, int]


def tally_cards(
    reviews: Iterable[Review],
    quizzed: Iterable[Answered],
    first: date,
    settings: Settings,
    earlier: Collection[CardId] = (),
) -> list[CardTally]:
    """Count the answers from a study day on.

    `reviews` are all since then, or more, in the order of the log; `earlier` are the
    cards that had been answered before those. Those of a mode that leaves the schedule
    alone do not count.
    """
    counts: dict[CardId, _Count] = {}
    for one in chain(_known(reviews, set(earlier)), quizzed):
        if one.is_reached:
            count = counts.setdefault(one.card, _Count())
            if study_day(one.at, settings.rollover) >= first:
                count.add(one)
    return [
        CardTally(card, one.asked, one.failed, one.overruled, one.noted)
        for card, one in counts.items()
        if one.asked
    ]


def _known(reviews: Iterable[Review], seen: set[CardId]) -> Iterator[Answered]:
    """Yield the answers that schedule to cards which had been seen."""
    for review in reviews:
        if review.card not in seen:
            seen.add(review.card)
        elif review.mode.schedules:
            yield _answered(review)


class _Count:
    """What the answers to a card come to, as they are gone through."""

    __slots__ = ("asked", "failed", "noted", "overruled")

    def __init__(self) -> None:
        self.asked = self.failed = self.overruled = 0
        self.noted: dict[Remark, int] = {}

    def add(self, one: Answered) -> None:
        self.asked += 1
        self.failed += one.failed
        if one.findings:
            self.overruled += one.is_overruled
            for remark in _remarks(one):
                self.noted[remark] = self.noted.get(remark, 0) + 1


def _answered(review: Review) -> Answered:
    is_right = review.outcome is Outcome.CORRECT
    failed = review.rating is Rating.AGAIN
    return Answered(review.card, review.at, failed, is_right, review.findings)


def _remarks(one: Answered) -> set[Remark]:
    """Return what was wrong with an answer, unless the learner did not agree."""
    if one.is_right or one.is_overruled:
        return set()
    telling = [
        (note.code, note.subject)
        for note in remarks(one.findings)
        if note.code not in SAYING_NOTHING and note.subject
    ]
    whole = [remark for remark in telling if remark[0] in OF_THE_WHOLE]
    return set(whole[:1] or telling)
