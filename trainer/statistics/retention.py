"""True retention: how much of what was due was remembered."""

from dataclasses import dataclass

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
