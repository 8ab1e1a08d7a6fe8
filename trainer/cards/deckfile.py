"""A deck file's bytes as a tree of strings: the one place that knows YAML.

The file is read as libyaml's events through a guard. Every scalar stays the
string that was typed; tags, anchors, aliases, merge keys, duplicate keys and
absurd sizes are refused where they stand. A syntax error costs the card that it
stands in: the card is blanked out and the rest read again.
"""

import re
from collections.abc import Iterator
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
MOST_RETRIES = 20

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_START = Place(1, 1)


class _TooManyError(Exception):
    """A file has more problems than anyone reads."""


@dataclass(slots=True)
class Report:
    """Collects the problems of one file."""

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
        self.problems.append(Problem(self.path, place, worded, severity))

    @property
    def full(self) -> bool:
        """Whether there are more problems than anyone reads."""
        return len(self.problems) >= MOST_PROBLEMS


def parse_tree(data: bytes, report: Report) -> Node | None:
    """Return the file as a tree, or nothing if it holds no document at all."""
    text = _decode(data, report)
    if text is None:
        return None
    for _ in range(MOST_RETRIES):
        try:
            return _Builder(report).build(text)
        except yaml.YAMLError as error:
            place = _report_syntax(error, text, report)
            rest = _without_card(text, place.line)
        except _TooManyError:
            return None
        if rest is None:
            return None
        text = rest
    return None


def _decode(data: bytes, report: Report) -> str | None:
    if len(data) > MOST_BYTES:
        report(_START, "file-too-large", size=len(data) >> 20, limit=MOST_BYTES >> 20)
        return None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        report(_START, "utf16")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        report(_place_of(data[: error.start].decode("utf-8", "replace")), "not-utf8")
        return None
    bad = hostile_character(text.replace("\r", "\n"))
    if bad is not None:
        before = text[: text.index(bad)]
        report(_place_of(before), "control-character", code=f"U+{ord(bad):04X}")
        return None
    return text


def _place_of(before: str) -> Place:
    """Return the position right after a piece of text."""
    lines = re.split(r"\r\n|\r|\n", before)
    return Place(len(lines), len(lines[-1]) + 1)


class _Builder:
    """Builds the tree of one document from libyaml's events."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.open: list[Sequence | Mapping] = []
        self.names: list[tuple[str, Place] | None] = []
        self.root: Node | None = None

    def build(self, text: str) -> Node | None:
        """Read all events; raises `yaml.YAMLError` on bad syntax."""
        documents = 0
        for event in _events(text):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._add(self._scalar(event))
            elif kind is yaml.MappingStartEvent:
                self._open(event, Mapping({}, {}, _place(event)))
            elif kind is yaml.SequenceStartEvent:
                self._open(event, Sequence([], _place(event)))
            elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                self.names.pop()
                self._add(self.open.pop())
            elif kind is yaml.AliasEvent:
                self._add(self._refused(event, "alias"))
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.report(_place(event), "second-document")
                    break
        return self.root

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
        return Scalar(value, _place(event))

    def _open(self, event: Any, node: Sequence | Mapping) -> None:  # noqa: ANN401 - yaml's events are untyped
        if event.anchor is not None:
            self._refused(event, "anchor")
        if event.tag is not None:
            self._refused(event, "tag", tag=event.tag[:40])
        if len(self.open) >= MOST_DEPTH:
            self._refused(event, "too-deep", limit=MOST_DEPTH)
            raise _TooManyError
        self.open.append(node)
        self.names.append(None)

    def _refused(self, event: Any, key: str, **values: object) -> Refused:  # noqa: ANN401 - yaml's events are untyped
        if self.report.full:
            raise _TooManyError
        self.report(_place(event), key, **values)
        return Refused(_place(event))

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

    def _name(self, node: Node) -> tuple[str, Place]:
        if isinstance(node, Scalar):
            return node.value, node.place
        if not isinstance(node, Refused):
            self.report(node.place, "key-not-text")
        return "", node.place

    def _enter(self, parent: Mapping, name: tuple[str, Place], node: Node) -> None:
        key, place = name
        if key == "<<":
            self.report(place, "merge-key")
            node = Refused(place)
        elif key in parent.entries:
            self.report(place, "duplicate-key", name=key)
            node = Refused(place)
        parent.entries[key] = node
        parent.keys[key] = place


def _events(text: str) -> Iterator[Any]:
    return yaml.parse(text, Loader=_Loader)


def _place(event: Any) -> Place:  # noqa: ANN401 - yaml's events are untyped
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1)


def _report_syntax(error: yaml.YAMLError, text: str, report: Report) -> Place:
    """Say a syntax error in terms of what the author probably meant."""
    mark = getattr(error, "problem_mark", None)
    context = str(getattr(error, "context", None) or "")
    if "quoted scalar" in context:
        mark = getattr(error, "context_mark", None) or mark
    place = Place(mark.line + 1, mark.column + 1) if mark else _START
    what = str(getattr(error, "problem", None) or error)
    key = _likely_slip(what, context, _line(text, place.line))
    report(place, key, what=what)
    return place


def _line(text: str, number: int) -> str:
    lines = re.split(r"\r\n|\r|\n", text)
    return lines[number - 1] if number <= len(lines) else ""


def _likely_slip(what: str, context: str, line: str) -> str:
    if "\t" in line[: len(line) - len(line.lstrip())] or r"'\t'" in what:
        return "tab"
    if "quoted scalar" in context:
        return "open-quote"
    if "mapping values are not allowed" in what or re.search(r"\S: .*: ", line):
        return "unquoted-colon"
    return "syntax"


_ITEM = re.compile(r"^ *- ")


def _without_card(text: str, number: int) -> str | None:
    """Blank out the item of `cards` that a line belongs to, keeping line numbers."""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    head = next((i for i, line in enumerate(lines) if line.startswith("cards:")), None)
    starts = [] if head is None else _item_starts(lines, head + 1)
    first = max((one for one in starts if one < number), default=None)
    if first is None:
        return None
    last = next((one for one in starts if one > first), len(lines))
    blanked = [line[len(line.rstrip("\r\n")) :] for line in lines[first:last]]
    return "".join([*lines[:first], *blanked, *lines[last:]])


def _item_starts(lines: list[str], begin: int) -> list[int]:
    """Return the indices of lines that open an item at the outermost indentation."""
    items = [i for i in range(begin, len(lines)) if _ITEM.match(lines[i])]
    if not items:
        return []
    depth = lines[items[0]].index("-")
    return [i for i in items if lines[i].index("-") == depth]
