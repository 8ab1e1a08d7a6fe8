"""The effect of hints, and how sittings in both languages compare."""

from dataclasses import dataclass

from trainer.statistics.tally import Tally


@dataclass(frozen=True, slots=True)
class Hints:
    """What becomes of cards that needed a hint.

    `answers` counts all answers, `hinted` those after a hint. `after_hint` and
    `without` are true retention: of cards that had needed a hint on the study day they
    were asked before, and of those that had not.
    """

    answers: int
    hinted: int
    after_hint: Tally
    without: Tally
