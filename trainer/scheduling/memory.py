"""What a learner remembers: FSRS states, by replaying the log.

The one importer of `fsrs`. Its randomness stays off. It counts time in periods of
24 hours, while FSRS was fitted to study days: it is given whole study days only,
so a review at nine and one at half past eight the next morning are a day apart.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from trainer.cards.card import CardId
from trainer.scheduling.review import Rating, Review, log_order
from trainer.scheduling.settings import Settings
from trainer.scheduling.spreading import spread
from trainer.scheduling.studyday import study_day


class State(StrEnum):
    """Where a card stands; a new card has no memory at all."""

    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one card.

    `stability` is in days, `difficulty` from 1 to 10. A card is due on the study
    day `due_day`; within a learning step it is due at the instant `due_at`.
    `lapses` counts how often a known card was forgotten.
    """

    state: State
    step: int | None
    stability: float
    difficulty: float
    due_day: date
    due_at: datetime | None
    first_day: date
    last: datetime
    reps: int
    lapses: int

    @property
    def is_learning(self) -> bool:
        """Whether it is in a learning or relearning step."""
        return self.state is not State.REVIEW


def advance(
    memory: Memory | None,
    rating: Rating,
    at: datetime,
    settings: Settings,
    card: CardId,
) -> Memory:
    """Return the memory after an answer.

    The card's deck decides how likely recall is to be when it is due, and the card
    itself how its interval is spread, which leaves stability and difficulty alone.

    Time never goes back: where a clock was set back, the answer counts as given at
    the one before, so that replaying the log leads to the same memory.
    """
    at = max(at, memory.last) if memory else at
    today = study_day(at, settings.rollover)
    last_day = study_day(memory.last, settings.rollover) if memory else None
    scheduler = _scheduler(settings, settings.retention_of(card))
    after = _fsrs_step(scheduler, memory, last_day, rating, today)
    state, reps = State(after.state.name.lower()), memory.reps if memory else 0
    interval: timedelta = after.due - _midnight(today)
    if settings.spread and state is State.REVIEW:
        days = spread(interval.days, settings.maximum_interval, card, reps)
        interval = timedelta(days=days)
    within_day = state is not State.REVIEW and interval < timedelta(days=1)
    due_at = at + interval if within_day else None
    due_day = study_day(due_at, settings.rollover) if due_at else today + interval
    forgot = rating is Rating.AGAIN and memory and memory.state is State.REVIEW
    return Memory(
        state=state,
        step=after.step,
        stability=after.stability,
        difficulty=after.difficulty,
        due_day=due_day,
        due_at=due_at,
        first_day=memory.first_day if memory else today,
        last=at,
        reps=reps + 1,
        lapses=(memory.lapses if memory else 0) + bool(forgot),
    )


def advance_all(
    memory: Memory | None, at: datetime, settings: Settings, card: CardId
) -> Mapping[Rating, Memory]:
    """Return the memory after each possible rating."""
    return {rating: advance(memory, rating, at, settings, card) for rating in Rating}


def after_review(memory: Memory | None, review: Review, settings: Settings) -> Memory:
    """Return the memory after a review of the log."""
    return advance(memory, review.rating, review.at, settings, review.card)


def replay(reviews: Iterable[Review], settings: Settings) -> Memory | None:
    """Return the memory that the reviews of one card lead to, in any order given.

    Those of a mode that leaves the schedule alone lead to nothing.
    """
    memory = None
    for review in sorted(reviews, key=log_order):
        if review.mode.schedules:
            memory = after_review(memory, review, settings)
    return memory


def replay_each(
    reviews: Iterable[Review], settings: Settings
) -> Iterator[tuple[Review, Memory | None]]:
    """Yield the reviews of one card, given in order, with the memory before each."""
    memory = None
    for review in reviews:
        yield review, memory
        memory = after_review(memory, review, settings)


def retrievability(memory: Memory, today: date, settings: Settings) -> float:
    """Return the probability of recall on a study day (the curve of FSRS-6)."""
    elapsed = max(0, (today - study_day(memory.last, settings.rollover)).days)
    decay = -settings.parameters[20]
    factor = 0.9 ** (1 / decay) - 1
    return float((1 + factor * elapsed / memory.stability) ** decay)


def are_possible(parameters: tuple[float, ...]) -> bool:
    """Whether FSRS can work with parameters, such as those of a file handed over."""
    import fsrs  # noqa: PLC0415 - as below

    try:
        fsrs.Scheduler(parameters=parameters)
    except ValueError:
        return False
    return True


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _fsrs_step(
    scheduler: Any,  # noqa: ANN401 - fsrs is imported only when a card is rated
    memory: Memory | None,
    last_day: date | None,
    rating: Rating,
    today: date,
) -> Any:  # noqa: ANN401 - as above
    import fsrs  # noqa: PLC0415 - costs three interpreter starts; the first question does not need it

    card = fsrs.Card(card_id=1, due=_midnight(today))
    if memory and last_day:
        card.state = fsrs.State[memory.state.name.capitalize()]
        card.step = memory.step
        card.stability, card.difficulty = memory.stability, memory.difficulty
        card.last_review = _midnight(last_day)
    after, _ = scheduler.review_card(card, fsrs.Rating(rating), _midnight(today))
    return after


@cache
def _scheduler(settings: Settings, desired_retention: float) -> Any:  # noqa: ANN401 - as above
    import fsrs  # noqa: PLC0415 - as above

    return fsrs.Scheduler(
        parameters=settings.parameters,
        desired_retention=desired_retention,
        learning_steps=settings.learning_steps,
        relearning_steps=settings.relearning_steps,
        maximum_interval=settings.maximum_interval,
        enable_fuzzing=False,
    )
