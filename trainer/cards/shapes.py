"""What a field of a deck file may hold: read, described as JSON Schema, stored.

Each shape is said once and serves four ways: `read` takes it from the author's
file with problems at their places, `schema` describes it to editors, `dump` and
`load` carry it to JSON and back.
"""

import re
from dataclasses import MISSING, Field, field, fields
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar, cast

from trainer.cards import node as nodes
from trainer.cards.node import Node
from trainer.cards.problem import Place, Severity
from trainer.language.clean import is_blank
from trainer.language.nearest import nearest
from trainer.language.text import Language, Message, Text, message

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Json = Any  # mypy has no useful recursive alias for parsed JSON
Schema = dict[str, Any]

MOST_UNKNOWN = 20
"""So many unknown fields of one mapping are reported."""


class UnreadableError(Exception):
    """A value could not be read; why has been reported."""


class Reporter(Protocol):
    """Takes problems of one file."""

    def __call__(
        self, place: Place, key: str, severity: Severity = ..., /, **values: object
    ) -> None:
        """Report the problem `problems.<key>` at a place."""
        ...


class Shape(Protocol[T]):
    """One kind of value."""

    def read(self, node: Node, report: Reporter) -> T:
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


def refuse(report: Reporter, node: Node, key: str, **values: object) -> UnreadableError:
    """Report a problem at a node and return the exception to raise."""
    if not isinstance(node, nodes.Refused):
        report(node.place, key, **values)
    return UnreadableError(key)


def _is_a(node: Node) -> Message:
    return message(f"problems.is-{type(node).__name__.lower()}")


_compiled = cache(re.compile)


def _line(node: Node, limit: int, report: Reporter) -> str:
    """Take a string that is not blank and not too long."""
    if not isinstance(node, nodes.Scalar):
        raise refuse(report, node, "not-text", found=_is_a(node))
    text = node.value
    if is_blank(text):
        raise refuse(report, node, "blank")
    if len(text) > limit:
        raise refuse(report, node, "too-long", length=len(text), limit=limit)
    return text


class StringShape(NamedTuple):
    """A string on its own, such as an id, a command or a tag."""

    pattern: str | None = None
    must: str = ""  # key of `problems.` that explains the pattern
    limit: int = 1000

    def read(self, node: Node, report: Reporter) -> str:
        """Take a string that is not blank, not too long and fits the pattern."""
        text = _line(node, self.limit, report)
        if self.pattern and not _compiled(self.pattern).fullmatch(text):
            raise refuse(report, node, self.must, value=text)
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


class NumberShape(NamedTuple):
    """A whole number from `least` to `most`."""

    least: int
    most: int

    def read(self, node: Node, report: Reporter) -> int:
        """Take a number written in ASCII digits."""
        text = StringShape().read(node, report)
        if not (re.fullmatch(r"[0-9]{1,9}", text) and self.fits(int(text))):
            raise refuse(report, node, "not-number", least=self.least, most=self.most)
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


class LinesShape:
    """A range of lines such as `168-169`, or one line."""

    def read(self, node: Node, report: Reporter) -> tuple[int, int]:
        """Take the range, both ends included."""
        text = StringShape().read(node, report)
        found = re.fullmatch(r"([1-9][0-9]{0,6})(?:-([1-9][0-9]{0,6}))?", text)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if first > last:
            raise refuse(report, node, "bad-lines", value=text)
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

    def read(self, node: Node, report: Reporter) -> E:
        """Take one of the words."""
        text = StringShape().read(node, report)
        found: E | None = _members(self.words).get(text)
        if found is None:
            known = list(_members(self.words))
            near = nearest(text, known)
            key, more = (
                ("unknown-word-near", {"near": near})
                if near
                else ("unknown-word", {"known": ", ".join(known)})
            )
            raise refuse(report, node, key, word=text, **more)
        return found

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


class TextShape(NamedTuple):
    """A text: one string for all languages, or a mapping by language."""

    limit: int = 8000

    def read(self, node: Node, report: Reporter) -> Text:
        """Take the text; a missing language is a warning."""
        if isinstance(node, nodes.Scalar):
            return Text.same(_line(node, self.limit, report))
        if not isinstance(node, nodes.Mapping):
            raise refuse(report, node, "not-a-text", found=_is_a(node))
        if not node.is_sound:
            raise UnreadableError
        read = {}
        for name, value in node.entries.items():
            if name not in _LANGUAGES:
                report(node.place_of(name), "unknown-language", name=name)
                raise UnreadableError
            read[name] = _line(value, self.limit, report)
        if len(read) == len(_LANGUAGES):
            return Text(**read)
        return self._complete(node, read, report)

    @staticmethod
    def _complete(node: nodes.Mapping, read: dict[str, str], report: Reporter) -> Text:
        text = Text(read.get("en"), read.get("zh"))
        missing = text.missing()
        if len(missing) == len(Language):
            raise refuse(report, node, "blank")
        for language in missing:
            report(node.place, "missing-language", Severity.WARNING, name=language)
        return text

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

    def read(self, node: Node, report: Reporter) -> tuple[T, ...]:
        """Take the list."""
        if not isinstance(node, nodes.Sequence):
            raise refuse(report, node, "not-list", found=_is_a(node))
        if len(node.items) > self.limit:
            raise refuse(
                report, node, "too-many", count=len(node.items), limit=self.limit
            )
        if len(node.items) < self.least:
            raise refuse(
                report, node, "too-few", count=len(node.items), least=self.least
            )
        return tuple(self.item.read(one, report) for one in node.items)

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


