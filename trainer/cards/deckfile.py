"""A deck file's bytes, read card by card.

Each card is given away as soon as it has been read. Where one breaks the file, the
cards are cut apart and read one by one, so that it costs no other. Other files that
are one long list, such as outlines, are read the same way.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from trainer.cards.items import Begin, Items, Taker
from trainer.cards.node import Mapping, Mark, Node, Sequence
from trainer.cards.pieces import BEGINNING, Layout, Piece, cut
from trainer.cards.problem import Place, Problem
from trainer.cards.report import Report
from trainer.cards.yamltree import BrokenError, HopelessError, read_tree

MOST_BYTES = 24 << 20
MOST_BROKEN = 2000
"""After so many broken items, the others of a file are not tried any more."""

MOST_APART = 2 << 20
MOST_PIECES = 20_000
"""Broken files of more bytes or items are not read item by item."""

_START = Place(1, 1)
_NOTHING = None, BEGINNING

T = TypeVar("T", bound=Taker)


class Parsed(NamedTuple, Generic[T]):
    """A file without its items, where it begins, and what has taken the items.

    There is no `root` if there is no document, no `taker` if there is no list of items.
    """

    root: Node | None
    at: Mark
    taker: T | None = None


def parse_file(
    data: bytes, layout: Layout, begin: Begin[T], report: Report
) -> Parsed[T]:
    """Parse a file, giving each item away as soon as it has been read."""
    text = _decode(data, report)
    if text is None:
        return Parsed(None, BEGINNING)
    whole, found = Piece(text), Report(report.path)
    try:
        parsed = _parse_whole(whole, layout, begin, found)
    except HopelessError:
        parsed = Parsed(None, BEGINNING)
    except BrokenError:
        if len(data) <= MOST_APART:
            return _parse_apart(whole, layout, begin, found.problems, report)
        parsed = Parsed(None, BEGINNING)
    report.problems += found.problems
    return parsed


def _parse_whole(
    piece: Piece, layout: Layout, begin: Begin[T], report: Report
) -> Parsed[T]:
    items = Items(layout, begin, report.path)
    root, at = read_tree(piece, report, items)
    if items.head_goes_on and isinstance(root, Mapping):
        report.problems.clear()
        items = Items(layout, begin, report.path, root)
        read_tree(piece, report, items)
    report.add(*items.report.problems)
    return Parsed(root, at, items.taker)


def _decode(data: bytes, report: Report) -> str | None:
    if len(data) > MOST_BYTES:
        report(_START, "file-too-large", size=len(data) >> 20, limit=MOST_BYTES >> 20)
        return None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or 0 in data[:2]:
        report(_START, "utf16")
        return None
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        report(Piece(before).after(before), "not-utf8")
        return None


def _parse_apart(
    file: Piece,
    layout: Layout,
    begin: Begin[T],
    whole: list[Problem],
    report: Report,
) -> Parsed[T]:
    """Read each item alone; `whole` is what was wrong with all of them together."""
    around, pieces = cut(file.text, layout)
    if len(pieces) > MOST_PIECES:
        report.problems += whole
        return Parsed(None, BEGINNING)
    items = Items(layout, begin, report.path)
    root, at = next(_attempts([around], report), _NOTHING)
    if isinstance(root, Mapping) and layout.items in root:
        items.open(root, at)
    for read, _ in _attempts(pieces, report):
        if isinstance(read, Sequence):
            items.give(read)
    if not pieces:
        report.problems[:] = whole
        if not re.search(rf"^{layout.mark}\s*:", file.text, re.MULTILINE):
            report.problems.clear()
            report(_START, layout.foreign)
    elif not report.problems:
        report.add(whole[-1])
    report.add(*items.report.problems)
    return Parsed(root, at, items.taker)


def _attempts(
    pieces: Iterable[Piece], report: Report
) -> Iterator[tuple[Node | None, Mark]]:
    """Yield what could be read of some pieces."""
    broken = 0
    for piece in pieces:
        try:
            yield read_tree(piece, report)
        except BrokenError:
            broken += 1
            if broken > MOST_BROKEN:
                return
