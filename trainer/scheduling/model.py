"""The formulas of FSRS-6, for looking ahead: many reviews at once.

What is remembered of a card is asked of fsrs (`memory`), which costs too much for
years of imagined reviews; a test compares the two.
"""

from dataclasses import dataclass
from math import exp

from trainer.scheduling.review import Rating

Strength = tuple[float, float]
"""Stability in days, and difficulty from 1 to 10."""

_LEAST_STABILITY = 0.001


@dataclass(frozen=True, slots=True)
class Model:
    """FSRS-6 with its 21 parameters."""

    parameters: tuple[float, ...]

    def first(self, rating: Rating) -> Strength:
        """Return what the first answer to a card leads to."""
        stability = max(self.parameters[rating - 1], _LEAST_STABILITY)
        return stability, _bounded(self._first_difficulty(rating))

    def same_day(self, before: Strength, rating: Rating) -> Strength:
        """Return what another answer on the same study day leads to."""
        w, (stability, difficulty) = self.parameters, before
        growth = exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
        if rating is not Rating.AGAIN:
            growth = max(growth, 1.0)
        after = max(stability * growth, _LEAST_STABILITY)
        return after, self._next_difficulty(difficulty, rating)

    def later(self, before: Strength, elapsed: int, rating: Rating) -> Strength:
        """Return what an answer after some study days leads to."""
        recall = self.recall(before[0], elapsed)
        if rating is Rating.AGAIN:
            stability = self._forgotten(before, recall)
        else:
            stability = self._remembered(before, recall, rating)
        after = max(stability, _LEAST_STABILITY)
        return after, self._next_difficulty(before[1], rating)

    def recall(self, stability: float, elapsed: int) -> float:
        """Return the probability of recall after some study days."""
        decay = -self.parameters[20]
        factor = 0.9 ** (1 / decay) - 1
        return float((1 + factor * elapsed / stability) ** decay)

    def interval(self, stability: float, retention: float, longest: int) -> int:
        """Return after how many days recall falls to the retention wanted."""
        decay = -self.parameters[20]
        factor = 0.9 ** (1 / decay) - 1
        days = stability / factor * (retention ** (1 / decay) - 1)
        return min(max(round(float(days)), 1), longest)

    def _first_difficulty(self, rating: Rating) -> float:
        w = self.parameters
        return w[4] - exp(w[5] * (rating - 1)) + 1

    def _next_difficulty(self, difficulty: float, rating: Rating) -> float:
        w = self.parameters
        damped = difficulty + (10 - difficulty) * -w[6] * (rating - 3) / 9
        easiest = self._first_difficulty(Rating.EASY)
        return _bounded(w[7] * easiest + (1 - w[7]) * damped)

    def _forgotten(self, before: Strength, recall: float) -> float:
        w, (stability, difficulty) = self.parameters, before
        kept = (stability + 1) ** w[13] - 1
        after = w[11] * difficulty ** -w[12] * kept * exp((1 - recall) * w[14])
        return float(min(after, stability / exp(w[17] * w[18])))

    def _remembered(self, before: Strength, recall: float, rating: Rating) -> float:
        w, (stability, difficulty) = self.parameters, before
        ease = (11 - difficulty) * stability ** -w[9] * (exp((1 - recall) * w[10]) - 1)
        graded = {Rating.HARD: w[15], Rating.EASY: w[16]}.get(rating, 1.0)
        return float(stability * (1 + exp(w[8]) * ease * graded))


def _bounded(difficulty: float) -> float:
    return min(max(difficulty, 1.0), 10.0)
