"""A deck file's bytes as a tree of strings: the one place that knows YAML.

The file is read as libyaml's events through a guard. Every scalar stays the
string that was typed; tags, anchors, aliases, merge keys, duplicate keys and
absurd sizes are refused where they stand. Each card is handed on as soon as it has
been read, so that no more than one is held as a tree. Where a card breaks the file,
the cards are cut apart and read one by one, so that it costs no other. Other files
that are one long list, such as outlines, are read the same way.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import yaml

from trainer.cards.node import (
    REFUSED,
    Mapping,
    Mark,
    Node,
    Refused,
    Sequence,
    place_of,
)
from trainer.cards.pieces import BEGINNING, Layout, Piece, cut, lines_of
from trainer.cards.problem import Place, Problem, Severity
from trainer.language.clean import hostile_character
from trainer.language.text import message

MOST_BYTES = 24 << 20
MOST_DEPTH = 16
MOST_CHARACTERS = 20_000
MOST_PROBLEMS = 200
MOST_ITEMS = 200_000
"""So many cards one file may hold."""

MOST_ENTRIES = 1000
"""So many entries a list or a mapping within an item may have."""

MOST_BROKEN = 2000
"""After so many broken items, the others of a file are not tried any more."""

MOST_APART = 2 << 20
MOST_PIECES = 20_000
"""Broken files of more bytes or items are not read item by item."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCALAR = yaml.ScalarEvent
_MAPPING_END, _SEQUENCE_END = yaml.MappingEndEvent, yaml.SequenceEndEvent
_START = Place(1, 1)


class _BrokenError(Exception):
    """A piece of a file cannot be read; why has been reported."""


class _HopelessError(_BrokenError):
    """Nor would it help to read the file item by item."""


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


_NOTHING = None, BEGINNING


class Taker(Protocol):
    """Takes the items of a file, one after the other."""

    def take(self, item: Node, at: Mark) -> None:
        """Take one item, and where it stands."""
        ...


T = TypeVar("T", bound=Taker)

Begin = Callable[[Mapping, Mark, Report], T]
"""Makes what takes the items of a file with a head; where items are in doubt, anew."""


class Parsed(NamedTuple, Generic[T]):
    """A file without its items, where it begins, and what has taken the items.

    There is no `root` if there is no document, no `taker` if there is no list of items.
    """

    root: Node | None
    at: Mark
    taker: T | None = None


class _Items(Generic[T]):
    """The list of items in a file: what takes them, and what is wrong with them.

    The head is what stands above the list, unless the whole one is known already.
    """

    def __init__(
        self,
        layout: Layout,
        begin: Begin[T],
        path: str,
        head: Mapping | None = None,
    ) -> None:
        self.report = Report(path)
        self.taker: T | None = None
        self.head_goes_on = False
        self._name = layout.items
        self._begin = begin
        self._head = head

    def are_named(self, name: Node) -> bool:
        """Whether the items have a name, which stands but once in the file."""
        is_list = self._head is None or isinstance(self._head[self._name], Sequence)
        return name == self._name and is_list

    def open(self, above: Mapping, at: Mark) -> T:
        """Make what takes the items."""
        self.taker = self._begin(self._head or above, at, self.report)
        return self.taker

    def give(self, items: Sequence) -> None:
        """Give away items that have been read already."""
        if self.taker is not None:
            for item, mark in zip(items, items.marks, strict=True):
                self.taker.take(item, mark)


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
    except _HopelessError:
        parsed = Parsed(None, BEGINNING)
    except _BrokenError:
        if len(data) <= MOST_APART:
            return _parse_apart(whole, layout, begin, found.problems, report)
        parsed = Parsed(None, BEGINNING)
    report.problems += found.problems
    return parsed


def _parse_whole(
    piece: Piece, layout: Layout, begin: Begin[T], report: Report
) -> Parsed[T]:
    items = _Items(layout, begin, report.path)
    root, at = _read(piece, report, items)
    if items.head_goes_on and isinstance(root, Mapping):
        report.problems.clear()
        items = _Items(layout, begin, report.path, root)
        _read(piece, report, items)
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


