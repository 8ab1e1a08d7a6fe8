"""What the answers to each card came to: how often it failed, and on what."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from trainer.cards.card import CardId
from trainer.grading.verdict import Outcome
from trainer.scheduling.review import (
    OVERRULED,
    Noted,
    Rating,
    Review,
    log_order,
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


@dataclass(frozen=True, slots=True)
class Answered:
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
    """Count the answers from a study day on; `reviews` are all since then, or more.

    `earlier` are the cards that had been answered before those.
    Those of a mode that leaves the schedule alone do not count.
    """
    by_card: dict[CardId, list[Answered]] = {}
    seen = set(earlier)
    for review in sorted(reviews, key=log_order):
        if review.mode.schedules and review.card in seen:
            by_card.setdefault(review.card, []).append(_answered(review))
        seen.add(review.card)
    for one in quizzed:
        if one.is_reached:
            by_card.setdefault(one.card, []).append(one)
    return [
        _tally(card, recent)
        for card, own in by_card.items()
        if (recent := [one for one in own if _day(one, settings) >= first])
    ]


def _answered(review: Review) -> Answered:
    is_right = review.outcome is Outcome.CORRECT
    failed = review.rating is Rating.AGAIN
    return Answered(review.card, review.at, failed, is_right, review.findings)


def _day(one: Answered, settings: Settings) -> date:
    return study_day(one.at, settings.rollover)


def _tally(card: CardId, given: list[Answered]) -> CardTally:
    noted: Counter[Any] = Counter()
    for one in given:
        noted.update(_remarks(one))
    return CardTally(
        card=card,
        asked=len(given),
        failed=sum(one.failed for one in given),
        overruled=sum(one.is_overruled for one in given),
        noted=dict(noted),
    )


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
