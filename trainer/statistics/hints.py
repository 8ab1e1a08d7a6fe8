"""The effect of hints, and how sittings in both languages compare."""

from dataclasses import dataclass

from trainer.statistics.evidence import Evidence
from trainer.statistics.tally import Tally, sum_of


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


def hints(evidence: Evidence) -> Hints:
    """Compare cards that had needed a hint with others."""
    seen = evidence.seen
    after = sum_of(Tally(row.hinted_passed, row.hinted_failed) for row in seen.notes)
    every = sum_of(Tally(row.passed, row.failed) for row in seen.asked if row.is_first)
    return Hints(
        answers=sum(row.given for row in seen.answers),
        hinted=sum(row.hinted for row in seen.notes),
        after_hint=after,
        without=Tally(every.passed - after.passed, every.failed - after.failed),
    )


def languages(evidence: Evidence) -> dict[str, Tally]:
    """Return the true retention by the language of the sitting, where it is known."""
    found: dict[str, list[Tally]] = {}
    for row in evidence.seen.asked:
        if row.is_first and row.language:
            tally = Tally(row.passed, row.failed)
            found.setdefault(row.language, []).append(tally)
    return {name: sum_of(found[name]) for name in sorted(found)}
