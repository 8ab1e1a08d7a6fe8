"""A terminal that shows whole changes."""

import os
import sys

from prompt_toolkit.data_structures import Size
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output

from trainer.terminal.tty import may_color, terminal_size


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
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, self.fileno())
            os.close(null)

    def release(self) -> None:
        """Hold nothing any longer; what waits goes out with the next flush."""
        self.is_held = False


def color_depth(*, color: bool) -> ColorDepth:
    """Return what colours to draw in: the sixteen that a learner's terminal chooses."""
    drawn = may_color(color=color)
    return ColorDepth.DEPTH_4_BIT if drawn else ColorDepth.DEPTH_1_BIT


def standard_output(lead: str = "") -> SteadyOutput:
    """Return the terminal that standard output is; `lead` goes before all else."""

    def size() -> Size:
        columns, rows = terminal_size(sys.stdout)
        return Size(rows=rows, columns=columns)

    # it never asks where the cursor is: the reply could be taken for keys
    term = os.environ.get("TERM")
    output = SteadyOutput(sys.stdout, size, term=term, enable_cpr=False)
    output.write_raw(lead)
    output.is_held = bool(lead)
    return output
