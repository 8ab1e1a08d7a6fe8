"""Answer buttons: how cards were rated."""

from dataclasses import dataclass

from trainer.scheduling.review import Rating
from trainer.statistics.daily import AnswerKind
from trainer.statistics.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Buttons:
    """How often cards of a kind were given each rating."""

    again: int
    hard: int
    good: int
    easy: int

    @property
    def total(self) -> int:
        """How many ratings there were."""
        return self.again + self.hard + self.good + self.easy

    @property
    def rate(self) -> float | None:
        """The share that was not again; nothing where there was no answer."""
        return (self.total - self.again) / self.total if self.total else None


def buttons(evidence: Evidence) -> dict[str, Buttons]:
    """Return how cards of each kind were rated."""
    counts = {kind: dict.fromkeys(Rating, 0) for kind in AnswerKind}
    answers = evidence.seen.answers
    for kind, rating, given in zip(
        answers.kind, answers.rating, answers.given, strict=True
    ):
        counts[kind][rating] += given
    return {kind.value: Buttons(*counts[kind].values()) for kind in AnswerKind}
