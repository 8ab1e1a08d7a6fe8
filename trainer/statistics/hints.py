"""The effect of hints, and how sittings in both languages compare."""

from dataclasses import dataclass
from itertools import compress

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
    seen, asked = evidence.seen, evidence.seen.asked
    after = sum_of(Tally(row.hinted_passed, row.hinted_failed) for row in seen.notes)
    passed = sum(compress(asked.passed, asked.is_first))
    failed = sum(compress(asked.failed, asked.is_first))
    return Hints(
        answers=sum(seen.answers.given),
        hinted=sum(row.hinted for row in seen.notes),
        after_hint=after,
        without=Tally(passed - after.passed, failed - after.failed),
    )


def languages(evidence: Evidence) -> dict[str, Tally]:
    """Return the true retention by the language of the sitting, where it is known."""
    asked = evidence.seen.asked
    found: dict[str, list[Tally]] = {}
    rows = zip(asked.language, asked.passed, asked.failed, strict=True)
    for language, passed, failed in compress(rows, asked.is_first):
        if language:
            found.setdefault(language, []).append(Tally(passed, failed))
    return {name: sum_of(found[name]) for name in sorted(found)}
