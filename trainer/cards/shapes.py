"""What a field of a deck file may hold: read, described as JSON Schema, stored.

Each shape is said once and serves four ways: `read` takes it from the author's
file with problems at their places, `schema` describes it to editors, `dump` and
`load` carry it to JSON and back.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from trainer.cards import node as nodes
from trainer.cards.node import Mark, Node, place_of
from trainer.cards.problem import Place, Severity
from trainer.language.clean import is_blank
from trainer.language.nearest import nearest
from trainer.language.text import Language, Message, Text, message

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Json = Any  # mypy has no useful recursive alias for parsed JSON
Schema = dict[str, Any]


class UnreadableError(Exception):
    """A value could not be read; why has been reported."""


class Reporter(Protocol):
    """Takes problems of one file."""

    @property
    def is_full(self) -> bool:
        """Whether it takes no more, so that nobody need look for what was meant."""
        ...

    def __call__(
        self, place: Place, key: str, severity: Severity = ..., /, **values: object
    ) -> None:
        """Report the problem `problems.<key>` at a place."""
        ...


class Shape(Protocol[T]):
    """One kind of value."""

    def read(self, node: Node, at: Mark, report: Reporter) -> T:
        """Take the value from a file; report and raise `UnreadableError` if bad."""
        ...

    def schema(self) -> Schema:
        """Describe it as JSON Schema."""
        ...

    def dump(self, value: T) -> Json:
        """Turn it into JSON."""
        ...

    def load(self, data: Json) -> T:
        """Turn what `dump` made back."""
        ...


def refuse(
    report: Reporter, node: Node, at: Mark, key: str, **values: object
) -> UnreadableError:
    """Report a problem of what stands at a mark and return the exception to raise."""
    if not isinstance(node, nodes.Refused):
        report(place_of(at), key, **values)
    return UnreadableError(key)


def is_a(node: Node) -> Message:
    """Say what kind of thing was found in place of another."""
    name = "scalar" if isinstance(node, str) else type(node).__name__.lower()
    return message(f"problems.is-{name}")


@cache
def _fits(pattern: str) -> Callable[[str], object]:
    """Return what tells whether a whole text fits a pattern."""
    return re.compile(pattern).fullmatch


def _line(node: Node, at: Mark, limit: int, report: Reporter) -> str:
    """Take a string that is not blank and not too long."""
    if isinstance(node, str) and len(node) <= limit and node[:1].isalnum():
        return node
    if not isinstance(node, str):
        raise refuse(report, node, at, "not-text", found=is_a(node))
    if is_blank(node):
        raise refuse(report, node, at, "blank")
    if len(node) > limit:
        raise refuse(report, node, at, "too-long", length=len(node), limit=limit)
    return node


class StringShape(NamedTuple):
    """A string on its own, such as an id, a command or a tag."""

    pattern: str | None = None
    must: str = ""  # key of `problems.` that explains the pattern
    limit: int = 1000

    def read(self, node: Node, at: Mark, report: Reporter) -> str:
        """Take a string that is not blank, not too long and fits the pattern."""
        text = _line(node, at, self.limit, report)
        if self.pattern and not _fits(self.pattern)(text):
            raise refuse(report, node, at, self.must, value=text)
        return text

    def schema(self) -> Schema:
        """Describe the string."""
        # an editor reads `8080` and `no` as other types than the trainer does
        types = {"type": ["string", "number", "boolean"], "maxLength": self.limit}
        return types | ({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {})

    def dump(self, value: str) -> Json:
        """Return the string."""
        return value

    def load(self, data: Json) -> str:
        """Return the string."""
        return str(data)


NAME = r"[a-z0-9]+(?:[._-][a-z0-9]+)*"


NAME_SHAPE = StringShape(NAME, "bad-name", 64)
"""An id, a slug or a tag."""

CARD_ID_SHAPE = StringShape(f"(?:{NAME}/)?{NAME}", "bad-card-id", 129)
"""A card's id, with or without its deck's."""


_LINE = StringShape()


class NumberShape(NamedTuple):
    """A whole number from `least` to `most`."""

    least: int
    most: int

    def read(self, node: Node, at: Mark, report: Reporter) -> int:
        """Take a number written in ASCII digits."""
        text = _LINE.read(node, at, report)
        if not (re.fullmatch(r"[0-9]{1,9}", text) and self.fits(int(text))):
            raise refuse(
                report, node, at, "not-number", least=self.least, most=self.most
            )
        return int(text)

    def fits(self, number: int) -> bool:
        """Whether a number lies within the bounds."""
        return self.least <= number <= self.most

    def schema(self) -> Schema:
        """Describe the number."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def dump(self, value: int) -> Json:
        """Return the number."""
        return value

    def load(self, data: Json) -> int:
        """Return the number."""
        return int(data)


_LINES = re.compile(r"([1-9][0-9]{0,6})(?:-([1-9][0-9]{0,6}))?")


