"""Standard input and output, whatever the program was started with. Starts fast."""

import os
import sys


def prepare_streams() -> None:
    """Make the standard streams usable.

    A character that the terminal's encoding lacks becomes a question mark. A stream
    that was closed, as under some schedulers, reads and writes nothing. No terminal
    has an encoding in which ASCII is not ASCII.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - open as long as the program
        else:
            is_ascii = "a".encode(stream.encoding) == b"a"
            encoding = stream.encoding if is_ascii else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def finish(name: str) -> None:
    """Write out what a stream still holds, or nowhere where that cannot be."""
    try:
        getattr(sys, name).flush()
    except OSError:
        discard(name)


def discard(name: str) -> None:
    """Send what a stream still holds nowhere: its reader is gone or it is full."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, getattr(sys, name).fileno())
    os.close(null)
