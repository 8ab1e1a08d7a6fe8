"""A YAML document as a tree of strings: the one place that knows YAML.

The document is read as libyaml's events through a guard. Every scalar stays the
string that was typed; tags, anchors, aliases, merge keys, duplicate keys and
absurd sizes are refused where they stand. The items of a file's one long list are
given away as soon as they have been read, so that no more than one is held as a tree.
"""

import re
from typing import Any

import yaml

from trainer.cards.items import Items, Taker
from trainer.cards.node import REFUSED, Mapping, Mark, Node, Refused, Sequence, place_of
from trainer.cards.pieces import BEGINNING, Piece, lines_of
from trainer.cards.problem import Place
from trainer.cards.report import Report
from trainer.language.clean import hostile_character

MOST_DEPTH = 16
MOST_CHARACTERS = 20_000
MOST_ITEMS = 200_000
"""So many cards one file may hold."""

MOST_ENTRIES = 1000
"""So many entries a list or a mapping within an item may have."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCALAR = yaml.ScalarEvent
_MAPPING_END, _SEQUENCE_END = yaml.MappingEndEvent, yaml.SequenceEndEvent
Event = Any
"""One of yaml's events, which are untyped."""


class BrokenError(Exception):
    """A piece of a file cannot be read; why has been reported."""


class HopelessError(BrokenError):
    """Nor would it help to read the file item by item."""


def read_tree(
    piece: Piece, report: Report, items: Items[Any] | None = None
) -> tuple[Node | None, Mark]:
    """Read a document; reports what breaks it and raises `BrokenError`."""
    bad = hostile_character(piece.text.replace("\r", "\n"))
    if bad is not None:
        place = piece.after(piece.text.partition(bad)[0])
        report(place, "control-character", code=f"U+{ord(bad):04X}")
        raise BrokenError
    try:
        return _Builder(piece, report, items).build()
    except yaml.MarkedYAMLError as error:
        _report_syntax(error, piece, report)
        raise BrokenError from error


class _Builder:
    """Builds the tree of one document from libyaml's events.

    The methods for one event do little and call little: a deck has many.
    """

    def __init__(self, piece: Piece, report: Report, items: Items[Any] | None) -> None:
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
                root, at = self._node(event), event
        return root, at

    def _next_moved(self) -> Event:
        event = self._parser.get_event()
        if event is not None:
            event.start_mark = self._piece.moved(event.start_mark)
        return event

    def _node(self, event: Event) -> Node:
        if type(event) is not _SCALAR:
            return self._collection(event)
        value: str = event.value
        if (
            event.anchor is None
            and event.tag is None
            and (event.style != '"' or value.isprintable())
            and len(value) <= MOST_CHARACTERS
        ):
            return value
        return self._odd(event, value)

    def _odd(self, event: Event, value: str) -> Node:
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

    def _collection(self, event: Event) -> Node:
        kind = type(event)
        if kind is yaml.AliasEvent:
            return self._refused(event, "alias")
        if event.anchor is not None:
            self._refused(event, "anchor")
        if event.tag is not None:
            self._refused(event, "tag", tag=event.tag[:40])
        if self._depth >= MOST_DEPTH:
            self._refused(event, "too-deep", limit=MOST_DEPTH)
            raise BrokenError
        self._depth += 1
        node = (
            self._mapping(event)
            if kind is yaml.MappingStartEvent
            else self._sequence(event)
        )
        self._depth -= 1
        return node

    def _sequence(self, start: Event) -> Sequence:
        node = Sequence()
        node.marks = marks = []
        if self._taker is not None:
            taker, self._taker = self._taker, None
            return self._give_away(start, taker, node)
        most = MOST_ITEMS if self._depth <= _ITEMS_DEPTH else MOST_ENTRIES
        while type(event := self._next()) is not _SEQUENCE_END:
            node.append(self._node(event))
            marks.append(event)
            if len(node) > most:
                self._too_many(start, most)
        return node

    def _give_away(self, start: Event, taker: Taker, empty: Sequence) -> Sequence:
        count = 0
        while type(event := self._next()) is not _SEQUENCE_END:
            taker.take(self._node(event), event)
            count += 1
            if count > MOST_ITEMS:
                self._too_many(start, MOST_ITEMS)
        return empty

    def _expect_items(self, name: Node, event: Event, root: Mapping, at: Mark) -> None:
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

    def _mapping(self, start: Event) -> Mapping:
        node = Mapping()
        node.is_sound, node.marks = True, {}
        marks, following, is_root = node.marks, self._next, self._depth == 1
        while type(event := following()) is not _MAPPING_END:
            name = self._node(event)
            second = following()
            if is_root:
                self._expect_items(name, second, node, start)
            value = self._node(second)
            if type(name) is not str or name == "<<":
                self._bad_name(name, event)
                node.is_sound = False
                continue
            if name in node:
                self._report(place_of(event), "duplicate-key", name=name)
                value = REFUSED
            node[name] = value
            marks[name] = event, second
            if len(node) > MOST_ENTRIES:
                self._too_many(start, MOST_ENTRIES)
        return node

    def _too_many(self, event: Event, limit: int) -> None:
        self._refused(event, "too-many-entries", limit=limit)
        raise HopelessError

    def _bad_name(self, node: Node, event: Event) -> None:
        if not isinstance(node, Refused):
            key = "merge-key" if isinstance(node, str) else "key-not-text"
            self._refused(event, key)

    def _refused(self, event: Event, key: str, **values: object) -> Refused:
        self._report(place_of(event), key, **values)
        return REFUSED


_ITEMS_DEPTH = 2
"""How deep the list of items stands, that may have many entries."""


def _report_syntax(error: yaml.MarkedYAMLError, piece: Piece, report: Report) -> None:
    """Say a syntax error in terms of what the author probably meant."""
    what, context = str(error.problem), str(error.context)
    in_quotes = "quoted scalar" in context and "escape" not in what
    at: Any = error.context_mark if in_quotes else error.problem_mark
    line, column = [*lines_of(piece.text), ""][at.line], at.column
    key = "open-quote" if in_quotes else _likely_slip(what, line, column)
    place = Place(piece.above + at.line + 1, column + 1)
    report(place, key, what=what, character=line[column : column + 1])


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
