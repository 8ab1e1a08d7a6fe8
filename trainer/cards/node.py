"""What an author wrote as a tree of strings that knows where each stood.

A string is just that: whoever holds it knows where it stood. So what is sound can be
kept as it is, and places cost nothing until one is asked for.
"""

from typing import Protocol

from trainer.cards.problem import Place


class Mark(Protocol):
    """A position in a file as libyaml gives it, both numbers from 0.

    Most positions are never looked at, so they become a `Place` when asked for.
    """

    @property
    def line(self) -> int:
        """How many lines stand above."""
        ...

    @property
    def column(self) -> int:
        """How many characters stand before it in its line."""
        ...


def place_of(mark: Mark) -> Place:
    """Return a position as people count."""
    return Place(mark.line + 1, mark.column + 1)


class Sequence(list["Node"]):
    """A list, and where each item stands."""

    __slots__ = ("marks",)

    marks: list[Mark]


class Mapping(dict[str, "Node"]):
    """Values by name, and where each name and value stand.

    It is unsound if a name was refused.
    """

    __slots__ = ("is_sound", "marks")

    is_sound: bool
    marks: dict[str, tuple[Mark, Mark]]


class Refused:
    """What the reader did not accept; the problem has been reported already."""

    __slots__ = ()


REFUSED = Refused()

Node = str | Sequence | Mapping | Refused
