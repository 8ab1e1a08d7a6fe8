"""Standard input and output, whatever the program was started with. Starts fast."""

import os
import sys


def prepare_streams() -> None:
    """Make the standard streams usable.

    A character that the terminal's encoding lacks becomes a question mark. A stream
    that was closed, as under some schedulers, reads and writes nothing.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - open as long as the program
        else:
            stream.reconfigure(errors="replace")


def discard_output() -> None:
    """Send what is still to be printed nowhere: its reader is gone or it is full."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)