def _read(
    piece: Piece, report: Report, items: "_Items[Any] | None" = None
) -> tuple[Node | None, Mark]:
    """Read a document; reports what breaks it and raises `_BrokenError`."""
    bad = hostile_character(piece.text.replace("\r", "\n"))
    if bad is not None:
        place = piece.after(piece.text.partition(bad)[0])
        report(place, "control-character", code=f"U+{ord(bad):04X}")
        raise _BrokenError
    try:
        return _Builder(piece, report, items).build()
    except yaml.MarkedYAMLError as error:
        _report_syntax(error, piece, report)
        raise _BrokenError from error


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
    items = _Items(layout, begin, report.path)
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
            yield _read(piece, report)
        except _BrokenError:
            broken += 1
            if broken > MOST_BROKEN:
                return


class _Builder:
    """Builds the tree of one document from libyaml's events.

    The methods for one event do little and call little: a deck has many.
    """

    def __init__(self, piece: Piece, report: Report, items: _Items[Any] | None) -> None:
        self._report = report
        self._piece = piece
        self._parser = _Loader(piece.text)
        self._next = self._next_moved if piece.above else self._parser.get_event
        self._depth = 0
        self._items = items
        self._taker: Taker | None = None

    def build(self) -> tuple[Node | None, Mark]:
        """Read all events; raises `yaml.YAMLError` on bad syntax."""
        root: Node | None = None
        at: Mark = BEGINNING
        documents = 0
        while (event := self._next()) is not None:
            kind = type(event)
            if kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._refused(event, "second-document")
                    break
            elif issubclass(kind, yaml.NodeEvent):
                root, at = self._node(event), event.start_mark
        return root, at

    def _next_moved(self) -> Any:  # noqa: ANN401 - yaml's events are untyped
        event = self._parser.get_event()
        if event is not None:
            event.start_mark = self._piece.mark(event.start_mark)
        return event

    def _node(self, event: Any) -> Node:  # noqa: ANN401 - yaml's events are untyped
        if type(event) is not _SCALAR:
            return self._collection(event)
        value: str = event.value
        if (
            event.anchor is None
            and event.tag is None
            and event.style != '"'
            and len(value) <= MOST_CHARACTERS
        ):
            return value
        return self._odd(event, value)

    def _odd(self, event: Any, value: str) -> Node:  # noqa: ANN401 - yaml's events are untyped
        if event.anchor is not None:
            return self._refused(event, "anchor")
        if event.tag is not None and event.tag != "!":
            return self._refused(event, "tag", tag=event.tag[:40])
        if len(value) > MOST_CHARACTERS:
            return self._refused(
                event, "too-long", length=len(value), limit=MOST_CHARACTERS
            )
        # only escapes can bring in what the file itself does not hold
        bad = hostile_character(value)
        if bad is not None:
            code = f"U+{ord(bad):04X}"
            return self._refused(event, "control-character", code=code)
        return value

    def _collection(self, event: Any) -> Node:  # noqa: ANN401 - yaml's events are untyped
        kind = type(event)
        if kind is yaml.AliasEvent:
            return self._refused(event, "alias")
        if event.anchor is not None:
            self._refused(event, "anchor")
        if event.tag is not None:
            self._refused(event, "tag", tag=event.tag[:40])
        if self._depth >= MOST_DEPTH:
            self._refused(event, "too-deep", limit=MOST_DEPTH)
            raise _BrokenError
        self._depth += 1
        node = (
            self._mapping(event)
            if kind is yaml.MappingStartEvent
            else self._sequence(event)
        )
        self._depth -= 1
        return node

    def _sequence(self, start: Any) -> Sequence:  # noqa: ANN401 - yaml's events are untyped
        node = Sequence()
        node.marks = marks = []
        if self._taker is not None:
            taker, self._taker = self._taker, None
            return self._give_away(start, taker, node)
        most = MOST_ITEMS if self._depth <= _ITEMS_DEPTH else MOST_ENTRIES
        while type(event := self._next()) is not _SEQUENCE_END:
            node.append(self._node(event))
            marks.append(event.start_mark)
            if len(node) > most:
                self._too_many(start, most)
        return node

    def _give_away(self, start: Any, taker: Taker, empty: Sequence) -> Sequence:  # noqa: ANN401 - yaml's events are untyped
        count = 0
        while type(event := self._next()) is not _SEQUENCE_END:
            taker.take(self._node(event), event.start_mark)
            count += 1
            if count > MOST_ITEMS:
                self._too_many(start, MOST_ITEMS)
        return empty

    def _expect_items(self, name: Node, event: Any, root: Mapping, at: Mark) -> None:  # noqa: ANN401 - yaml's events are untyped
        """Look out for the list of items among the fields of a file."""
        items = self._items
        if items is None:
            return
        if items.taker is not None:
            items.head_goes_on = True
            return
        is_list = type(event) is yaml.SequenceStartEvent
        if is_list and items.are_named(name) and name not in root:
            self._taker = items.open(root, at)

    def _mapping(self, start: Any) -> Mapping:  # noqa: ANN401 - yaml's events are untyped
        node = Mapping()
        node.is_sound, node.marks = True, {}
        marks, following, is_root = node.marks, self._next, self._depth == 1
        while type(event := following()) is not _MAPPING_END:
            name = self._node(event)
            second = following()
            if is_root:
                self._expect_items(name, second, node, start.start_mark)
            value = self._node(second)
            if type(name) is not str or name == "<<":
                self._bad_name(name, event)
                node.is_sound = False
                continue
            if name in node:
                self._report(place_of(event.start_mark), "duplicate-key", name=name)
                value = REFUSED
            node[name] = value
            marks[name] = event.start_mark, second.start_mark
            if len(node) > MOST_ENTRIES:
                self._too_many(start, MOST_ENTRIES)
        return node

    def _too_many(self, event: Any, limit: int) -> None:  # noqa: ANN401 - yaml's events are untyped
        self._refused(event, "too-many-entries", limit=limit)
        raise _HopelessError

    def _bad_name(self, node: Node, event: Any) -> None:  # noqa: ANN401 - yaml's events are untyped
        if not isinstance(node, Refused):
            key = "merge-key" if isinstance(node, str) else "key-not-text"
            self._refused(event, key)

    def _refused(self, event: Any, key: str, **values: object) -> Refused:  # noqa: ANN401 - yaml's events are untyped
        self._report(place_of(event.start_mark), key, **values)
        return REFUSED


