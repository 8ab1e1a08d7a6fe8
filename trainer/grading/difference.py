"""How a given line departs from the expected one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trainer.grading.meaning import Item
from trainer.grading.options import Problem

Places = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a given line departs from the expected one.

    `subject` is what it is about, `expected` and `got` how both sides were typed;
    `after` is where something missing belongs, if that is known.
    """

    kind: str
    subject: str
    expected: str = ""
    got: str = ""
    places: Places = ()
    item: Item | None = None
    detail: str = ""
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`same`: a command of the expected line occurs in the given one.

    `bound` is what the placeholders stand for.
    """

    same: bool
    differences: tuple[Difference, ...] = ()
    bound: Mapping[str, str] = field(default_factory=dict)

    @property
    def cost(self) -> int:
        """How far apart the lines are."""
        weights = (COSTS.get(one.kind, 3) for one in self.differences)
        return sum(weights) + (0 if self.same else 100)


COSTS = {"missing-operand": 4, "missing-option": 4, "wrong-value": 2, "misplaced": 1}
COSTS |= {"swapped": 1, "wrong-command": 50, "program-typo": 1, "single-dash": 1}

REFUSALS = frozenset(
    [
        "unknown-option",
        "removed-option",
        "needs-value",
        "bad-image",
        "no-mount-target",
        "bad-value",
        "bad-switch",
        "took-letters",
        "too-few",
        "too-many",
    ]
)
"""Kinds of differences for which the client refuses a command."""


def of_problem(problem: Problem) -> Difference:
    """Make a difference of what the client refuses."""
    places = ((problem.start, problem.end),)
    return Difference(
        problem.kind,
        problem.subject,
        problem.near,
        problem.subject,
        places,
        detail=problem.detail,
    )
