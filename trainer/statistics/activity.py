"""What was done: by study day and kind, and the time it took."""

from dataclasses import dataclass
from datetime import date

from trainer.statistics.tally import Tally


@dataclass(frozen=True, slots=True)
class Day:
    """A study day with answers.

    The five kinds are those of `AnswerKind`; `introduced` counts the cards that were
    answered for the first time. An answer counts as a minute at most.
    """

    day: date
    learn: int
    young: int
    mature: int
    relearn: int
    cram: int
    introduced: int
    took_ms: int

    @property
    def answers(self) -> int:
        """How many answers were given."""
        return self.learn + self.young + self.mature + self.relearn + self.cram


@dataclass(frozen=True, slots=True)
class Activity:
    """All answers, and those of today.

    `days` counts the study days with answers since the first one, `span` all days
    since then, today included; `streak` counts the days in a row up to today (or
    yesterday, while today is still to come), `longest` the longest row there was.
    `right_today` is about the answers of today that schedule.
    """

    total: int
    took_ms: int
    today: int
    took_ms_today: int
    introduced_today: int
    right_today: Tally
    days: int
    span: int
    streak: int
    longest: int
