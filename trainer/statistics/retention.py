"""True retention: how much of what was due was remembered."""

from dataclasses import dataclass
from datetime import date, timedelta

from trainer.statistics.daily import AnswerKind, Asked
from trainer.statistics.evidence import Evidence
from trainer.statistics.tally import Tally, sum_of

SPANS = {"today": 1, "week": 7, "month": 30, "year": 365, "all": None}
"""The spans, in study days that end today."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How many cards that were due were remembered, young and mature ones.

    As in Anki, only the first review of a card in a study day counts, and only if its
    interval had been a day or more. Below 21 days of interval a card is young.
    """

    young: Tally
    mature: Tally

    @property
    def passed(self) -> int:
        """How many were remembered."""
        return self.total.passed

    @property
    def failed(self) -> int:
        """How many were not."""
        return self.total.failed

    @property
    def rate(self) -> float | None:
        """The share that was remembered; nothing where nothing was due."""
        return self.total.rate

    @property
    def total(self) -> Tally:
        """Young and mature cards together."""
        return sum_of((self.young, self.mature))


def retention(evidence: Evidence) -> dict[str, Retention]:
    """Return the true retention of each of `SPANS`."""
    first_ones = [row for row in evidence.seen.asked if row.is_first]
    result = {}
    for name, length in SPANS.items():
        since = date.min if length is None else evidence.today - timedelta(length - 1)
        result[name] = _retention([row for row in first_ones if row.day >= since])
    return result


def _retention(rows: list[Asked]) -> Retention:
    young = [row for row in rows if row.kind is AnswerKind.YOUNG]
    mature = [row for row in rows if row.kind is AnswerKind.MATURE]
    return Retention(_tally(young), _tally(mature))


def _tally(rows: list[Asked]) -> Tally:
    return Tally(sum([row.passed for row in rows]), sum([row.failed for row in rows]))
