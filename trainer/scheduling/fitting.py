"""Fitting FSRS-6 to a learner's log.

The one importer of `fsrs_rs_python`, which is optional: whoever does not fit needs
it not.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import ModuleType
from typing import Any

from trainer.cards.card import CardId
from trainer.language.errors import Exit, TrainerError
from trainer.scheduling.defaults import PARAMETERS
from trainer.scheduling.model import Model
from trainer.scheduling.parameters import Basis
from trainer.scheduling.review import Given, Rating
from trainer.scheduling.score import Asked, Score, bin_of, score
from trainer.scheduling.settings import Settings

FEWEST = 8
"""With fewer usable reviews nothing is fitted."""

FEWEST_FOR_ALL = 64
"""With fewer usable reviews only the initial stabilities are fitted."""

_HELD_OUT = 5
"""One review in so many is held out, the last ones in time."""

_DIGITS = 4

_MANY = 50_000
"""Of more reviews the library is told which share a card.

That is four times as fast, and foretells recall by up to 0.3 % worse in log loss.
"""

_AGAIN = Rating.AGAIN.value


class FittingError(TrainerError):
    """Parameters cannot be fitted here."""

    exit_code = Exit.USAGE


class Extent(StrEnum):
    """How much is fitted; it depends on how many reviews there are."""

    NOTHING = "nothing"
    INITIAL = "initial"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Trial:
    """Parameters fitted to the older reviews, tried on the newest `held_out`.

    `before` is the score of the parameters in force, on the same reviews.
    """

    held_out: int
    since: date
    before: Score
    after: Score

    @property
    def is_better(self) -> bool:
        """Whether the new parameters foretell more."""
        return self.after.log_loss < self.before.log_loss


@dataclass(frozen=True, slots=True)
class Fitting:
    """What was used, how the trial went, and the parameters fitted to all of it.

    Without a trial there were too few reviews.
    """

    answers: int
    basis: Basis | None
    extent: Extent
    trial: Trial | None
    parameters: tuple[float, ...]

    @property
    def is_better(self) -> bool:
        """Whether the parameters are to be kept."""
        return self.trial is not None and self.trial.is_better


class _Answered:
    """A card's number, its last study day, and its answers as the library has them."""

    __slots__ = ("answers", "day", "number")

    def __init__(self, number: int, day: int, answer: object) -> None:
        self.number = number
        self.day = day
        self.answers = [answer]


class _Examples:
    """The usable reviews in the order of time, made in one pass, as there are many.

    For each there is the item that the library fits to, which holds the card's answers
    up to it; the card's number; and study day, how many answers these are, days since
    the one before, and rating.
    """

    def __init__(self, given: Iterable[Given], library: ModuleType) -> None:
        self.items: list[Any] = []
        self.cards: list[int] = []
        self.usable: list[tuple[int, int, int, int]] = []
        self.answered: dict[CardId, _Answered] = {}
        answer, item = cache(library.FSRSReview), library.FSRSItem
        for card, day, rating in given:
            own = self.answered.get(card)
            if own is None:
                first = _Answered(len(self.answered), day, answer(rating, 0))
                self.answered[card] = first
                continue
            elapsed = day - own.day
            own.day = day
            answers = own.answers
            if elapsed <= 0:  # a learner may travel west
                answers.append(answer(rating, 0))
                continue
            answers.append(answer(rating, elapsed))
            self.items.append(item(answers))
            self.cards.append(own.number)
            self.usable.append((day, len(answers), elapsed, rating))

    def __len__(self) -> int:
        return len(self.items)

    def day(self, index: int) -> date:
        """Return the study day of an example."""
        return date.fromordinal(self.usable[index][0])

    def asked(self, first: int) -> list[Asked]:
        """Return what the examples from one on are to be scored by."""
        found: list[Asked] = []
        alike = cache(bin_of)
        later, failed = [1] * len(self.answered), [0] * len(self.answered)
        for index, card in enumerate(self.cards):
            _, _, elapsed, rating = self.usable[index]
            later[card] += 1
            if index >= first:
                where = alike(elapsed, later[card], failed[card])
                found.append((where, rating > _AGAIN))
            failed[card] += rating == _AGAIN
        return found

    def known_before(self, first: int) -> list[list[Any]]:
        """Return the answers that came before the examples from one on."""
        answers = [own.answers for own in self.answered.values()]
        cards, usable = self.cards[first:], self.usable[first:]
        return [
            answers[card][: count - 1]
            for card, (_, count, _, _) in zip(cards, usable, strict=True)
        ]


