"""The first question, drawn before the screen is loaded, which takes a while.

It is what the screen draws in its place, to the character: the same page, cut alike.
"""

from collections.abc import Iterable
from typing import NamedTuple

from trainer.terminal.asked import Asked
from trainer.terminal.line import Line
from trainer.terminal.look import Look
from trainer.terminal.page import Seen, input_sign
from trainer.terminal.scroll import cut_page
from trainer.terminal.styles import STYLES

_CODES = {
    "bold": "1",
    "dim": "2",
    "underline": "4",
    "ansired": "31",
    "ansigreen": "32",
    "ansiyellow": "33",
    "ansiblue": "34",
    "ansicyan": "36",
}
_ATTRIBUTES = frozenset({"bold", "dim", "underline"})

_BEGIN = "\x1b[?2004h\x1b[?7l"  # pasted text comes in brackets; no line is folded
_FOLD = "\x1b[?7h"
_HIDE_CURSOR = "\x1b[?25l"
_NEW_LINE = "\r\n"


class Opening(NamedTuple):
    """What draws a page, and what leads back to where it begins."""

    page: str
    back: str


def opening(asked: Asked, look: Look, *, color: bool) -> Opening:
    """Draw a question for a terminal's size, ready for an answer to be typed."""
    is_typed = asked.prompt.input.is_typed
    page = asked.lay_out(look, Seen())
    cut = cut_page(page, look, page.start, input_rows=int(is_typed))
    sign: Line = (("class:prompt", input_sign(asked.prompt.input)),)
    typed = [sign] if is_typed else []
    lines = [drawn(line, color=color) for line in (*cut.above, *typed, *cut.below)]
    row = len(cut.above) if is_typed else len(lines) - 1
    cursor = _rows("A", len(lines) - 1 - row) + "\r"
    cursor += drawn(sign, color=color) if is_typed else _HIDE_CURSOR
    text = f"{_BEGIN}{_NEW_LINE.join(lines)}{_FOLD}{cursor}"
    return Opening(text, "\r" + _rows("A", row))


def drawn(line: Line, *, color: bool) -> str:
    """Return a line with the codes that a terminal draws its styles by."""
    return "".join(_drawn(text, _codes(style, color=color)) for style, text in line)


def _drawn(text: str, codes: Iterable[str]) -> str:
    on = ";".join(codes)
    return f"\x1b[{on}m{text}\x1b[0m" if on else text


def _codes(style: str, *, color: bool) -> list[str]:
    """Return the codes of a style: all of its attributes, the last of its colours."""
    names = " ".join(STYLES[name.removeprefix("class:")] for name in style.split())
    words = names.split()
    attributes = sorted(_ATTRIBUTES.intersection(words))
    colors = [word for word in words if word not in _ATTRIBUTES]
    return [_CODES[name] for name in (*attributes, *(colors[-1:] if color else ()))]


def _rows(direction: str, count: int) -> str:
    return f"\x1b[{count}{direction}" if count else ""
