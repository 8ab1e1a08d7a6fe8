"""Parts of a file, each with where it stands there, and how a file is cut into them."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from trainer.cards.node import Mark, Position
from trainer.cards.problem import Place

_ITEM = re.compile(r" *-\s")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a kind of file is laid out: fields of a head, and a list of `items`.

    A broken file that lacks the field `mark` is reported as `foreign` at once.
    """

    items: str
    head: tuple[str, ...]
    mark: str
    foreign: str


class Moved(NamedTuple):
    """A position in a file, given as one in a piece of it."""

    line: int
    column: int


class _Marked(NamedTuple):
    """What stands somewhere in a file."""

    start_mark: Position


BEGINNING: Mark = _Marked(Moved(0, 0))


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file, and how many lines stand above it."""

    text: str
    above: int = 0

    def moved(self, position: Position) -> Position:
        """Return where in the file a position in the piece is."""
        if not self.above:
            return position
        return Moved(self.above + position.line, position.column)

    def after(self, before: str) -> Place:
        """Return the position right after the beginning of the piece."""
        lines = lines_of(before + ".")
        return Place(self.above + len(lines), len(lines[-1]))


def cut(text: str, layout: Layout) -> tuple[Piece, list[Piece]]:
    """Cut a file into what stands around the items, and each item with its dash.

    What stands before the first dash is a piece, too. Fields of the head that stand
    below the items end the last one.
    """
    field_of_head = re.compile(rf"(?:{'|'.join(layout.head)})\s*:\s")
    items_key = re.compile(rf"""(["']?){layout.items}\1\s*:\s""")
    lines = lines_of(text)
    keys = (i for i, line in enumerate(lines, 1) if items_key.match(line))
    begin = next(keys, len(lines))
    starts = _item_starts(lines, begin)
    if not starts:
        return Piece(text), []
    tail = (i for i in range(starts[-1], len(lines)) if field_of_head.match(lines[i]))
    end = next(tail, len(lines))
    around = [*lines[:begin], "\n" * (end - begin), *lines[end:]]
    bounds = zip([begin, *starts], [*starts, end], strict=True)
    return Piece("".join(around)), [
        Piece("".join(lines[first:last]), first) for first, last in bounds
    ]


def _item_starts(lines: list[str], begin: int) -> list[int]:
    """Return the indices of lines that open an item at the outermost indentation."""
    items = [i for i in range(begin, len(lines)) if _ITEM.match(lines[i])]
    return [i for i in items if lines[i].index("-") == lines[items[0]].index("-")]


def lines_of(text: str) -> list[str]:
    """Return the lines with their ends, where YAML ends them."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)