def fit(given: Iterable[Given], settings: Settings) -> Fitting:
    """Fit parameters to answers in the order of the log.

    They are those that schedule, each card's since it was last reset.
    A review is usable if it came a day or more after the one before. The newest fifth
    of them is held out: parameters fitted to the rest are compared there with those of
    `settings`, by log loss. What is returned is fitted to all. Raises FittingError
    where the library is missing. The same log gives the same parameters everywhere.
    """
    library = _library()
    examples = _Examples(given, library)
    answers = sum(len(own.answers) for own in examples.answered.values())
    basis = _basis(examples)
    if len(examples) < FEWEST:
        return Fitting(answers, basis, Extent.NOTHING, None, PARAMETERS)
    engine = _Engine(library, examples, settings)
    extent = Extent.ALL if len(examples) >= FEWEST_FOR_ALL else Extent.INITIAL
    with ThreadPoolExecutor(1) as aside:  # the library lets others work meanwhile
        whole = aside.submit(engine.fitted, len(examples))
        trial = _trial(engine, examples, settings)
        return Fitting(answers, basis, extent, trial, whole.result())


class _Engine:
    """The library, given all examples in the order of time."""

    def __init__(
        self, library: ModuleType, examples: _Examples, settings: Settings
    ) -> None:
        self._library = library
        self._examples = examples
        self._relearning_steps = len(settings.relearning_steps)

    def fitted(self, count: int) -> tuple[float, ...]:
        """Return parameters fitted to the first `count` examples."""
        cards = self._examples.cards[:count] if count > _MANY else None
        found = self._library.FSRS(PARAMETERS).compute_parameters(
            self._examples.items[:count],
            card_ids=cards,
            num_relearning_steps=self._relearning_steps,
        )
        return tuple(round(one, _DIGITS) for one in found)

    def scores(self, tried: Sequence[tuple[float, ...]], first: int) -> list[Score]:
        """Return how well each of some parameters foretells the examples from one on.

        The library's own score counts newer reviews for more.
        """
        asked = self._examples.asked(first)
        known = list(map(self._library.FSRSItem, self._examples.known_before(first)))
        elapsed = [days for _, _, days, _ in self._examples.usable[first:]]
        found = []
        for parameters in tried:
            states = self._library.FSRS(parameters).memory_state_batch(known)
            stabilities = (state.stability for state in states)
            chances = map(Model(parameters).recall, stabilities, elapsed)
            found.append(score(zip(asked, chances, strict=True)))
        return found


def _library() -> ModuleType:
    try:
        import fsrs_rs_python  # noqa: PLC0415 - optional
    except ImportError as error:
        raise FittingError("no-optimizer") from error
    return fsrs_rs_python


def _trial(engine: _Engine, examples: _Examples, settings: Settings) -> Trial:
    held_out = -(-len(examples) // _HELD_OUT)
    first = len(examples) - held_out
    tried = [settings.parameters, engine.fitted(first)]
    return Trial(held_out, examples.day(first), *engine.scores(tried, first))


def _basis(examples: _Examples) -> Basis | None:
    if not examples.usable:
        return None
    days = examples.day(0), examples.day(-1)
    return Basis(len(examples), len(set(examples.cards)), *days)