class LinesShape:
    """A range of lines such as `168-169`, or one line."""

    def read(self, node: Node, at: Mark, report: Reporter) -> tuple[int, int]:
        """Take the range, both ends included."""
        text = _LINE.read(node, at, report)
        found = _LINES.fullmatch(text)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if first > last:
            raise refuse(report, node, at, "bad-lines", value=text)
        return first, last

    def schema(self) -> Schema:
        """Describe the range."""
        range_ = {"type": "string", "pattern": "^[1-9][0-9]*(-[1-9][0-9]*)?$"}
        return {"anyOf": [range_, {"type": "integer", "minimum": 1}]}

    def dump(self, value: tuple[int, int]) -> Json:
        """Return it as written."""
        first, last = value
        return str(first) if first == last else f"{first}-{last}"

    def load(self, data: Json) -> tuple[int, int]:
        """Return both ends."""
        first, _, last = str(data).partition("-")
        return int(first), int(last or first)


@cache
def _members(words: type[E]) -> dict[str, E]:
    return {one.value: one for one in words}


class ChoiceShape(NamedTuple, Generic[E]):
    """One of a few words."""

    words: type[E]

    def read(self, node: Node, at: Mark, report: Reporter) -> E:
        """Take one of the words."""
        known: dict[str, E] = _members(self.words)
        if isinstance(node, str) and (found := known.get(node)) is not None:
            return found
        text = _LINE.read(node, at, report)
        near = nearest(text, list(known))
        key, more = (
            ("unknown-word-near", {"near": near})
            if near
            else ("unknown-word", {"known": ", ".join(known)})
        )
        raise refuse(report, node, at, key, word=text, **more)

    def schema(self) -> Schema:
        """List the words."""
        return {"enum": [one.value for one in self.words]}

    def dump(self, value: E) -> Json:
        """Return the word."""
        return value.value

    def load(self, data: Json) -> E:
        """Return the word's member."""
        return self.words(data)


_LANGUAGES = frozenset(language.value for language in Language)


def _report_languages(node: nodes.Mapping, at: Mark, report: Reporter) -> None:
    """Report a language that is none, or warn of one that is missing."""
    for name in node:
        if name not in _LANGUAGES:
            report(place_of(node.marks[name][0]), "unknown-language", name=name)
            raise UnreadableError
    if not node:
        raise refuse(report, node, at, "blank")
    for language in Language:
        if language not in node:
            report(place_of(at), "missing-language", Severity.WARNING, name=language)


class TextShape(NamedTuple):
    """A text: one string for all languages, or a mapping by language."""

    limit: int = 8000

    def read(self, node: Node, at: Mark, report: Reporter) -> Text:
        """Take the text; a missing language is a warning."""
        if isinstance(node, str):
            return Text.same(_line(node, at, self.limit, report))
        if not isinstance(node, nodes.Mapping):
            raise refuse(report, node, at, "not-a-text", found=is_a(node))
        if not node.is_sound:
            raise UnreadableError
        en, zh, marks = node.get("en"), node.get("zh"), node.marks
        if en is None or zh is None or len(node) > len(Language):
            _report_languages(node, at, report)
        if en is not None:
            en = _line(en, marks["en"][1], self.limit, report)
        if zh is not None:
            zh = _line(zh, marks["zh"][1], self.limit, report)
        return Text(en, zh)

    def schema(self) -> Schema:
        """Describe both ways to write it."""
        line = StringShape(limit=self.limit).schema()
        by_language = {
            "type": "object",
            "properties": {language.value: line for language in Language},
            "additionalProperties": False,
            "minProperties": 1,
        }
        return {"anyOf": [line, by_language]}

    def dump(self, value: Text) -> Json:
        """Return a string or a mapping, as an author would write it."""
        en, zh = value.en, value.zh
        if en == zh:
            return en
        if en is None:
            return {"zh": zh}
        return {"en": en} if zh is None else {"en": en, "zh": zh}

    def load(self, data: Json) -> Text:
        """Return the text."""
        if isinstance(data, str):
            return Text.same(data)
        return Text(data.get("en"), data.get("zh"))


class ListShape(NamedTuple, Generic[T]):
    """A list of values of one shape."""

    item: Shape[T]
    limit: int = 50
    least: int = 0

    def read(self, node: Node, at: Mark, report: Reporter) -> tuple[T, ...]:
        """Take the list."""
        if not isinstance(node, nodes.Sequence):
            raise refuse(report, node, at, "not-list", found=is_a(node))
        if len(node) > self.limit:
            count = {"count": len(node), "limit": self.limit}
            raise refuse(report, node, at, "too-many", **count)
        if len(node) < self.least:
            count = {"count": len(node), "least": self.least}
            raise refuse(report, node, at, "too-few", **count)
        read = self.item.read
        places = zip(node, node.marks, strict=True)
        return tuple([read(one, mark, report) for one, mark in places])

    def schema(self) -> Schema:
        """Describe the list."""
        counts = {"minItems": self.least, "maxItems": self.limit}
        return {"type": "array", "items": self.item.schema()} | counts

    def dump(self, value: tuple[T, ...]) -> Json:
        """Return a list."""
        return [self.item.dump(one) for one in value]

    def load(self, data: Json) -> tuple[T, ...]:
        """Return a tuple."""
        return tuple(self.item.load(one) for one in data)
