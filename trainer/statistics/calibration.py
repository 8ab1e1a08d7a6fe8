"""Calibration: the recall foretold against what happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from trainer.statistics.daily import LEVELS, Foretold
from trainer.statistics.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Level:
    """Answers whose recall was foretold alike: from `low` up to, not including, `high`.

    `foretold` is the mean recall foretold, `happened` the share that was recalled.
    """

    low: float
    high: float
    answers: int
    foretold: float
    happened: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well recall was foretold at the first review of a known card in a study day.

    Less is better. `log_loss` is the mean of -log of the chance given to what then
    happened; `rmse` is taken over bins of answers alike in days, repetitions and
    lapses, as in the srs-benchmark. It is made with the parameters in force now, over
    the whole log.
    """

    answers: int
    foretold: float | None
    happened: float | None
    log_loss: float | None
    rmse: float | None
    levels: tuple[Level, ...]


def calibration(evidence: Evidence) -> Calibration:
    """Compare the recall foretold with what happened."""
    rows = evidence.daily.foretold
    if not rows:
        return Calibration(0, None, None, None, None, ())
    count = _count(rows)
    bins: dict[tuple[int, int, int], list[Foretold]] = {}
    levels: dict[int, list[Foretold]] = {}
    for row in rows:
        bins.setdefault(row.bin, []).append(row)
        levels.setdefault(row.level, []).append(row)
    squares = sum(_count(one) * _error(one) ** 2 for one in bins.values())
    return Calibration(
        answers=count,
        foretold=sum(row.chance for row in rows) / count,
        happened=sum(row.passed for row in rows) / count,
        log_loss=sum(row.loss for row in rows) / count,
        rmse=sqrt(squares / count),
        levels=tuple(_level(number, levels[number]) for number in sorted(levels)),
    )


def _level(number: int, rows: list[Foretold]) -> Level:
    count = _count(rows)
    return Level(
        low=number / LEVELS,
        high=(number + 1) / LEVELS,
        answers=count,
        foretold=sum(row.chance for row in rows) / count,
        happened=sum(row.passed for row in rows) / count,
    )


def _count(rows: Iterable[Foretold]) -> int:
    return sum(row.passed + row.failed for row in rows)


def _error(rows: list[Foretold]) -> float:
    """Return how far the recall foretold is from the share that was recalled."""
    return sum(row.chance - row.passed for row in rows) / _count(rows)
