"""How a learner answers: shares of ratings, and how long answers take."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from trainer.scheduling.marks import Life
from trainer.scheduling.review import Rating, Review
from trainer.scheduling.settings import Settings
from trainer.scheduling.simulation import Habits
from trainer.scheduling.studyday import study_day

FEWEST = 30
"""From so many answers on, a figure is the learner's own."""

LONGEST_SECONDS = 60.0
"""An answer that took longer counts as one of this: the learner was away."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The habits, and by name the figures that are not the learner's own.

    Those are of an average learner, for want of answers.
    """

    habits: Habits
    borrowed: tuple[str, ...]


def measure_habits(lives: Iterable[Life], settings: Settings) -> Measured:
    """Measure habits by the lives of cards, in any order.

    The first answer of a card in a life is that of a new card, unless it started with a
    known strength; further ones on the same study day are steps.
    """
    kinds: dict[str, list[Review]] = {}
    for life in lives:
        for kind, review in _kinds(life, settings):
            kinds.setdefault(kind, []).append(review)
    figures = dict(_figures(kinds))
    habits = Habits(**{name: value for name, value in figures.items() if value})
    return Measured(habits, tuple(name for name, value in figures.items() if not value))


def _kinds(life: Life, settings: Settings) -> Iterator[tuple[str, Review]]:
    last = study_day(life.start.at, settings.rollover) if life.start else None
    for review in life.reviews:
        day = study_day(review.at, settings.rollover)
        if last is None:
            yield "first", review
        elif day <= last:
            yield "step", review
        else:
            known = review.rating is not Rating.AGAIN
            yield "recalled" if known else "forgotten", review
        last = max(day, last or day)


def _figures(kinds: dict[str, list[Review]]) -> Iterator[tuple[str, Any]]:
    """Yield the fields of `Habits` by name, or nothing where there are too few."""
    for kind, ratings in (("first", list(Rating)), ("recalled", list(Rating)[1:])):
        given = [review.rating for review in kinds.get(kind, ())]
        shares = tuple(given.count(one) / max(1, len(given)) for one in ratings)
        yield kind, shares if len(given) >= FEWEST else None
    for kind in ("first", "recalled", "forgotten", "step"):
        times = [review.took_ms / 1000 for review in kinds.get(kind, ())]
        counted = [min(one, LONGEST_SECONDS) for one in times if one > 0]
        mean = sum(counted) / max(1, len(counted))
        yield f"{kind}_seconds", mean if len(counted) >= FEWEST else None
