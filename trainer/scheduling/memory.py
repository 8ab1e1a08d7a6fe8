"""What a learner remembers: FSRS states, by replaying the log.

Time is counted in study days, as FSRS was fitted to them: a review at nine and one at
half past eight the next morning are a day apart. Steps keep their real times.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from trainer.cards.card import CardId
from trainer.scheduling.marks import Life, Mark, strength_of
from trainer.scheduling.model import Strength, model_of
from trainer.scheduling.placing import NOTHING_DUE, START, Loads, placing_of
from trainer.scheduling.review import Rating, Review, log_order
from trainer.scheduling.settings import Settings
from trainer.scheduling.steps import next_step
from trainer.scheduling.studyday import study_day


class State(StrEnum):
    """Where a card stands; a new card has no memory at all."""

    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


Place = tuple[State, int | None]
"""Where a card stands, and in which step if it is in one."""

BEGINNING: Place = (State.LEARNING, 0)
KNOWN: Place = (State.REVIEW, None)


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one card.

    `stability` is in days, `difficulty` from 1 to 10. A card is due on the study
    day `due_day`; within a learning step it is due at the instant `due_at`.
    `lapses` counts how often a known card was forgotten.

    A card that started with a known strength has no `reps` until it is answered; it was
    new on a day before that on which it was seen last, which one is not known.
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
    loads: Loads = NOTHING_DUE,
) -> Memory:
    """Return the memory after an answer.

    The card's deck decides how likely recall is to be when it is due; the day itself
    depends on what is due on others, this card included, as `loads` say. Stability and
    difficulty do not.

    Time never goes back: where a clock was set back, the answer counts as given at
    the one before, so that replaying the log leads to the same memory.
    """
    at = max(at, memory.last) if memory else at
    today = study_day(at, settings.rollover)
    stability, difficulty = _strength_after(memory, rating, today, settings)
    before = (memory.state, memory.step) if memory else BEGINNING
    place, wait = next_place(before, rating, settings)
    reps = memory.reps if memory else 0
    if wait is None:
        days = _interval(stability, settings, card)
        placing = placing_of(settings)
        costs = placing.costs(loads, memory.due_day if memory else None)
        days = placing.place(days, today.toordinal(), card, reps, costs)
        wait = timedelta(days=days)
    within_day = place != KNOWN and wait < timedelta(days=1)
    due_at = at + wait if within_day else None
    forgot = rating is Rating.AGAIN and before == KNOWN
    return Memory(
        state=place[0],
        step=place[1],
        stability=stability,
        difficulty=difficulty,
        due_day=study_day(due_at, settings.rollover) if due_at else today + wait,
        due_at=due_at,
        first_day=memory.first_day if memory else today,
        last=at,
        reps=reps + 1,
        lapses=(memory.lapses if memory else 0) + forgot,
    )


def starting(start: Mark, settings: Settings, loads: Loads = NOTHING_DUE) -> Memory:
    """Return the memory of a card that goes on from a known strength.

    The day on which it comes back follows from the strength as after an answer. `loads`
    are those of the other cards.
    """
    stability, difficulty = strength_of(start.value)
    today = study_day(start.at, settings.rollover)
    days = _interval(stability, settings, start.card)
    placing = placing_of(settings)
    costs = placing.costs(loads, None)
    days = placing.place(days, today.toordinal(), start.card, START, costs)
    return Memory(
        state=State.REVIEW,
        step=None,
        stability=stability,
        difficulty=difficulty,
        due_day=today + timedelta(days=days),
        due_at=None,
        first_day=today - timedelta(days=1),
        last=start.at,
        reps=0,
        lapses=0,
    )


def next_place(
    place: Place, rating: Rating, settings: Settings
) -> tuple[Place, timedelta | None]:
    """Return where an answer leaves a card, and how long it waits there.

    A card that is known waits for as long as it is remembered, which is not said here.
    """
    state, step = place
    if step is None:
        if rating is Rating.AGAIN and settings.relearning_steps:
            return (State.RELEARNING, 0), settings.relearning_steps[0]
        return KNOWN, None
    is_new = state is State.LEARNING
    steps = settings.learning_steps if is_new else settings.relearning_steps
    found = next_step(step, rating, steps)
    return ((state, found[0]), found[1]) if found else (KNOWN, None)


def _strength_after(
    memory: Memory | None, rating: Rating, today: date, settings: Settings
) -> Strength:
    model = model_of(settings.parameters)
    if memory is None:
        return model.first(rating)
    elapsed = (today - study_day(memory.last, settings.rollover)).days
    return model.after(memory.stability, memory.difficulty, elapsed, rating)


def _interval(stability: float, settings: Settings, card: CardId) -> int:
    """Return after how many days a card comes back that is known."""
    retention, longest = settings.retention_of(card), settings.maximum_interval
    return model_of(settings.parameters).interval(stability, retention, longest)


def advance_all(
    memory: Memory | None,
    at: datetime,
    settings: Settings,
    card: CardId,
    loads: Loads = NOTHING_DUE,
) -> Mapping[Rating, Memory]:
    """Return the memory after each possible rating."""
    return {
        rating: advance(memory, rating, at, settings, card, loads) for rating in Rating
    }


def after_review(
    memory: Memory | None,
    review: Review,
    settings: Settings,
    loads: Loads = NOTHING_DUE,
) -> Memory:
    """Return the memory after a review of the log."""
    return advance(memory, review.rating, review.at, settings, review.card, loads)


def replay(reviews: Iterable[Review], settings: Settings) -> Memory | None:
    """Return the memory that the reviews of one card alone lead to, in any order given.

    Those of a mode that leaves the schedule alone lead to nothing.
    """
    memory = None
    for review in sorted(reviews, key=log_order):
        if review.mode.schedules:
            memory = after_review(memory, review, settings)
    return memory


def replay_each(
    life: Life, settings: Settings
) -> Iterator[tuple[Review, Memory | None]]:
    """Yield the reviews of a life of one card, with the memory before each."""
    memory = starting(life.start, settings) if life.start else None
    for review in life.reviews:
        yield review, memory
        memory = after_review(memory, review, settings)


def retrievability(memory: Memory, today: date, settings: Settings) -> float:
    """Return the probability of recall on a study day (the curve of FSRS-6)."""
    elapsed = max(0, (today - study_day(memory.last, settings.rollover)).days)
    return model_of(settings.parameters).recall(memory.stability, elapsed)
