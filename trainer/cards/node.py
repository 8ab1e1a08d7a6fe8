"""A deck file as a tree of strings that knows where each stood."""

from dataclasses import dataclass
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


@dataclass(slots=True)
class Scalar:
    """A string, exactly as the author typed it."""

    value: str
    mark: Mark

    @property
    def place(self) -> Place:
        """Where it begins."""
        return place_of(self.mark)


@dataclass(slots=True)
class Sequence:
    """A list."""

    items: list["Node"]
    mark: Mark

    @property
    def place(self) -> Place:
        """Where it begins."""
        return place_of(self.mark)


@dataclass(slots=True)
class Mapping:
    """Named values, and where each name stood; unsound if a name was refused."""

    entries: dict[str, "Node"]
    marks: dict[str, Mark]
    mark: Mark
    is_sound: bool = True

    @property
    def place(self) -> Place:
        """Where it begins."""
        return place_of(self.mark)

    def place_of(self, name: str) -> Place:
        """Where a name stands, or the mapping if it lacks it."""
        return place_of(self.marks.get(name, self.mark))


@dataclass(slots=True)
class Refused:
    """What the reader did not accept; the problem has been reported already."""

    mark: Mark

    @property
    def place(self) -> Place:
        """Where it begins."""
        return place_of(self.mark)


Node = Scalar | Sequence | Mapping | Refused
