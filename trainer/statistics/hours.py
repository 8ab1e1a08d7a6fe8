"""Hourly success: at which hour of the day answers are right."""

from dataclasses import dataclass

from trainer.statistics.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Hour:
    """The answers that schedule, given in one hour of the day by the learner's clock.

    As in Anki, an answer is a success unless it was rated again.
    """

    hour: int
    passed: int
    failed: int

    @property
    def rate(self) -> float | None:
        """The share of successes; nothing where there was no answer."""
        asked = self.passed + self.failed
        return self.passed / asked if asked else None


def hours(evidence: Evidence) -> tuple[Hour, ...]:
    """Return all 24 hours."""
    passed, failed, asked = [0] * 24, [0] * 24, evidence.seen.asked
    for hour, right, wrong in zip(asked.hour, asked.passed, asked.failed, strict=True):
        passed[hour] += right
        failed[hour] += wrong
    return tuple(map(Hour, range(24), passed, failed))
