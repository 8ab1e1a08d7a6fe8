"""What a learner remembers: FSRS states, by replaying the log.

Time is counted in study days, as FSRS was fitted to them: a review at nine and one at
half past eight the next morning are a day apart. Steps keep their real times.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial

from trainer.cards.card import CardId
from trainer.scheduling.marks import Mark, strength_of
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

_DAY = timedelta(days=1)
_RATINGS = tuple(Rating)


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
    (after,) = _ways_on(memory, (rating,), at, settings, card, loads)
    return after


def _ways_on(
    memory: Memory | None,
    ratings: Iterable[Rating],
    at: datetime,
    settings: Settings,
    card: CardId,
    loads: Loads,
) -> Iterator[Memory]:
    """Yield the memory after each of some ratings of one answer."""
    at = max(at, memory.last) if memory else at
    today = study_day(at, settings.rollover)
    before = (memory.state, memory.step) if memory else BEGINNING
    strength_after = _strengths(memory, today, settings)
    left, reps = (memory.due_day, memory.reps) if memory else (None, 0)
    days_after = _intervals(left, reps, today, settings, card, loads)
    for rating in ratings:
        stability, difficulty = strength_after(rating)
        place, wait = next_place(before, rating, settings)
        if wait is None:
            wait = timedelta(days=days_after(stability))
        within_day = place != KNOWN and wait < _DAY
        due_at = at + wait if within_day else None
        forgot = rating is Rating.AGAIN and before == KNOWN
        yield Memory(
            state=place[0],
            step=place[1],
            stability=stability,
            difficulty=difficulty,
            due_day=study_day(due_at, settings.rollover) if due_at else today + wait,
            due_at=due_at,
            first_day=memory.first_day if memory else today,
            last=at,
            reps=(memory.reps if memory else 0) + 1,
            lapses=(memory.lapses if memory else 0) + forgot,
        )


def starting(start: Mark, settings: Settings, loads: Loads = NOTHING_DUE) -> Memory:
    """Return the memory of a card that goes on from a known strength.

    The day on which it comes back follows from the strength as after an answer. `loads`
    are those of the other cards.
    """
    stability, difficulty = strength_of(start.value)
    today = study_day(start.at, settings.rollover)
    days_after = _intervals(None, START, today, settings, start.card, loads)
    return Memory(
        state=State.REVIEW,
        step=None,
        stability=stability,
        difficulty=difficulty,
        due_day=today + timedelta(days=days_after(stability)),
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


def _strengths(
    memory: Memory | None, today: date, settings: Settings
) -> Callable[[Rating], Strength]:
    """Return what tells the strength after a rating."""
    model = model_of(settings.parameters)
    if memory is None:
        return model.first
    elapsed = (today - study_day(memory.last, settings.rollover)).days
    return partial(model.after, memory.stability, memory.difficulty, elapsed)


def _intervals(
    left: date | None,
    repetition: int,
    today: date,
    settings: Settings,
    card: CardId,
    loads: Loads,
) -> Callable[[float], int]:
    """Return what tells after how many days a card comes back that is known.

    On the day that it has `left`, where there is one, it is no load any more.
    """
    model, placing = model_of(settings.parameters), placing_of(settings)
    retention, longest = settings.retention_of(card), settings.maximum_interval
    costs, day = placing.costs(loads, left), today.toordinal()

    def days_after(stability: float) -> int:
        wanted = model.interval(stability, retention, longest)
        return placing.place(wanted, day, card, repetition, costs)

    return days_after


def advance_all(
    memory: Memory | None,
    at: datetime,
    settings: Settings,
    card: CardId,
    loads: Loads = NOTHING_DUE,
) -> Mapping[Rating, Memory]:
    """Return the memory after each possible rating."""
    found = _ways_on(memory, _RATINGS, at, settings, card, loads)
    return dict(zip(_RATINGS, found, strict=True))


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


def steps_left(memory: Memory, settings: Settings) -> int:
    """Return how many steps a card still has to go, the one it waits in included."""
    if memory.state is State.REVIEW:
        return 0
    is_new = memory.state is State.LEARNING
    steps = settings.learning_steps if is_new else settings.relearning_steps
    return max(1, len(steps) - (memory.step or 0))


def retrievability(memory: Memory, today: date, settings: Settings) -> float:
    """Return the probability of recall on a study day (the curve of FSRS-6)."""
    elapsed = max(0, (today - study_day(memory.last, settings.rollover)).days)
    return model_of(settings.parameters).recall(memory.stability, elapsed)
