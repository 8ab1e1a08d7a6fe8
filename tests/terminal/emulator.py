"""A terminal for the tests: a process on a pseudo-terminal, and its screen."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from signal import SIGINT
from time import monotonic
from typing import Any

import pexpect
import pyte

PROGRAM = Path(__file__).with_name("sitting.py")
ROOT = PROGRAM.parents[2]
PATIENCE = 20  # seconds, for a loaded machine


class Terminal:
    """A sitting in a terminal of a given size."""

    def __init__(
        self, columns: int, rows: int, *arguments: str, **environment: str
    ) -> None:
        """Start the sitting."""
        variables = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            **environment,
        }
        self.screen: Any = pyte.Screen(columns, rows)
        self.raw = b""
        self._stream: Any = pyte.ByteStream(self.screen)
        self._child: Any = pexpect.spawn(
            sys.executable,
            [str(PROGRAM), *arguments],
            dimensions=(rows, columns),
            env=variables,
        )
        self._child.delaybeforesend = None

    def text(self) -> str:
        """Return what is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait(self, holds: Callable[[str], bool], what: str) -> str:
        """Wait until something holds for the screen."""
        end = monotonic() + PATIENCE
        while not holds(self.text()):
            assert monotonic() < end, f"no {what} on\n{self.text()}"
            self._read()
        return self.text()

    def see(self, *parts: str) -> str:
        """Wait until the screen shows all of some texts, blanks aside."""
        wanted = ["".join(part.split()) for part in parts]
        return self.wait(
            lambda text: all(part in "".join(text.split()) for part in wanted),
            repr(parts),
        )

    def send(self, keys: str) -> None:
        """Press keys."""
        self._child.send(keys)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size, as a window that is dragged."""
        self.screen.resize(rows, columns)
        self.screen.reset()
        self._child.setwinsize(rows, columns)

    def interrupt(self) -> None:
        """Send the signal of Ctrl-C from outside."""
        self._child.kill(SIGINT)

    def close(self) -> None:
        """End the process if it still runs."""
        self._child.close(force=True)

    def _read(self) -> None:
        try:
            data = self._child.read_nonblocking(65536, timeout=0.05)
        except pexpect.TIMEOUT:
            return
        except pexpect.EOF:
            return
        self.raw += data
        self._stream.feed(data)
