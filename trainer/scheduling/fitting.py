"""Fitting FSRS-6 to a learner's log.

The one importer of `fsrs_rs_python`, which is optional: whoever does not fit needs
it not.
"""

from collections.abc import Iterable, Sequence
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


class _Examples:
    """The usable reviews in the order of time, and the answers they stand among.

    Each is a study day, a card by its number, how many of the card's answers there are
    up to it, and how many of these came on a later day, and failed then. `answers` are
    ratings, and days since the answer before. Plain tuples and lists, as there are
    many.
    """

    def __init__(self, given: Iterable[Given]) -> None:
        self.answers: list[list[tuple[int, int]]] = []
        self.usable: list[tuple[int, int, int, int, int]] = []
        numbers: dict[CardId, int] = {}
        last: list[int] = []
        later: list[int] = []
        failed: list[int] = []
        for name, day, rating in given:
            card = numbers.setdefault(name, len(last))
            if card == len(last):
                self.answers.append([(rating, 0)])
                last.append(day)
                later.append(0)
                failed.append(0)
                continue
            elapsed = max(0, day - last[card])  # a learner may travel west
            last[card] = day
            own = self.answers[card]
            own.append((rating, elapsed))
            if elapsed:
                later[card] += 1
                failed[card] += rating == _AGAIN
                self.usable.append((day, card, len(own), later[card], failed[card]))

    def __len__(self) -> int:
        return len(self.usable)

    def day(self, index: int) -> date:
        """Return the study day of an example."""
        return date.fromordinal(self.usable[index][0])

    def asked(self, index: int) -> Asked:
        """Return what an example is to be scored by."""
        _, card, count, later, failed = self.usable[index]
        rating, elapsed = self.answers[card][count - 1]
        is_recalled = rating > _AGAIN
        lapses = failed if is_recalled else failed - 1
        return bin_of(elapsed, 1 + later, lapses), is_recalled


def fit(given: Iterable[Given], settings: Settings) -> Fitting:
    """Fit parameters to answers in the order of the log.

    They are those that schedule, each card's since it was last reset.
    A review is usable if it came a day or more after the one before. The newest fifth
    of them is held out: parameters fitted to the rest are compared there with those of
    `settings`, by log loss. What is returned is fitted to all. Raises FittingError
    where the library is missing. The same log gives the same parameters everywhere.
    """
    examples = _Examples(given)
    answers, basis = sum(map(len, examples.answers)), _basis(examples)
    if len(examples) < FEWEST:
        return Fitting(answers, basis, Extent.NOTHING, None, PARAMETERS)
    engine = _Engine(examples, settings)
    trial = _trial(engine, examples, settings)
    extent = Extent.ALL if len(examples) >= FEWEST_FOR_ALL else Extent.INITIAL
    return Fitting(answers, basis, extent, trial, engine.fitted(len(examples)))


class _Engine:
    """The library, given all examples in the order of time."""

    def __init__(self, examples: _Examples, settings: Settings) -> None:
        self._library = _library()
        self._examples = examples
        answer = cache(self._library.FSRSReview)
        self._known = [[answer(*one) for one in own] for own in examples.answers]
        self._items = self._made(0, 0)
        self._cards = [card for _, card, *_ in examples.usable]
        self._relearning_steps = len(settings.relearning_steps)

    def fitted(self, count: int) -> tuple[float, ...]:
        """Return parameters fitted to the first `count` examples.

        The cards say which examples share a history, which makes it four times as
        fast.
        """
        found = self._library.FSRS(PARAMETERS).compute_parameters(
            self._items[:count],
            card_ids=self._cards[:count],
            num_relearning_steps=self._relearning_steps,
        )
        return tuple(round(one, _DIGITS) for one in found)

    def scores(self, tried: Sequence[tuple[float, ...]], first: int) -> list[Score]:
        """Return how well each of some parameters foretells the examples from one on.

        The library's own score counts newer reviews for more.
        """
        examples, before = self._examples, self._made(first, 1)
        asked = [examples.asked(index) for index in range(first, len(examples))]
        elapsed = [
            examples.answers[card][count - 1][1]
            for _, card, count, *_ in examples.usable[first:]
        ]
        found = []
        for parameters in tried:
            states = self._library.FSRS(parameters).memory_state_batch(before)
            stabilities = (state.stability for state in states)
            chances = map(Model(parameters).recall, stabilities, elapsed)
            found.append(score(zip(asked, chances, strict=True)))
        return found

    def _made(self, first: int, without: int) -> list[Any]:
        """Return examples from one on as the library takes them.

        They come without their last answers, so many of them.
        """
        item, known = self._library.FSRSItem, self._known
        usable = self._examples.usable[first:]
        return [item(known[card][: count - without]) for _, card, count, *_ in usable]


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
    cards = len({card for _, card, *_ in examples.usable})
    return Basis(len(examples), cards, examples.day(0), examples.day(-1))
