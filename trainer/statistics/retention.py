"""True retention: how much of what was due was remembered."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import compress

from trainer.statistics.daily import AnswerKind
from trainer.statistics.evidence import Evidence
from trainer.statistics.tally import Tally, sum_of

SPANS = {"today": 1, "week": 7, "month": 30, "year": 365, "all": None}
"""The spans, in study days that end today."""

_Row = tuple[date, AnswerKind, int, int]
"""A day and kind, and how many answers were right and wrong."""


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
    asked = evidence.seen.asked
    rows = zip(asked.day, asked.kind, asked.passed, asked.failed, strict=True)
    first_ones = list(compress(rows, asked.is_first))
    result = {}
    for name, length in SPANS.items():
        since = date.min if length is None else evidence.today - timedelta(length - 1)
        result[name] = _retention([row for row in first_ones if row[0] >= since])
    return result


def _retention(rows: list[_Row]) -> Retention:
    return Retention(_tally(rows, AnswerKind.YOUNG), _tally(rows, AnswerKind.MATURE))


def _tally(rows: list[_Row], kind: AnswerKind) -> Tally:
    counts = [(passed, failed) for _, one, passed, failed in rows if one is kind]
    return Tally(
        sum([passed for passed, _ in counts]), sum([failed for _, failed in counts])
    )
