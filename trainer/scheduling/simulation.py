"""Looking ahead: what a target of retention, or a pace of new cards, leads to.

What is assumed:

- Every day is studied, and all that is due as far as the limit of reviews lets it
  through, what is most at risk first; so many new cards come each day while there
  are any.
- A card is recalled as often as FSRS foretells. Whether it is this time follows from
  the card's id and the number of the answer: nothing is random, the same question gets
  the same answer, and two targets differ only by what follows from them.
- Cards that are recalled, and new ones, get ratings in the shares of the learner's
  habits. Steps are gone through on the day they begin, and answered good.
- Nothing else happens: intervals are not spread, siblings do not wait for each other,
  no card is set aside.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import accumulate
from typing import NamedTuple

from trainer.cards.card import CardId
from trainer.scheduling.memory import Memory, steps_left
from trainer.scheduling.model import Model, Strength
from trainer.scheduling.review import Rating
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day


@dataclass(frozen=True, slots=True)
class Habits:
    """How a learner answers: shares of ratings, and seconds that answers take.

    `first` has the shares of again, hard, good and easy for new cards, `recalled`
    those of hard, good and easy for cards that were recalled.
    """

    first: tuple[float, float, float, float] = (0.24, 0.09, 0.50, 0.17)
    recalled: tuple[float, float, float] = (0.22, 0.63, 0.15)
    first_seconds: float = 18.0
    recalled_seconds: float = 8.0
    forgotten_seconds: float = 20.0
    step_seconds: float = 8.0


@dataclass(frozen=True, slots=True)
class Day:
    """One day: reviews of cards that were due, new cards, and the time for all.

    `waiting` reviews were due beyond the limit.
    """

    reviews: int
    new: int
    seconds: float
    waiting: int


@dataclass(frozen=True, slots=True)
class Course:
    """How it went, day by day.

    `known` is how many cards would be recalled on the day after; `unseen` are still
    new.
    """

    days: tuple[Day, ...]
    known: float
    unseen: int

    @property
    def reviews_a_day(self) -> float:
        """Reviews on an average day."""
        return sum(day.reviews for day in self.days) / len(self.days)

    @property
    def minutes_a_day(self) -> float:
        """Minutes on an average day."""
        return sum(day.seconds for day in self.days) / 60 / len(self.days)

    @property
    def busiest(self) -> int:
        """The first of the days that take longest, by its number from 0."""
        return max(range(len(self.days)), key=lambda one: self.days[one].seconds)

    @property
    def learned_after(self) -> int | None:
        """After how many days no card is new; nothing if some still are."""
        if self.unseen:
            return None
        return max((n for n, day in enumerate(self.days, 1) if day.new), default=0)


class _Known(NamedTuple):
    """A card that was answered; `steps` are still to be gone through."""

    strength: Strength
    last: int
    answers: int
    steps: int


def simulate(
    memories: Mapping[CardId, Memory],
    new: Sequence[CardId],
    today: date,
    days: int,
    habits: Habits,
    settings: Settings,
) -> Course:
    """Study so many days from `today` on; `new` cards come in the order given."""
    known, due = _beginning(memories, today, settings)
    step = _Step(Model(settings.parameters), habits, settings)
    unseen, waiting, course = list(reversed(new)), [], []
    for day in range(days):
        waiting += due.pop(day, [])
        asked, waiting = step.most_at_risk(waiting, known, day)
        new_cards = step.new_cards(len(unseen), asked, known)
        fresh = [unseen.pop() for _ in range(new_cards)]
        reviews, seconds = 0, 0.0
        for card in [*asked, *fresh]:
            before = known.get(card)
            reviews += before is not None and not before.steps
            known[card], interval, took = step.answered(card, before, day)
            due.setdefault(day + interval, []).append(card)
            seconds += took
        course.append(Day(reviews, len(fresh), seconds, len(waiting)))
    recall = Model(settings.parameters).recall
    held = sum(recall(one.strength[0], days - one.last) for one in known.values())
    return Course(tuple(course), held, len(unseen))


Calendar = dict[int, list[CardId]]
"""Which cards are due on a day, by its number from 0."""


def _beginning(
    memories: Mapping[CardId, Memory], today: date, settings: Settings
) -> tuple[dict[CardId, _Known], Calendar]:
    known, due = {}, Calendar()
    for card, memory in sorted(memories.items()):
        last = (study_day(memory.last, settings.rollover) - today).days
        strength = memory.stability, memory.difficulty
        known[card] = _Known(strength, last, memory.reps, steps_left(memory, settings))
        due.setdefault(max(0, (memory.due_day - today).days), []).append(card)
    return known, due


@dataclass(frozen=True, slots=True)
class _Step:
    """What one day brings, by the learner's memory, habits and settings."""

    model: Model
    habits: Habits
    settings: Settings

    def most_at_risk(
        self, due: list[CardId], known: Mapping[CardId, _Known], day: int
    ) -> tuple[list[CardId], list[CardId]]:
        """Split cards that are due into those asked today and those that wait."""
        limit = self.settings.reviews_per_day
        if len(due) <= limit:
            return due, []
        steps = [card for card in due if known[card].steps]
        reviews = [card for card in due if not known[card].steps]

        def risk(card: CardId) -> tuple[float, CardId]:
            one = known[card]
            return self.model.recall(one.strength[0], day - one.last), card

        reviews.sort(key=risk)
        return steps + reviews[:limit], reviews[limit:]

    def new_cards(
        self, unseen: int, asked: list[CardId], known: Mapping[CardId, _Known]
    ) -> int:
        """Return how many new cards a day brings beside what is asked."""
        new = min(self.settings.new_per_day, unseen)
        if not self.settings.new_under_cap:
            return new
        reviews = sum(not known[card].steps for card in asked)
        return max(0, min(new, self.settings.reviews_per_day - reviews))

    def answered(
        self, card: CardId, before: _Known | None, day: int
    ) -> tuple[_Known, int, float]:
        """Return what is known after a day's answers to a card.

        Beside it stand the days until it comes back and the seconds it took.
        """
        if before is None:
            strength, steps, seconds = self._introduced(card)
        elif before.steps:
            strength, steps, seconds = self._resumed(before, day)
        else:
            strength, steps, seconds = self._reviewed(card, before, day)
        for _ in range(steps):
            strength = self.model.after(*strength, 0, Rating.GOOD)
        seconds += steps * self.habits.step_seconds
        retention = self.settings.retention_of(card)
        longest = self.settings.maximum_interval
        interval = self.model.interval(strength[0], retention, longest)
        answers = before.answers + 1 if before else 1
        return _Known(strength, day, answers, 0), interval, seconds

    def _introduced(self, card: CardId) -> tuple[Strength, int, float]:
        _, luck = luck_of(card, 0)
        rating = _rated(self.habits.first, luck, Rating)
        steps = len(self.settings.learning_steps)
        left = {Rating.GOOD: max(0, steps - 1), Rating.EASY: 0}.get(rating, steps)
        return self.model.first(rating), left, self.habits.first_seconds

    def _resumed(self, before: _Known, day: int) -> tuple[Strength, int, float]:
        elapsed = day - before.last
        if elapsed <= 0:
            return before.strength, before.steps, 0.0
        strength = self.model.after(*before.strength, elapsed, Rating.GOOD)
        return strength, before.steps - 1, self.habits.step_seconds

    def _reviewed(
        self, card: CardId, before: _Known, day: int
    ) -> tuple[Strength, int, float]:
        elapsed = day - before.last
        chance, luck = luck_of(card, before.answers)
        if chance < self.model.recall(before.strength[0], elapsed):
            rating = _rated(self.habits.recalled, luck, list(Rating)[1:])
            strength = self.model.after(*before.strength, elapsed, rating)
            return strength, 0, self.habits.recalled_seconds
        strength = self.model.after(*before.strength, elapsed, Rating.AGAIN)
        steps = len(self.settings.relearning_steps)
        return strength, steps, self.habits.forgotten_seconds


def _rated(shares: Sequence[float], luck: float, ratings: Iterable[Rating]) -> Rating:
    """Return the rating on whose share of all luck falls."""
    *ordered, last = ratings
    bounds = zip(accumulate(shares), ordered, strict=False)
    return next((rating for bound, rating in bounds if luck < bound), last)


def luck_of(card: CardId, answers: int) -> tuple[float, float]:
    """Return two numbers between 0 and 1 that follow from a card and its answers."""
    digest = sha256(f"{card} {answers}".encode()).digest()
    first, second = digest[:4], digest[4:8]
    return int.from_bytes(first) / 2**32, int.from_bytes(second) / 2**32
