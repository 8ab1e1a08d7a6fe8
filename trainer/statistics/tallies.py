"""What the answers to each card came to: how often it failed, and on what."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from trainer.cards.card import CardId
from trainer.grading.verdict import Outcome
from trainer.scheduling.review import NOTES, OVERRULED, Rating, Review, log_order
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day

Remark = tuple[str, str]
"""The code and the subject of something that was noticed of an answer."""

SAYING_NOTHING = frozenset({"differs", "empty", "incomplete", "chose", "order"})
"""What is noticed of an answer without saying what is wrong with it."""


@dataclass(frozen=True, slots=True)
class CardTally:
    """The answers to a card, without the first of all, when it could not be known.

    `failed` counts those rated again, `overruled` the verdicts that the learner did not
    agree with. `noted` counts in how many answers that were not right something was
    noticed.
    """

    card: CardId
    asked: int
    failed: int
    overruled: int
    noted: Mapping[Remark, int]


def tally_cards(
    reviews: Iterable[Review], first: date, settings: Settings
) -> list[CardTally]:
    """Count the answers that schedule, from a study day on; `reviews` are all."""
    by_card: dict[CardId, list[Review]] = {}
    for review in sorted(reviews, key=log_order):
        if review.mode.schedules:
            by_card.setdefault(review.card, []).append(review)
    return [
        _tally(card, [one for one in own[1:] if _is_since(one, first, settings)])
        for card, own in by_card.items()
    ]


def _is_since(review: Review, first: date, settings: Settings) -> bool:
    return study_day(review.at, settings.rollover) >= first


def _tally(card: CardId, given: list[Review]) -> CardTally:
    noted: Counter[Any] = Counter()
    for review in given:
        noted.update(_remarks(review))
    return CardTally(
        card=card,
        asked=len(given),
        failed=sum(one.rating is Rating.AGAIN for one in given),
        overruled=sum(bool(one.note(OVERRULED)) for one in given),
        noted=dict(noted),
    )


def _remarks(review: Review) -> set[Remark]:
    """Return what was wrong with an answer, unless the learner did not agree."""
    if review.outcome is Outcome.CORRECT or review.note(OVERRULED):
        return set()
    left_out = NOTES | SAYING_NOTHING
    findings = [one for one in review.findings if one.code not in left_out]
    return {(one.code, one.subject) for one in findings if one.subject}
