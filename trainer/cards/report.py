"""The problems of one file."""

from dataclasses import dataclass, field

from trainer.cards.problem import Place, Problem, Severity
from trainer.language.text import message

MOST_PROBLEMS = 200


@dataclass(slots=True)
class Report:
    """Collects the problems of one file, as many as anyone reads."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether there are as many problems as anyone reads."""
        return len(self.problems) >= MOST_PROBLEMS

    def __call__(
        self,
        place: Place,
        key: str,
        severity: Severity = Severity.ERROR,
        /,
        **values: object,
    ) -> None:
        """Add a problem."""
        if not self.is_full:
            worded = message(f"problems.{key}", **values)
            self.add(Problem(self.path, place, worded, severity))

    def add(self, *problems: Problem) -> None:
        """Add problems unless there are too many."""
        room = MOST_PROBLEMS - len(self.problems)
        self.problems += problems[:room]