class Record(Protocol):
    """A dataclass whose fields are made by `author`."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


R = TypeVar("R", bound=Record)


def author(shape: Shape[Any], doc: str, **default: object) -> Any:  # noqa: ANN401 - stands for the field's own type, as dataclasses.field does
    """Declare a dataclass field that an author fills in.

    `doc` is shown by editors. Without `default` the field is required.
    """
    return field(metadata={"shape": shape, "doc": doc}, **cast("Any", default))


class AuthorField(NamedTuple):
    """One field of a record as authors see it."""

    name: str
    shape: Shape[Any]
    doc: str
    default: object
    required: bool


@cache
def author_fields(record: Any) -> tuple[AuthorField, ...]:  # noqa: ANN401 - a class of any record
    """Return the fields of a record that authors fill in."""
    return tuple(
        _author_field(one) for one in fields(record) if "shape" in one.metadata
    )


def _author_field(one: Field[Any]) -> AuthorField:
    required = one.default is MISSING
    default = None if required else one.default
    return AuthorField(
        one.name, one.metadata["shape"], one.metadata["doc"], default, required
    )


def read_fields(
    wanted: tuple[AuthorField, ...], node: Node, report: Reporter
) -> dict[str, Any]:
    """Take all wanted fields from a mapping, reporting all problems before raising."""
    if not isinstance(node, nodes.Mapping):
        raise refuse(report, node, "not-mapping", found=_is_a(node))
    read, sound = collect_fields(wanted, node, report)
    if not sound:
        raise UnreadableError
    return read


def collect_fields(
    wanted: tuple[AuthorField, ...],
    node: nodes.Mapping,
    report: Reporter,
    also: tuple[str, ...] = (),
) -> tuple[dict[str, Any], bool]:
    """Take the wanted fields that can be read, and say whether all was sound.

    Fields named in `also` may stand in the mapping and are left to the caller.
    """
    entries = node.entries
    known = [*[one.name for one in wanted], *also]
    unknown = not entries.keys() <= set(known)
    if unknown:
        _report_unknown(report, node, known)
    read: dict[str, Any] = {}
    sound = node.is_sound and not unknown
    for one in wanted:
        name = one.name
        value = entries.get(name)
        if value is None and not one.required:
            read[name] = one.default
            continue
        try:
            read[name] = one.shape.read(value or _missing(one, node, report), report)
        except UnreadableError:
            sound = False
    return read, sound


def _report_unknown(report: Reporter, node: nodes.Mapping, known: list[str]) -> None:
    unknown = [name for name in node.entries if name not in known]
    for name in unknown[:MOST_UNKNOWN]:
        _report_unknown_field(report, node.place_of(name), name, known)


def _report_unknown_field(
    report: Reporter, place: Place, name: str, known: list[str]
) -> None:
    near = nearest(name, known)
    if near:
        report(place, "unknown-field-near", name=name, near=near)
    else:
        report(place, "unknown-field", name=name, known=", ".join(known))


def _missing(one: AuthorField, node: nodes.Mapping, report: Reporter) -> Node:
    raise refuse(report, node, "missing-field", name=one.name)


def fields_schema(wanted: tuple[AuthorField, ...]) -> Schema:
    """Describe a mapping with these fields."""
    return {
        "type": "object",
        "properties": {
            one.name: {"description": one.doc} | one.shape.schema() for one in wanted
        },
        "required": [one.name for one in wanted if one.required],
        "additionalProperties": False,
    }


def dump_fields(record: Record) -> dict[str, Json]:
    """Turn a record's author fields into JSON, leaving out defaults."""
    return {
        one.name: one.shape.dump(value)
        for one in author_fields(type(record))
        if (value := getattr(record, one.name)) is not one.default
        and (value != one.default or one.required)
    }


def load_fields(wanted: tuple[AuthorField, ...], data: Json) -> dict[str, Any]:
    """Turn what `dump_fields` made back into values."""
    return {
        one.name: one.shape.load(data[one.name]) if one.name in data else one.default
        for one in wanted
    }


class RecordShape(NamedTuple, Generic[R]):
    """A mapping with named fields, held as a dataclass."""

    record: type[R]

    def read(self, node: Node, report: Reporter) -> R:
        """Take the mapping."""
        return self.record(**read_fields(author_fields(self.record), node, report))

    def schema(self) -> Schema:
        """Describe the mapping."""
        return fields_schema(author_fields(self.record))

    def dump(self, value: R) -> Json:
        """Return a mapping."""
        return dump_fields(value)

    def load(self, data: Json) -> R:
        """Return the record."""
        return self.record(**load_fields(author_fields(self.record), data))
