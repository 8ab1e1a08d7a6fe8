"""Anki's templates: which fields stand on which side of a card."""

import re
from collections.abc import Mapping

ANSWER_RULE = re.compile(
    r"<hr\s[^<>]{0,99}?id\s{0,9}=\s{0,9}[\"']?answer\b[^<>]{0,99}>", re.IGNORECASE
)
"""What parts the answer from the question repeated above it."""

_TAG = re.compile(r"\{\{([#^/]?)([^{}]{0,200})\}\}")
_TYPED = re.compile(r"\{\{type:([^{}]{1,200})\}\}")
_CLOZE = re.compile(r"\{\{c(\d{1,3})::", re.IGNORECASE)
_PIECES = re.compile(r"(\{\{[cC]\d{1,3}::|\}\})")
_SPECIAL = frozenset(
    ("FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag")
)
_DEEPEST = 20
_LONGEST = 200_000
PLACE = "\x02"
"""Stands for a blank."""


def rendered(template: str, fields: Mapping[str, str]) -> str:
    """Return a side of a card: fields put in, sections kept or left out.

    Filters such as `text:` are ignored, boxes to type into are empty. A side that a
    template makes longer than any field is cut off.
    """
    parts: list[str] = []
    length = 0
    hidden: list[bool] = []
    at = 0
    for tag in _TAG.finditer(template):
        if not any(hidden):
            parts.append(template[at : tag.start()])
        at = tag.end()
        sign, name = tag[1], tag[2].strip()
        if sign == "/":
            del hidden[-1:]
        elif sign:
            is_empty = not fields.get(name, "").strip()
            hidden.append(is_empty == (sign == "#"))
        elif not any(hidden) and length < _LONGEST:
            parts.append(_value(name, fields))
            length += len(parts[-1])
    if not any(hidden):
        parts.append(template[at:])
    return "".join(parts)


def _value(name: str, fields: Mapping[str, str]) -> str:
    *filters, field = (part.strip() for part in name.split(":"))
    is_left_out = field in _SPECIAL and field not in fields
    return "" if is_left_out or "type" in filters else fields.get(field, "")


def typed_field(template: str) -> str | None:
    """Return the field whose text is to be typed, if there is one."""
    found = _TYPED.search(template)
    return found[1].rpartition(":")[2].strip() if found else None


def with_places(text: str, number: int) -> tuple[str, list[tuple[str, str]]]:
    """Return a text with a `PLACE` for each blank of one card, and blanks with hints.

    What other cards leave blank is filled in.
    """
    said = [""]
    numbers: list[int] = []
    blanks: list[tuple[str, str]] = []
    for piece in _PIECES.split(text.replace(PLACE, "")):
        if (found := _CLOZE.fullmatch(piece)) and len(numbers) < _DEEPEST:
            numbers.append(int(found[1]))
            said.append("")
        elif piece == "}}" and numbers:
            answer, _, hint = said.pop().partition("::")
            own = numbers.pop() == number and number not in numbers
            if own:
                blanks.append((answer, hint))
            said[-1] += PLACE if own else answer
        else:
            said[-1] += piece
    return "".join(said), blanks
