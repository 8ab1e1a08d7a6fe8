"""A deck file's bytes as a tree of strings: the one place that knows YAML.

The file is read as libyaml's events through a guard. Every scalar stays the
string that was typed; tags, anchors, aliases, merge keys, duplicate keys and
absurd sizes are refused where they stand. Where a card breaks the file, the cards
are cut apart and read one by one, so that it costs no other. Other files that are
one long list, such as outlines, are read the same way.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from trainer.cards.node import (
    Mapping,
    Mark,
    Node,
    Refused,
    Scalar,
    Sequence,
    place_of,
)
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


@dataclass(frozen=True, slots=True)
class Layout:
    """How a kind of file is laid out: fields of a head, and a list of `items`.

    A broken file that lacks the field `mark` is reported as `foreign` at once.
    """

    items: str
    head: tuple[str, ...]
    mark: str
    foreign: str


class _BrokenError(Exception):
    """A piece of a file cannot be read; why has been reported."""


class _HopelessError(_BrokenError):
    """Nor would it help to read the file item by item."""


@dataclass(slots=True)
class Report:
    """Collects the problems of one file, as many as anyone reads."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def __call__(
        self,
        place: Place,
        key: str,
        severity: Severity = Severity.ERROR,
        /,
        **values: object,
    ) -> None:
        """Add a problem."""
        worded = message(f"problems.{key}", **values)
        self.add(Problem(self.path, place, worded, severity))

    def add(self, problem: Problem) -> None:
        """Add a problem unless there are too many."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class _Moved:
    """A position in a file, given as one in a piece of it."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a file, and how many lines stand above it."""

    text: str
    above: int = 0

    def mark(self, mark: Mark) -> Mark:
        """Return where in the file a mark of yaml stands."""
        if not self.above:
            return mark
        return _Moved(self.above + mark.line, mark.column)

    def after(self, before: str) -> Place:
        """Return the position right after the beginning of the piece."""
        lines = _lines(before + ".")
        return Place(self.above + len(lines), len(lines[-1]))


def parse_tree(data: bytes, layout: Layout, report: Report) -> Node | None:
    """Return the file as a tree, or nothing if it holds no document at all."""
    text = _decode(data, report)
    if text is None:
        return None
    found = Report(report.path)
    try:
        tree = _read(_Piece(text), found)
    except _HopelessError:
        report.problems += found.problems
        return None
    except _BrokenError:
        if len(data) <= MOST_APART:
            return _read_apart(text, layout, found.problems, report)
        tree = None
    report.problems += found.problems
    return tree


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
        report(_Piece(before).after(before), "not-utf8")
        return None


def _read(piece: _Piece, report: Report) -> Node | None:
    """Read a document; reports what breaks it and raises `_BrokenError`."""
    bad = hostile_character(piece.text.replace("\r", "\n"))
    if bad is not None:
        place = piece.after(piece.text.partition(bad)[0])
        report(place, "control-character", code=f"U+{ord(bad):04X}")
        raise _BrokenError
    try:
        return _Builder(piece, report).build()
    except yaml.MarkedYAMLError as error:
        _report_syntax(error, piece, report)
        raise _BrokenError from error


def _read_apart(
    text: str, layout: Layout, whole: list[Problem], report: Report
) -> Node | None:
    """Read each item alone; `whole` is what was wrong with all of them together."""
    around, pieces = _cut(text, layout)
    if len(pieces) > MOST_PIECES:
        report.problems += whole
        return None
    read = list(_attempts((around, *pieces), report))
    if not pieces:
        report.problems[:] = whole
        if not re.search(rf"^{layout.mark}\s*:", text, re.MULTILINE):
            report.problems.clear()
            report(_START, layout.foreign)
    elif not report.problems:
        report.add(whole[-1])
    tree, name = read[0], layout.items
    if isinstance(tree, Mapping) and name in tree.entries:
        items = [
            item for one in read[1:] if isinstance(one, Sequence) for item in one.items
        ]
        tree.entries[name] = Sequence(items, tree.entries[name].mark)
    return tree


def _attempts(pieces: Iterable[_Piece], report: Report) -> Iterator[Node | None]:
    broken = 0
    for piece in pieces:
        try:
            yield _read(piece, report)
        except _BrokenError:
            broken += 1
            if broken > MOST_BROKEN:
                return
            yield None