_ITEMS_DEPTH = 2
"""How deep the list of items stands, that may have many entries."""


def _report_syntax(error: yaml.MarkedYAMLError, piece: Piece, report: Report) -> None:
    """Say a syntax error in terms of what the author probably meant."""
    what, context = str(error.problem), str(error.context)
    in_quotes = "quoted scalar" in context and "escape" not in what
    mark: Any = error.context_mark if in_quotes else error.problem_mark
    place = place_of(piece.mark(mark))
    line = [*lines_of(piece.text), ""][place.line - piece.above - 1]
    key = "open-quote" if in_quotes else _likely_slip(what, line, place.column - 1)
    report(place, key, what=what, character=line[place.column - 1 : place.column])


_SLIPS = {
    "escape": "bad-escape",
    "cannot start any token": "needs-quotes",
    "'-' indicator": "indentation",
    "block sequence entries": "needs-quotes",
}
"""What libyaml's messages contain, and the slips behind them."""


def _likely_slip(what: str, line: str, column: int) -> str:
    before = line[:column]
    if "\t" in line[: len(line) - len(line.lstrip())] + line[column : column + 1]:
        return "tab"
    if "mapping values are not allowed" in what:
        return "unquoted-colon" if re.search(r"\S:\s", before) else "indentation"
    known = (slip for part, slip in _SLIPS.items() if part in what)
    closed = "open-quote" if re.search(r"""["'] *$""", before) else "syntax"
    return next(known, closed)
