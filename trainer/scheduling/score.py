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
        losses.append(log_loss(chance, recalled=recalled))
        bins.setdefault(_bin(answers), []).append((chance, recalled))
    squares = sum(_error(one) ** 2 * len(one) for one in bins.values())
    return Score(sum(losses) / len(losses), sqrt(squares / len(losses)))


def log_loss(chance: float, *, recalled: bool) -> float:
    """Return how wrong a chance of recall was, by what happened."""
    return -log(max(chance if recalled else 1 - chance, _LEAST))


def _error(alike: list[tuple[float, bool]]) -> float:
    """Return how far the recall foretold is from the share that was recalled."""
    return sum(chance - recalled for chance, recalled in alike) / len(alike)


def _bin(answers: Answers) -> Bin:
    repetitions = 1 + sum(days > 0 for _, days in answers)
    lapses = sum(rating == 1 and days > 0 for rating, days in answers[:-1])
    return bin_of(answers[-1][1], repetitions, lapses)


def bin_of(days: int, repetitions: int, lapses: int) -> Bin:
    """Return where an answer lies with those alike in days, repetitions and lapses.

    `days` are those since the answer before, one or more. `repetitions` counts this
    answer, the first one of the card, and those on later days in between; `lapses`
    those of the latter that failed. The bins widen by constant factors, which are those
    of the srs-benchmark.
    """
    lapse_bin = 1 + floor(log(lapses, 1.73)) if lapses else 0
    return floor(log(days, 3.62)), floor(log(repetitions, 1.89)), lapse_bin
