"""Records whose fields authors fill in: declared once, read, described and stored.

A field is made by `author` from a shape. The fields of a record, or of several
together, are read from a mapping with problems at their places.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, field, fields
from functools import cache
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar, cast

from trainer.cards import node as nodes
from trainer.cards.node import Mark, Node, place_of
from trainer.cards.shapes import (
    Json,
    Reporter,
    Schema,
    Shape,
    UnreadableError,
    is_a,
    refuse,
)
from trainer.language.nearest import nearest

MOST_UNKNOWN = 20
"""So many unknown fields of one mapping are reported."""


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


class FieldTable(NamedTuple):
    """Fields as a reader wants them: by name, and what stands for those left out."""

    readers: dict[str, Callable[[Node, Mark, Reporter], Any]]
    defaults: dict[str, object]
    required: tuple[str, ...]


def field_table(wanted: tuple[AuthorField, ...]) -> FieldTable:
    """Prepare fields for reading."""
    return FieldTable(
        {one.name: one.shape.read for one in wanted},
        {one.name: one.default for one in wanted if not one.required},
        tuple(one.name for one in wanted if one.required),
    )


@cache
def _record_table(record: type[Record]) -> FieldTable:
    return field_table(author_fields(record))


def read_fields(
    wanted: FieldTable, node: Node, at: Mark, report: Reporter
) -> dict[str, Any]:
    """Take all wanted fields from a mapping, reporting all problems before raising."""
    if not isinstance(node, nodes.Mapping):
        raise refuse(report, node, at, "not-mapping", found=is_a(node))
    read, sound = collect_fields(wanted, node, at, report)
    if not sound:
        raise UnreadableError
    return read


def collect_fields(
    wanted: FieldTable,
    node: nodes.Mapping,
    at: Mark,
    report: Reporter,
    also: tuple[str, ...] = (),
) -> tuple[dict[str, Any], bool]:
    """Take the wanted fields that can be read, and say whether all was sound.

    Fields named in `also` may stand in the mapping and are left to the caller.
    """
    read = wanted.defaults.copy()
    sound, readers, marks = node.is_sound, wanted.readers, node.marks
    unknown = []
    for name, value in node.items():
        if name in readers:
            try:
                read[name] = readers[name](value, marks[name][1], report)
            except UnreadableError:
                sound = False
        elif name not in also:
            unknown.append(name)
    if unknown:
        _report_unknown(report, node, unknown, [*readers, *also])
        sound = False
    for name in wanted.required:
        if name not in node:
            report(place_of(at), "missing-field", name=name)
            sound = False
    return read, sound


def _report_unknown(
    report: Reporter, node: nodes.Mapping, unknown: list[str], known: list[str]
) -> None:
    for name in () if report.is_full else unknown[:MOST_UNKNOWN]:
        place = place_of(node.marks[name][0])
        if near := nearest(name, known):
            report(place, "unknown-field-near", name=name, near=near)
        else:
            report(place, "unknown-field", name=name, known=", ".join(known))


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

    def read(self, node: Node, at: Mark, report: Reporter) -> R:
        """Take the mapping."""
        return self.record(**read_fields(_record_table(self.record), node, at, report))

    def schema(self) -> Schema:
        """Describe the mapping."""
        return fields_schema(author_fields(self.record))

    def dump(self, value: R) -> Json:
        """Return a mapping."""
        return dump_fields(value)

    def load(self, data: Json) -> R:
        """Return the record."""
        return self.record(**load_fields(author_fields(self.record), data))
