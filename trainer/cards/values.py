"""Values that differ from one time to the next, and where they stand in a card.

A marker is a name between two at signs, such as `@port@`. Shells, Docker's templates
and placeholders write nothing like it, and the at sign of an image's digest, of an
account or of an address stands alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from trainer.cards import node as nodes
from trainer.cards.node import Mark, Node
from trainer.cards.shapes import (
    Json,
    ListShape,
    Reporter,
    Schema,
    StringShape,
    UnreadableError,
    refuse,
)
from trainer.cards.shuffle import shuffled
from trainer.language.text import Text

T = TypeVar("T")

MOST_VARIABLES = 8
MOST_VALUES = 200
LONGEST_VALUE = 80
_LONGEST_NAME = 64

_NAME = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_MARKER = f"@({_NAME})@"
_RANGE = "(?:0|[1-9][0-9]{0,8})-(?:0|[1-9][0-9]{0,8})"
_FEWEST_TO_SHUFFLE_AGAIN = 3

Values = tuple[str, ...] | range
"""What a variable may be, the first one where a card is only looked at."""


class Variable(NamedTuple):
    """A name in a card, and the values of which one is drawn each time."""

    name: str
    values: Values

    @property
    def written(self) -> str:
        """All values, as one reads them."""
        if isinstance(self.values, range):
            return f"{self.values[0]}-{self.values[-1]}"
        return ", ".join(self.values)

    def drawn(self, seed: str, repetition: int) -> str:
        """Return the value of a repetition, which is not that of the one before.

        All values come before one comes again, each round in another order.
        """
        count = len(self.values)
        if count < _FEWEST_TO_SHUFFLE_AGAIN:
            return str(self.values[shuffled(count, seed)[repetition % count]])
        number, at = divmod(repetition, count)
        turn = list(shuffled(count, f"{seed}/{number}"))
        if number and turn[0] == shuffled(count, f"{seed}/{number - 1}")[-1]:
            turn[:2] = turn[1], turn[0]
        return str(self.values[turn[at]])


def first_values(variables: Iterable[Variable]) -> dict[str, str]:
    """Return what stands in a card that is not asked, but looked at."""
    return {one.name: str(one.values[0]) for one in variables}


def drawn_values(
    variables: Iterable[Variable], card: str, repetition: int
) -> dict[str, str]:
    """Return the values of a card's repetition, the same on every machine."""
    return {one.name: one.drawn(f"{card}/{one.name}", repetition) for one in variables}


def other_values(
    variables: tuple[Variable, ...],
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each value but the first ones, with the first ones of the other names."""
    first = first_values(variables)
    for one in variables:
        for value in one.values[1:]:
            yield one.name, first | {one.name: str(value)}


def filled(value: T, values: Mapping[str, str]) -> T:
    """Return what an author wrote with values in place of its markers.

    It is a text, a string, several of them, or anything without markers. An unknown
    marker stays.
    """
    filling: object
    match value:
        case str():
            filling = re.sub(
                _MARKER, lambda found: values.get(found[1], found[0]), value
            )
        case Text(en, zh):
            filling = Text(filled(en, values), filled(zh, values))
        case tuple():
            filling = tuple(filled(one, values) for one in value)
        case _:
            return value
    return filling  # type: ignore[return-value]


def markers(value: object) -> Iterator[str]:
    """Yield the names in the markers of what an author wrote."""
    match value:
        case str():
            yield from re.findall(_MARKER, value)
        case Text(en, zh):
            yield from (*markers(en), *markers(zh))
        case tuple():
            for one in value:
                yield from markers(one)
        case _:
            return


_ONE_LINE = rf"(?!.*@{_NAME}@)\S(?:[^\t\n\r]*\S)?"
"""A value: a line without a marker in it."""

_NAME_SHAPE = StringShape(_NAME, "bad-var-name", _LONGEST_NAME)
_LIST = ListShape(
    StringShape(_ONE_LINE, "bad-value", LONGEST_VALUE), limit=MOST_VALUES, least=1
)


class VariablesShape:
    """Variables by name, each with a list of values or a range of numbers."""

    def read(self, node: Node, at: Mark, report: Reporter) -> tuple[Variable, ...]:
        """Take the variables."""
        if not isinstance(node, nodes.Mapping):
            raise refuse(report, node, at, "bad-vars")
        if not node.is_sound:
            raise UnreadableError
        if not 1 <= len(node) <= MOST_VARIABLES:
            count = {"count": len(node), "limit": MOST_VARIABLES}
            raise refuse(report, node, at, "vars-count", **count)
        for name, (named, _) in node.marks.items():
            _NAME_SHAPE.read(name, named, report)
        return tuple(
            Variable(name, _values(values, node.marks[name][1], report))
            for name, values in node.items()
        )

    def schema(self) -> Schema:
        """Describe the mapping."""
        numbers = {"type": "string", "pattern": f"^{_RANGE}$"}
        return {
            "type": "object",
            "minProperties": 1,
            "maxProperties": MOST_VARIABLES,
            "propertyNames": {"pattern": f"^(?:{_NAME})$", "maxLength": _LONGEST_NAME},
            "additionalProperties": {
                "anyOf": [numbers, _LIST.schema() | {"uniqueItems": True}]
            },
        }

    def dump(self, value: tuple[Variable, ...]) -> Json:
        """Return the values by name, as an author would write them."""
        return {
            one.name: one.written if isinstance(one.values, range) else [*one.values]
            for one in value
        }

    def load(self, data: Json) -> tuple[Variable, ...]:
        """Return the variables."""
        return tuple(
            Variable(name, _range(values) if isinstance(values, str) else tuple(values))
            for name, values in data.items()
        )


def _values(node: Node, at: Mark, report: Reporter) -> Values:
    if isinstance(node, nodes.Sequence):
        read = _LIST.read(node, at, report)
        twins = (one for at, one in enumerate(read) if one in read[:at])
        if twin := next(twins, None):
            raise refuse(report, node, at, "same-value", value=twin)
        return read
    text = node if isinstance(node, str) else ""
    values = _range(text) if re.fullmatch(_RANGE, text) else ()
    if not values:
        raise refuse(report, node, at, "not-values")
    if len(values) > MOST_VALUES:
        count = {"count": len(values), "limit": MOST_VALUES}
        raise refuse(report, node, at, "too-many", **count)
    return values


def _range(written: str) -> range:
    first, _, last = written.partition("-")
    return range(int(first), int(last) + 1)
