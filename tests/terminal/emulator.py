"""A terminal for the tests: a process on a pseudo-terminal, and its screen."""

import os
import sys
import termios
from collections.abc import Callable, Sequence
from pathlib import Path
from signal import SIGKILL, Signals
from time import monotonic
from typing import Any

import pexpect
import pyte

ROOT = Path(__file__).parents[2]
PATIENCE = 20  # seconds, for a loaded machine


class Terminal:
    """A Python program in a terminal of a given size."""

    def __init__(
        self, columns: int, rows: int, arguments: Sequence[str], **environment: str
    ) -> None:
        """Start the program; `arguments` are those of the interpreter."""
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
            list(arguments),
            dimensions=(rows, columns),
            env=variables,
        )
        self._child.delaybeforesend = None
        self._child.ptyproc.delayafterclose = 0
        self._has_ended = False

    def text(self) -> str:
        """Return what is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait(self, holds: Callable[[str], bool], what: str) -> str:
        """Wait until something holds for the screen."""
        end = monotonic() + PATIENCE
        while not holds(self.text()):
            late = self._has_ended or monotonic() > end
            assert not late, f"no {what} on\n{self.text()}"
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

    def send_bytes(self, data: bytes) -> None:
        """Press keys whose bytes are in another encoding."""
        self._child.send(data)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size, as a window that is dragged."""
        self.screen.resize(rows, columns)
        self.screen.reset()
        self._child.setwinsize(rows, columns)

    def signal(self, number: Signals) -> None:
        """Send a signal from outside."""
        self._child.kill(number)

    def exit_code(self) -> int:
        """Wait until the program has ended."""
        self.wait(lambda _: self._has_ended, "end")
        code: int = self._child.wait()
        return code

    def echoes(self) -> bool:
        """Whether the terminal shows keys by itself and reads whole lines."""
        wanted = termios.ECHO | termios.ICANON | termios.ISIG
        modes: int = termios.tcgetattr(self._child.child_fd)[3]
        return modes & wanted == wanted

    def hang_up(self) -> int:
        """Close the window; return how the program ended."""
        self._child.ptyproc.fileobj.close()
        code: int = self._child.wait()
        return code

    def close(self) -> None:
        """End the program if it still runs."""
        self._child.kill(SIGKILL)
        self._child.wait()
        self._child.close()

    def _read(self) -> None:
        try:
            data = self._child.read_nonblocking(65536, timeout=0.05)
        except pexpect.TIMEOUT:
            return
        except pexpect.EOF:
            self._has_ended = True
            return
        self.raw += data
        self._stream.feed(data)
