"""The formulas of FSRS-6: what an answer makes of a card's stability and difficulty.

They are written so that long logs are gone through fast, and reckon in the order in
which py-fsrs does: tests compare the two to the last bit.
"""

from collections.abc import Callable, Iterable
from functools import cache
from math import e, expm1

from trainer.scheduling.review import Rating

Strength = tuple[float, float]
"""Stability in days, and difficulty from 1 to 10."""

_LEAST_STABILITY, _MOST_STABILITY = 0.001, 36500.0
_EASIEST, _HARDEST = 1.0, 10.0


_BOUNDS = (
    *((0.001, 100.0),) * 4,
    *((1.0, 10.0), (0.001, 4.0), (0.001, 4.0), (0.001, 0.75), (0.0, 4.5)),
    *((0.0, 0.8), (0.001, 3.5), (0.001, 5.0), (0.001, 0.25), (0.001, 0.9)),
    *((0.0, 4.0), (0.0, 1.0), (1.0, 6.0), (0.0, 2.0), (0.0, 2.0)),
    *((0.0, 0.8), (0.1, 0.8)),
)
"""Between which bounds each parameter lies, as in py-fsrs."""


def are_possible(parameters: tuple[float, ...]) -> bool:
    """Whether there is a model with parameters, such as those of a file handed over."""
    return len(parameters) == len(_BOUNDS) and all(
        least <= one <= most
        for one, (least, most) in zip(parameters, _BOUNDS, strict=True)
    )


def is_strength(stability: float, difficulty: float) -> bool:
    """Whether a card may be remembered so, such as one of a file handed over."""
    is_stable = _LEAST_STABILITY <= stability <= _MOST_STABILITY
    return is_stable and _EASIEST <= difficulty <= _HARDEST


def nearest_strength(stability: float, difficulty: float) -> Strength:
    """Return the strength that is nearest to what another program holds for one."""
    stability = min(max(stability, _LEAST_STABILITY), _MOST_STABILITY)
    return float(stability), float(min(max(difficulty, _EASIEST), _HARDEST))


class Model:
    """FSRS-6 with its 21 parameters.

    `after(stability, difficulty, elapsed, rating)` returns the strength after an answer
    that comes so many study days after the one before; none, or fewer, is the same day.
    `recall(stability, elapsed)` returns the probability of recall after study days.
    """

    __slots__ = ("_parameters", "after", "decay", "factor", "recall")

    def __init__(self, parameters: tuple[float, ...]) -> None:
        self._parameters = parameters
        self.decay: float = -parameters[20]
        self.factor: float = 0.9 ** (1 / self.decay) - 1
        self.recall = _recall(self.decay, self.factor)
        self.after = _after(parameters, self.decay, self.factor)

    def first(self, rating: int) -> Strength:
        """Return what the first answer to a card leads to."""
        stability = max(self._parameters[rating - 1], _LEAST_STABILITY)
        difficulty = _first_difficulty(self._parameters, rating)
        return stability, min(max(difficulty, _EASIEST), _HARDEST)

    def from_sm2(self, ease: float, interval: float) -> Strength:
        """Return the strength of a card that SM-2 scheduled, as fsrs-rs takes it.

        Nine in ten are recalled at the end of the interval, and the card is so
        difficult that a good answer there makes stability grow by the ease.
        """
        w = self._parameters
        stability, _ = nearest_strength(interval, _EASIEST)
        growth = e ** w[8] * stability ** -w[9] * expm1(0.1 * w[10])
        return nearest_strength(stability, 11 - (ease - 1) / growth)

    def recalls(self, cards: Iterable[tuple[float, int]], day: int) -> list[float]:
        """Return the probabilities of recall on a day, by stabilities and last days."""
        decay, factor = self.decay, self.factor
        return [
            (1 + factor * (day - last) / stability) ** decay if last < day else 1.0
            for stability, last in cards
        ]

    def reach(self, retention: float) -> float:
        """Return by how much recall may fall, for `interval` and those in a hurry."""
        return float(retention ** (1 / self.decay) - 1)

    def interval(self, stability: float, retention: float, longest: int) -> int:
        """Return after how many days recall falls to the retention wanted."""
        days = stability / self.factor * self.reach(retention)
        return min(max(round(days), 1), longest)


@cache
def model_of(parameters: tuple[float, ...]) -> Model:
    """Return the model with some parameters; it is made once."""
    return Model(parameters)


def _recall(decay: float, factor: float) -> Callable[[float, int], float]:
    def recall(stability: float, elapsed: int) -> float:
        return float((1 + factor * elapsed / stability) ** decay)

    return recall


def _first_difficulty(w: tuple[float, ...], rating: int) -> float:
    return float(w[4] - e ** (w[5] * (rating - 1)) + 1)


def _after(
    w: tuple[float, ...], decay: float, factor: float
) -> Callable[[float, float, int, int], Strength]:
    """Return the function that goes on by one answer.

    What depends on the parameters alone is reckoned once, and it stays one function: a
    replay calls it a million times.
    """
    ratings = (0, *Rating)  # a place for each number from 0 on
    same_day = [e ** (w[17] * (rating - 3 + w[18])) for rating in ratings]
    harder = [-(w[6] * (rating - 3)) for rating in ratings]
    graded = (1.0, 1.0, w[15], 1.0, w[16])
    ease, forgetting, least_loss = e ** w[8], w[11], e ** (w[17] * w[18])
    of_stability, of_recall, of_same_day = -w[9], w[10], -w[19]
    of_difficulty, of_kept, of_forgotten = -w[12], w[13], w[14]
    easiest, rest = w[7] * _first_difficulty(w, Rating.EASY), 1 - w[7]

    def after(
        stability: float, difficulty: float, elapsed: int, rating: int
    ) -> Strength:
        if elapsed <= 0:
            growth = same_day[rating] * stability**of_same_day
            if growth > 1.0 or rating == 1:
                stability *= growth
        else:
            lost = 1 - (1 + factor * elapsed / stability) ** decay
            if rating > 1:
                stability *= (
                    1
                    + ease
                    * (11 - difficulty)
                    * stability**of_stability
                    * (e ** (lost * of_recall) - 1)
                    * graded[rating]
                )
            else:
                most = stability / least_loss
                kept = (stability + 1) ** of_kept - 1
                long = e ** (lost * of_forgotten)
                stability = forgetting * difficulty**of_difficulty * kept * long
                if stability > most:  # noqa: PLR1730 - as below
                    stability = most
        difficulty += (10.0 - difficulty) * harder[rating] / 9.0
        difficulty = easiest + rest * difficulty
        if difficulty < _EASIEST:  # noqa: PLR1730 - as below
            difficulty = _EASIEST  # it nears the hardest, but never passes it
        if stability < _LEAST_STABILITY:  # noqa: PLR1730 - a call costs a tenth of all this
            stability = _LEAST_STABILITY
        return stability, difficulty

    return after