class _Builder:
    """Builds the tree of one document from libyaml's events.

    The methods for one event do little and call little: a deck has many.
    """

    def __init__(self, piece: _Piece, report: Report) -> None:
        self._report = report
        self._piece = piece
        self._is_whole = not piece.above
        self._next = _Loader(piece.text).get_event
        self._depth = 0

    def build(self) -> Node | None:
        """Read all events; raises `yaml.YAMLError` on bad syntax."""
        root, documents = None, 0
        while (event := self._next()) is not None:
            if type(event) is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._refused(event, "second-document")
                    break
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event)
        return root

    def _node(self, event: Any) -> Node:  # noqa: ANN401 - yaml's events are untyped
        kind = type(event)
        if kind is _SCALAR:
            return self._scalar(event)
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

    def _scalar(self, event: Any) -> Node:  # noqa: ANN401 - yaml's events are untyped
        value: str = event.value
        if (
            event.anchor is None
            and event.tag is None
            and event.style != '"'
            and len(value) <= MOST_CHARACTERS
        ):
            return Scalar(
                value, event.start_mark if self._is_whole else self._mark(event)
            )
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
        return Scalar(value, self._mark(event))

    def _sequence(self, start: Any) -> Sequence:  # noqa: ANN401 - yaml's events are untyped
        node = Sequence([], self._mark(start))
        most = MOST_ITEMS if self._depth <= _ITEMS_DEPTH else MOST_ENTRIES
        while type(event := self._next()) is not _SEQUENCE_END:
            node.items.append(self._node(event))
            if len(node.items) > most:
                self._too_many(start, most)
        return node

    def _mapping(self, start: Any) -> Mapping:  # noqa: ANN401 - yaml's events are untyped
        node = Mapping({}, {}, self._mark(start))
        entries, marks, following = node.entries, node.marks, self._next
        while type(event := following()) is not _MAPPING_END:
            name, value = self._node(event), self._node(following())
            if type(name) is not Scalar or name.value == "<<":
                self._bad_name(name)
                node.is_sound = False
                continue
            text = name.value
            if text in entries:
                self._report(name.place, "duplicate-key", name=text)
                value = Refused(name.mark)
            entries[text] = value
            marks[text] = name.mark
            if len(entries) > MOST_ENTRIES:
                self._too_many(start, MOST_ENTRIES)
        return node

    def _mark(self, event: Any) -> Mark:  # noqa: ANN401 - yaml's events are untyped
        return self._piece.mark(event.start_mark)

    def _too_many(self, event: Any, limit: int) -> None:  # noqa: ANN401 - yaml's events are untyped
        self._refused(event, "too-many-entries", limit=limit)
        raise _HopelessError

    def _bad_name(self, node: Node) -> None:
        if not isinstance(node, Refused):
            key = "merge-key" if isinstance(node, Scalar) else "key-not-text"
            self._report(node.place, key)

    def _refused(self, event: Any, key: str, **values: object) -> Refused:  # noqa: ANN401 - yaml's events are untyped
        node = Refused(self._mark(event))
        self._report(node.place, key, **values)
        return node


_ITEMS_DEPTH = 2
"""How deep the list of items stands, that may have many entries."""


def _report_syntax(error: yaml.MarkedYAMLError, piece: _Piece, report: Report) -> None:
    """Say a syntax error in terms of what the author probably meant."""
    what, context = str(error.problem), str(error.context)
    in_quotes = "quoted scalar" in context and "escape" not in what
    mark: Any = error.context_mark if in_quotes else error.problem_mark
    place = place_of(piece.mark(mark))
    line = [*_lines(piece.text), ""][place.line - piece.above - 1]
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


def _lines(text: str) -> list[str]:
    """Return the lines with their ends, where YAML ends them."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)


_ITEM = re.compile(r" *-\s")


def _cut(text: str, layout: Layout) -> tuple[_Piece, list[_Piece]]:
    """Cut a file into what stands around the items, and each item with its dash.

    What stands before the first dash is a piece, too. Fields of the head that stand
    below the items end the last one.
    """
    field_of_head = re.compile(rf"(?:{'|'.join(layout.head)})\s*:\s")
    items_key = re.compile(rf"""(["']?){layout.items}\1\s*:\s""")
    lines = _lines(text)
    keys = (i for i, line in enumerate(lines, 1) if items_key.match(line))
    begin = next(keys, len(lines))
    starts = _item_starts(lines, begin)
    if not starts:
        return _Piece(text), []
    tail = (i for i in range(starts[-1], len(lines)) if field_of_head.match(lines[i]))
    end = next(tail, len(lines))
    around = [*lines[:begin], "\n" * (end - begin), *lines[end:]]
    bounds = zip([begin, *starts], [*starts, end], strict=True)
    return _Piece("".join(around)), [
        _Piece("".join(lines[first:last]), first) for first, last in bounds
    ]


def _item_starts(lines: list[str], begin: int) -> list[int]:
    """Return the indices of lines that open an item at the outermost indentation."""
    items = [i for i in range(begin, len(lines)) if _ITEM.match(lines[i])]
    return [i for i in items if lines[i].index("-") == lines[items[0]].index("-")]
