"""How well recall was foretold: log loss, and RMSE over bins."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log, sqrt

Bin = tuple[int, int, int]

Asked = tuple[Bin, bool]
"""Which answers an answer is compared with, and whether it was recalled."""

_LEAST = 1e-7


@dataclass(frozen=True, slots=True)
class Score:
    """Less is better. `rmse` is taken over bins, as in the srs-benchmark."""

    log_loss: float
    rmse: float


def score(foretold: Iterable[tuple[Asked, float]]) -> Score:
    """Compare answers with the chances of recall foretold for them."""
    losses: list[float] = []
    bins: dict[Bin, list[float]] = {}
    for (alike, recalled), chance in foretold:
        losses.append(log_loss(chance, recalled=recalled))
        bins.setdefault(alike, []).append(chance - recalled)
    squares = sum(sum(errors) ** 2 / len(errors) for errors in bins.values())
    return Score(sum(losses) / len(losses), sqrt(squares / len(losses)))


def log_loss(chance: float, *, recalled: bool) -> float:
    """Return how wrong a chance of recall was, by what happened."""
    return -log(max(chance if recalled else 1 - chance, _LEAST))


def bin_of(days: int, repetitions: int, lapses: int) -> Bin:
    """Return where an answer lies with those alike in days, repetitions and lapses.

    `days` are those since the answer before, one or more. `repetitions` counts this
    answer, the first one of the card, and those on later days in between; `lapses`
    those of the latter that failed. The bins widen by constant factors, which are those
    of the srs-benchmark.
    """
    lapse_bin = 1 + floor(log(lapses, 1.73)) if lapses else 0
    return floor(log(days, 3.62)), floor(log(repetitions, 1.89)), lapse_bin
