"""A deck file as a tree of strings that knows where each stood."""

from dataclasses import dataclass

from trainer.cards.problem import Place


@dataclass(slots=True)
class Scalar:
    """A string, exactly as the author typed it."""

    value: str
    place: Place


@dataclass(slots=True)
class Sequence:
    """A list."""

    items: list["Node"]
    place: Place


@dataclass(slots=True)
class Mapping:
    """Named values, and where each name stood; unsound if a name was refused."""

    entries: dict[str, "Node"]
    keys: dict[str, Place]
    place: Place
    is_sound: bool = True


@dataclass(slots=True)
class Refused:
    """What the reader did not accept; the problem has been reported already."""

    place: Place


Node = Scalar | Sequence | Mapping | Refused
