"""A terminal that shows whole changes and echoes nothing on its own."""

import os
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from prompt_toolkit.data_structures import Size
from prompt_toolkit.output.vt100 import Vt100_Output

_USUAL_COLUMNS, _USUAL_ROWS = 80, 24


class SteadyOutput(Vt100_Output):
    """An output whose changes can be held back until the next page is ready.

    The end of one prompt, a log line and the next prompt so reach the terminal in
    one write: nothing flickers.
    """

    is_held = False

    def flush(self) -> None:
        """Write out what waits, unless it is held."""
        if not self.is_held:
            super().flush()

    def release(self) -> None:
        """Hold nothing any longer; what waits goes out with the next flush."""
        self.is_held = False


def standard_output() -> SteadyOutput:
    """Return the terminal that standard output is."""

    def size() -> Size:
        columns, rows = os.get_terminal_size(sys.stdout.fileno())
        return Size(rows=rows or _USUAL_ROWS, columns=columns or _USUAL_COLUMNS)

    # it never asks where the cursor is: the reply could be taken for keys
    return SteadyOutput(sys.stdout, size, term=os.environ.get("TERM"), enable_cpr=False)


@contextmanager
def keys_kept(stream: TextIO) -> Iterator[None]:
    """Let keys wait unseen for the next prompt, Ctrl-C among them."""
    if not stream.isatty():
        yield
        return
    before = termios.tcgetattr(stream)
    quiet = termios.tcgetattr(stream)
    quiet[0] &= ~termios.ICRNL
    quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG)
    termios.tcsetattr(stream, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(stream, termios.TCSANOW, before)
