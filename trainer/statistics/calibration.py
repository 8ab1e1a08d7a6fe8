"""Calibration: the recall foretold against what happened."""

from dataclasses import dataclass


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
