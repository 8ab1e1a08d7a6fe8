"""How often something went well."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers were a success, and how many were not."""

    passed: int = 0
    failed: int = 0

    @property
    def asked(self) -> int:
        """How many there were."""
        return self.passed + self.failed

    @property
    def rate(self) -> float | None:
        """The share that was a success; nothing where nothing was asked."""
        return self.passed / self.asked if self.asked else None


def sum_of(tallies: Iterable[Tally]) -> Tally:
    """Put tallies together."""
    passed = failed = 0
    for one in tallies:
        passed += one.passed
        failed += one.failed
    return Tally(passed, failed)
