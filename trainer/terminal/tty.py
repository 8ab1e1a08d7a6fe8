"""The terminal itself: how large it is, and that it echoes nothing on its own."""

import os
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

_USUAL_COLUMNS, _USUAL_ROWS = 80, 24


def terminal_size(stream: TextIO) -> tuple[int, int]:
    """Return how many columns and rows there are."""
    columns, rows = 0, 0
    with suppress(OSError):  # the terminal may be gone
        columns, rows = os.get_terminal_size(stream.fileno())
    return columns or _USUAL_COLUMNS, rows or _USUAL_ROWS


def may_color(*, color: bool) -> bool:
    """Whether to draw in colour if one would; see no-color.org."""
    return color and not os.environ.get("NO_COLOR")


@contextmanager
def keys_kept(stream: TextIO) -> Iterator[None]:
    """Let keys wait unseen for the next prompt, Ctrl-C and Ctrl-S among them."""
    if not stream.isatty():
        yield
        return
    before = termios.tcgetattr(stream)
    quiet = termios.tcgetattr(stream)
    quiet[0] &= ~(termios.ICRNL | termios.IXON)
    quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
    termios.tcsetattr(stream, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        with suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(stream, termios.TCSANOW, before)
