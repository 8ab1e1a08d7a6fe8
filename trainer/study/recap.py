"""What a sitting came to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from trainer.cards.card import Card, CardId
from trainer.grading.verdict import Finding
from trainer.scheduling.review import Rating
from trainer.scheduling.studyday import study_day
from trainer.study.session import Done, Finished, Session

_HARDEST = 3
_DAYS = 7


@dataclass(frozen=True, slots=True)
class Hard:
    """A card that was hard: how often it was failed, and what was noticed last.

    The card is as it was asked when that was noticed.
    """

    card: Card
    failed: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Recap:
    """A sitting summed up.

    `right` counts the cards whose first answer was a success; `left` those still to
    come in it, the next of them a step at `next_step`; `waiting` what is due, in
    learning or new today in all decks; `tomorrow` what will be due; `studied` says for
    each of the last seven study days, today the last, whether there was an answer.
    """

    cards: int
    answers: int
    right: int
    spent_ms: int
    hardest: tuple[Hard, ...]
    left: int
    next_step: datetime | None
    now: datetime
    waiting: int
    tomorrow: int
    studied: tuple[bool, ...]


def sum_up(
    session: Session,
    now: datetime,
    waiting: int,
    tomorrow: int,
    days: Collection[date],
) -> Recap:
    """Sum a sitting up; `days` are study days with answers, of the last seven."""
    today = study_day(now, session.settings.rollover)
    phase = session.phase
    return Recap(
        cards=len({done.card.id for done in session.done}),
        answers=len(session.done),
        right=right_at_first(session),
        spent_ms=sum(done.review.took_ms for done in session.done),
        hardest=_hardest(session.done),
        left=session.left_today(now),
        next_step=phase.next_step if isinstance(phase, Finished) else None,
        now=now,
        waiting=waiting,
        tomorrow=tomorrow,
        studied=tuple(
            today - timedelta(days=ago) in days for ago in range(_DAYS - 1, -1, -1)
        ),
    )


def right_at_first(session: Session) -> int:
    """Count the cards whose first answer in this session was a success."""
    first: dict[CardId, Rating] = {}
    for one in session.done:
        first.setdefault(one.card.id, one.review.rating)
    return sum(rating is not Rating.AGAIN for rating in first.values())


def _hardest(done: tuple[Done, ...]) -> tuple[Hard, ...]:
    """Return the cards failed most often, or that at least were hard."""
    by_card = sorted(done, key=lambda one: one.card.id)
    each = [list(own) for _, own in groupby(by_card, key=lambda one: one.card.id)]
    hard = [own for own in each if _weight(own) > (0, 0)]
    worst = sorted(hard, key=_weight, reverse=True)[:_HARDEST]
    return tuple(_hard(own) for own in worst)


def _weight(own: list[Done]) -> tuple[int, int]:
    ratings = [one.review.rating for one in own]
    return ratings.count(Rating.AGAIN), ratings.count(Rating.HARD)


def _hard(own: list[Done]) -> Hard:
    telling = [one for one in own if one.verdict.findings] or own
    failed = sum(one.review.rating is Rating.AGAIN for one in own)
    return Hard(telling[-1].card, failed, telling[-1].verdict.findings)
