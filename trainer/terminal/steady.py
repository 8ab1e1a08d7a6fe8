"""A terminal that shows whole changes and echoes nothing on its own."""

import os
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
        if self.is_held:
            return
        try:
            super().flush()
        except OSError:
            # the terminal is gone: what is still said goes nowhere
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())

    def release(self) -> None:
        """Hold nothing any longer; what waits goes out with the next flush."""
        self.is_held = False


def standard_output() -> SteadyOutput:
    """Return the terminal that standard output is."""

    def size() -> Size:
        columns, rows = 0, 0
        with suppress(OSError):  # the terminal may be gone
            columns, rows = os.get_terminal_size(sys.stdout.fileno())
        return Size(rows=rows or _USUAL_ROWS, columns=columns or _USUAL_COLUMNS)

    # it never asks where the cursor is: the reply could be taken for keys
    return SteadyOutput(sys.stdout, size, term=os.environ.get("TERM"), enable_cpr=False)


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
