"""Lines of styled text: what pages are made of."""

import re
from collections.abc import Iterator, Sequence

from trainer.language.clean import clean
from trainer.language.width import text_width
from trainer.terminal.wrap import Slice, wrap_slices

Fragment = tuple[str, str]
"""A style's name and a text, the form in which prompt_toolkit takes them."""

Line = tuple[Fragment, ...]

BLANK: Line = ()

COLUMNS_FOR_LABELS = 50
"""From this width on there is room for a column of labels."""

_BULLET = "- "
_CODE = re.compile(r"`[^`\n]+`")


def shown(text: str) -> str:
    """Return a text of a deck or a learner as it may reach the screen."""
    return clean(text.replace("\t", "    "))


def paragraph(text: str, width: int, style: str = "") -> list[Line]:
    """Wrap a text; code between backquotes stands out."""
    text = shown(text)
    code = [match.span() for match in _CODE.finditer(text)]
    return [
        tuple(_fragments(text, part, code, style)) for part in wrap_slices(text, width)
    ]


def item_or_paragraph(text: str, width: int) -> list[Line]:
    """Wrap a text; an item of a list goes on below its first word."""
    if not text.startswith(_BULLET):
        return paragraph(text, width)
    first, *others = paragraph(text, width - len(_BULLET))
    return [first, *indented(others, len(_BULLET))]


def labelled(label: str, lines: Sequence[Line], column: int) -> list[Line]:
    """Put a label before the first line and indent all lines to a column."""
    gap = " " * (column - text_width(label))
    first: Line = (("class:label", label), ("", gap), *lines[0])
    return [first, *indented(lines[1:], column)]


def run_in(label: str, text: str, width: int, style: str) -> list[Line]:
    """Put a label and a text into one paragraph whose further lines are indented."""
    first, *others = paragraph(f"{label}  {text}", width - 2, style)
    rest = first[0][1].removeprefix(label)
    return [
        (("class:label", label), (style, rest), *first[1:]),
        *indented(others, 2),
    ]


def field(label: str, text: str, style: str, column: int, width: int) -> list[Line]:
    """Put a text beside its label; where that is too narrow, behind it."""
    if width < COLUMNS_FOR_LABELS:
        return run_in(label, text, width, style)
    return labelled(label, paragraph(text, width - column, style), column)


def indented(lines: Sequence[Line], columns: int) -> list[Line]:
    """Move lines to the right."""
    return [(("", " " * columns), *line) for line in lines]


def line_width(line: Line) -> int:
    """Return how many columns a line takes."""
    return sum(text_width(text) for _, text in line)


def plain(line: Line) -> str:
    """Return a line without its styles."""
    return "".join(text for _, text in line)


def _fragments(
    text: str, part: Slice, code: Sequence[Slice], style: str
) -> Iterator[Fragment]:
    at, end = part
    for start, stop in code:
        if stop <= at or start >= end:
            continue
        if start > at:
            yield style, text[at:start]
        begin, at = max(at, start), min(stop, end)
        yield f"{style} class:code".strip(), text[begin:at]
    if at < end:
        yield style, text[at:end]
