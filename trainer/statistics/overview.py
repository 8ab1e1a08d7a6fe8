"""The first look at the log: today, card states, true retention, what is to come."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trainer.cards.card import CardId
from trainer.scheduling.leeches import is_leech
from trainer.scheduling.marks import ORDINARY, Mark, all_lives, standings_of
from trainer.scheduling.memory import Memory, State, replay_each
from trainer.scheduling.review import Rating, Review
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day

SPANS = {"today": 1, "week": 7, "month": 30, "year": 365, "all": None}
"""The spans of true retention, in study days that end today."""


@dataclass(frozen=True, slots=True)
class States:
    """How many cards stand where; a suspended one counts as nothing else."""

    total: int
    new: int
    learning: int
    review: int
    suspended: int


@dataclass(frozen=True, slots=True)
class Retention:
    """How many cards that were due were remembered.

    As in Anki, only the first review of a card in a study day counts, and only if
    its interval had been a day or more.
    """

    passed: int
    failed: int

    @property
    def rate(self) -> float | None:
        """The share that was remembered; nothing where nothing was due."""
        asked = self.passed + self.failed
        return self.passed / asked if asked else None


@dataclass(frozen=True, slots=True)
class Load:
    """How many cards are due on a study day; today's include what is overdue."""

    day: date
    due: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it. Leeches count among the states, too, suspended or not."""

    states: States
    leeches: int
    reviews_total: int
    reviews_today: int
    took_ms_today: int
    retention: Mapping[str, Retention]
    forecast: tuple[Load, ...]


def overview(
    cards: Iterable[CardId],
    memories: Mapping[CardId, Memory],
    reviews: list[Review],
    marks: list[Mark],
    now: datetime,
    settings: Settings,
) -> Overview:
    """Fold the log. Reviews of cards that no deck has any more count as reviews."""
    present = list(cards)
    standings = standings_of(marks, settings.rollover)
    active = [one for one in present if not standings.get(one, ORDINARY).suspended]
    today = study_day(now, settings.rollover)
    of_today = [one for one in reviews if study_day(one.at, settings.rollover) == today]
    known = [memories[card] for card in active if card in memories]
    return Overview(
        states=card_states(len(present), len(present) - len(active), known),
        leeches=sum(
            is_leech(memories[card], settings) for card in present if card in memories
        ),
        reviews_total=len(reviews),
        reviews_today=len(of_today),
        took_ms_today=sum(one.took_ms for one in of_today),
        retention=true_retention(reviews, marks, today, settings),
        forecast=forecast(known, today, 7),
    )


def card_states(total: int, suspended: int, known: Iterable[Memory]) -> States:
    """Count where cards stand; `known` are answered ones that are not suspended."""
    learning = [memory.is_learning for memory in known]
    return States(
        total=total,
        new=total - suspended - len(learning),
        learning=sum(learning),
        review=len(learning) - sum(learning),
        suspended=suspended,
    )


def true_retention(
    reviews: list[Review], marks: list[Mark], today: date, settings: Settings
) -> dict[str, Retention]:
    """Return the true retention of each of `SPANS`."""
    asked = list(_first_due_of_day(reviews, marks, settings))
    result = {}
    for name, days in SPANS.items():
        since = date.min if days is None else today - timedelta(days=days - 1)
        passed = [ok for day, ok in asked if since <= day <= today]
        result[name] = Retention(sum(passed), len(passed) - sum(passed))
    return result


def _first_due_of_day(
    reviews: list[Review], marks: list[Mark], settings: Settings
) -> Iterator[tuple[date, bool]]:
    """Yield study day and success of each first review of a known card in a day."""
    for life in all_lives(reviews, marks):
        seen: set[date] = set()
        for review, before in replay_each(life, settings):
            day = study_day(review.at, settings.rollover)
            if before and before.state is State.REVIEW and day not in seen:
                yield day, review.rating is not Rating.AGAIN
            seen.add(day)


def forecast(known: Iterable[Memory], today: date, days: int) -> tuple[Load, ...]:
    """Return how many cards are due on each of the coming study days."""
    due = [0] * days
    for memory in known:
        ahead = max(0, (memory.due_day - today).days)
        if ahead < days:
            due[ahead] += 1
    return tuple(
        Load(today + timedelta(days=ahead), count) for ahead, count in enumerate(due)
    )
