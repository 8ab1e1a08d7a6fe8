"""Fitting FSRS-6 to a learner's log.

The one importer of `fsrs_rs_python`, which is optional: whoever does not fit needs
it not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple

from trainer.language.errors import Exit, TrainerError
from trainer.scheduling.defaults import PARAMETERS
from trainer.scheduling.model import Model
from trainer.scheduling.parameters import Basis
from trainer.scheduling.review import Review
from trainer.scheduling.score import Answers, Score, score
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day

FEWEST = 8
"""With fewer usable reviews nothing is fitted."""

FEWEST_FOR_ALL = 64
"""With fewer usable reviews only the initial stabilities are fitted."""

_HELD_OUT = 5
"""One review in so many is held out, the last ones in time."""

_DIGITS = 4


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


class _Example(NamedTuple):
    """A review that came a day or more after the one before: the last of `answers`.

    Examples sort in the order of time.
    """

    day: date
    at: datetime
    card: int
    answers: Answers


def fit(lives: Iterable[Sequence[Review]], settings: Settings) -> Fitting:
    """Fit parameters to the reviews of cards, each since it was last reset.

    A review is usable if it came a day or more after the one before. The newest fifth
    of them is held out: parameters fitted to the rest are compared there with those of
    `settings`, by log loss. What is returned is fitted to all. Raises FittingError
    where the library is missing. The same log gives the same parameters everywhere.
    """
    known = sorted(lives, key=lambda life: life[0].card)
    answers = sum(map(len, known))
    examples = _all_examples(known, settings)
    if len(examples) < FEWEST:
        return Fitting(answers, _basis(examples), Extent.NOTHING, None, PARAMETERS)
    engine = _Engine(examples, settings)
    trial = _trial(engine, examples, settings)
    extent = Extent.ALL if len(examples) >= FEWEST_FOR_ALL else Extent.INITIAL
    fitted = engine.fitted(len(examples))
    return Fitting(answers, _basis(examples), extent, trial, fitted)


class _Engine:
    """The library, given all examples in the order of time."""

    def __init__(self, examples: Sequence[_Example], settings: Settings) -> None:
        self._library = _library()
        self._answer = cache(self._library.FSRSReview)
        self._examples = examples
        self._items = [self._item(one.answers) for one in examples]
        self._cards = [one.card for one in examples]
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

    def score(self, parameters: tuple[float, ...], first: int) -> Score:
        """Return how well parameters foretell the examples from `first` on.

        The library's own score counts newer reviews for more.
        """
        asked = [one.answers for one in self._examples[first:]]
        before = [self._item(answers[:-1]) for answers in asked]
        states = self._library.FSRS(parameters).memory_state_batch(before)
        model = Model(parameters)
        return score(
            (answers, model.recall(state.stability, answers[-1][1]))
            for answers, state in zip(asked, states, strict=True)
        )

    def _item(self, answers: Answers) -> Any:  # noqa: ANN401 - the library is optional
        return self._library.FSRSItem([self._answer(*each) for each in answers])


def _library() -> ModuleType:
    try:
        import fsrs_rs_python  # noqa: PLC0415 - optional
    except ImportError as error:
        raise FittingError("no-optimizer") from error
    return fsrs_rs_python


def _trial(engine: _Engine, examples: Sequence[_Example], settings: Settings) -> Trial:
    held_out = -(-len(examples) // _HELD_OUT)
    first = len(examples) - held_out
    return Trial(
        held_out=held_out,
        since=examples[first].day,
        before=engine.score(settings.parameters, first),
        after=engine.score(engine.fitted(first), first),
    )


def _basis(examples: Sequence[_Example]) -> Basis | None:
    if not examples:
        return None
    cards = len({one.card for one in examples})
    return Basis(len(examples), cards, examples[0].day, examples[-1].day)


def _all_examples(
    lives: Iterable[Sequence[Review]], settings: Settings
) -> list[_Example]:
    """Return the usable reviews in the order of time; the library weighs by it."""
    return sorted(
        example
        for card, life in enumerate(lives)
        for example in _examples(card, life, settings)
    )


def _examples(
    card: int, life: Sequence[Review], settings: Settings
) -> Iterator[_Example]:
    """Yield the usable reviews of a card. Time never goes back, as in a replay."""
    answers: list[tuple[int, int]] = []
    last, at = None, life[0].at
    for review in life:
        at = max(at, review.at)
        day = study_day(at, settings.rollover)
        elapsed = max(0, (day - last).days) if last else 0
        answers.append((review.rating.value, elapsed))
        if elapsed:
            yield _Example(day, at, card, tuple(answers))
        last = day
