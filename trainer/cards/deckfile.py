"""A deck file's bytes as a tree of strings: the one place that knows YAML.

The file is read as libyaml's events through a guard. Every scalar stays the
string that was typed; tags, anchors, aliases, merge keys, duplicate keys and
absurd sizes are refused where they stand. Where a card breaks the file, the cards
are cut apart and read one by one, so that it costs no other. Other files that are
one long list, such as outlines, are read the same way.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from trainer.cards.node import Mapping, Node, Refused, Scalar, Sequence
from trainer.cards.problem import Place, Problem, Severity
from trainer.language.clean import hostile_character
from trainer.language.text import message

MOST_BYTES = 64 << 20
MOST_DEPTH = 16
MOST_CHARACTERS = 20_000
MOST_PROBLEMS = 200

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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
class _Piece:
    """A part of a file, and how many lines stand above it."""

    text: str
    above: int = 0

    def place(self, mark: Any) -> Place:  # noqa: ANN401 - yaml's marks are untyped
        """Return where in the file a mark of yaml stands."""
        return Place(self.above + mark.line + 1, mark.column + 1)

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
    except _BrokenError:
        return _read_apart(text, layout, found.problems, report)
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
    read = [_attempt(piece, report) for piece in (around, *pieces)]
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
        tree.entries[name] = Sequence(items, tree.entries[name].place)
    return tree


def _attempt(piece: _Piece, report: Report) -> Node | None:
    try:
        return _read(piece, report)
    except _BrokenError:
        return None


class _Builder:
    """Builds the tree of one document from libyaml's events."""

    def __init__(self, piece: _Piece, report: Report) -> None:
        self.piece = piece
        self.report = report
        self.open: list[Sequence | Mapping] = []
        self.names: list[Scalar | Refused | None] = []
        self.root: Node | None = None

    def build(self) -> Node | None:
        """Read all events; raises `yaml.YAMLError` on bad syntax."""
        documents = 0
        for event in yaml.parse(self.piece.text, Loader=_Loader):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._add(self._scalar(event))
            elif kind is yaml.MappingStartEvent:
                self._open(event, Mapping({}, {}, self._place(event)))
            elif kind is yaml.SequenceStartEvent:
                self._open(event, Sequence([], self._place(event)))
            elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                self.names.pop()
                self._add(self.open.pop())
            elif kind is yaml.AliasEvent:
                self._add(self._refused(event, "alias"))
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.report(self._place(event), "second-document")
                    break
        return self.root

    def _place(self, event: Any) -> Place:  # noqa: ANN401 - yaml's events are untyped
        return self.piece.place(event.start_mark)

    def _scalar(self, event: Any) -> Node:  # noqa: ANN401 - yaml's events are untyped
        if event.anchor is not None:
            return self._refused(event, "anchor")
        if event.tag is not None and event.tag != "!":
            return self._refused(event, "tag", tag=event.tag[:40])
        value: str = event.value
        if len(value) > MOST_CHARACTERS:
            return self._refused(
                event, "too-long", length=len(value), limit=MOST_CHARACTERS
            )
        bad = hostile_character(value)
        if bad is not None:
            code = f"U+{ord(bad):04X}"
            return self._refused(event, "control-character", code=code)
        return Scalar(value, self._place(event))

    def _open(self, event: Any, node: Sequence | Mapping) -> None:  # noqa: ANN401 - yaml's events are untyped
        if event.anchor is not None:
            self._refused(event, "anchor")
        if event.tag is not None:
            self._refused(event, "tag", tag=event.tag[:40])
        if len(self.open) >= MOST_DEPTH:
            self._refused(event, "too-deep", limit=MOST_DEPTH)
            raise _BrokenError
        self.open.append(node)
        self.names.append(None)

    def _refused(self, event: Any, key: str, **values: object) -> Refused:  # noqa: ANN401 - yaml's events are untyped
        self.report(self._place(event), key, **values)
        return Refused(self._place(event))

    def _add(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif (name := self.names[-1]) is None:
            self.names[-1] = self._name(node)
        else:
            self._enter(parent, name, node)
            self.names[-1] = None

    def _name(self, node: Node) -> Scalar | Refused:
        if isinstance(node, Scalar) and node.value != "<<":
            return node
        if not isinstance(node, Refused):
            key = "merge-key" if isinstance(node, Scalar) else "key-not-text"
            self.report(node.place, key)
        return Refused(node.place)

    def _enter(self, parent: Mapping, name: Scalar | Refused, node: Node) -> None:
        if isinstance(name, Refused):
            parent.is_sound = False
            return
        if name.value in parent.entries:
            self.report(name.place, "duplicate-key", name=name.value)
            node = Refused(name.place)
        parent.entries[name.value] = node
        parent.keys[name.value] = name.place


def _report_syntax(error: yaml.MarkedYAMLError, piece: _Piece, report: Report) -> None:
    """Say a syntax error in terms of what the author probably meant."""
    what, context = str(error.problem), str(error.context)
    in_quotes = "quoted scalar" in context and "escape" not in what
    place = piece.place(error.context_mark if in_quotes else error.problem_mark)
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
