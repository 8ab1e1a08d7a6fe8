"""What an author wrote as a tree of strings that knows where each stood.

A string is just that: whoever holds it knows where it stood. So what is sound can be
kept as it is, and places cost nothing until one is asked for.
"""

from typing import Protocol

from trainer.cards.problem import Place


class Position(Protocol):
    """A position in a file as libyaml gives it, both numbers from 0."""

    @property
    def line(self) -> int:
        """How many lines stand above."""
        ...

    @property
    def column(self) -> int:
        """How many characters stand before it in its line."""
        ...


class Mark(Protocol):
    """What tells where something stands in a file, such as an event of libyaml's.

    Most of them are never asked, so they are kept as they come.
    """

    @property
    def start_mark(self) -> Position:
        """Where it begins."""
        ...


def place_of(mark: Mark) -> Place:
    """Return where something stands as people count."""
    start = mark.start_mark
    return Place(start.line + 1, start.column + 1)


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
