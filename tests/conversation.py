"""A review or a quiz in line mode, answered as its questions come."""

import subprocess
import sys
from threading import Timer
from types import TracebackType
from typing import Self

from tests.program import Program

PATIENCE = 60
"""After so many seconds it is taken for one that waits for another answer."""


class Conversation:
    """A running `trainer review`, or another command, at the other end of a pipe."""

    def __init__(self, program: Program, *words: str, command: str = "review") -> None:
        """Start it; it is ended on leaving the block."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "trainer", command, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=program.environment,
            cwd=program.home.parent,
            bufsize=0,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.communicate()

    def question(self) -> str | None:
        """Return the next question, or nothing when there is none."""
        line = self.told("Question: ")
        return line and line.removeprefix("Question: ")

    def say(self, line: str) -> None:
        """Answer with a line."""
        assert self.process.stdin
        self.process.stdin.write(line.encode() + b"\n")

    def acknowledged(self) -> str | None:
        """Return the line that says that the answer is on disk."""
        return self.told("→")

    def leave(self) -> int:
        """End the input; return the exit code."""
        _, errors = self.process.communicate(timeout=PATIENCE)
        assert b"Traceback" not in errors, errors.decode()
        return self.process.returncode

    def told(self, part: str) -> str | None:
        """Return the next line with a text in it."""
        assert self.process.stdout
        end = Timer(PATIENCE, self.process.kill)
        end.start()
        try:
            for line in iter(self.process.stdout.readline, b""):
                if part in line.decode():
                    return line.decode().rstrip("\n")
        finally:
            end.cancel()
        return None
