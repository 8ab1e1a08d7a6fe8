"""How well recall was foretold: log loss, and RMSE over bins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, log, sqrt

Answers = Sequence[tuple[int, int]]
"""The answers to one card: ratings, and days since the answer before."""

Bin = tuple[int, int, int]

_LEAST = 1e-7


@dataclass(frozen=True, slots=True)
class Score:
    """Less is better. `rmse` is taken over bins, as in the srs-benchmark."""

    log_loss: float
    rmse: float


def score(foretold: Iterable[tuple[Answers, float]]) -> Score:
    """Compare the last one of some answers with the recall foretold for it."""
    losses: list[float] = []
    bins: dict[Bin, list[tuple[float, bool]]] = {}
    for answers, chance in foretold:
        recalled = answers[-1][0] > 1
        losses.append(-log(max(chance if recalled else 1 - chance, _LEAST)))
        bins.setdefault(_bin(answers), []).append((chance, recalled))
    squares = sum(_error(one) ** 2 * len(one) for one in bins.values())
    return Score(sum(losses) / len(losses), sqrt(squares / len(losses)))


def _error(alike: list[tuple[float, bool]]) -> float:
    """Return how far the recall foretold is from the share that was recalled."""
    return sum(chance - recalled for chance, recalled in alike) / len(alike)


def _bin(answers: Answers) -> Bin:
    """Put an answer with those alike in days, repetitions and lapses.

    The bins widen by constant factors, which are those of the srs-benchmark.
    """
    repetitions = 1 + sum(days > 0 for _, days in answers)
    lapses = sum(rating == 1 and days > 0 for rating, days in answers[:-1])
    lapse_bin = 1 + floor(log(lapses, 1.73)) if lapses else 0
    return floor(log(answers[-1][1], 3.62)), floor(log(repetitions, 1.89)), lapse_bin
