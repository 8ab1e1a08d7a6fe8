"""The terminal between prompts: nothing echoed, nothing lost, all put back."""

import io
import os
import pty
import termios
from collections.abc import Iterator
from typing import TextIO

import pytest
from prompt_toolkit.data_structures import Size

from trainer.terminal.steady import SteadyOutput
from trainer.terminal.tty import keys_kept


class Crash(Exception):  # noqa: N818 - any exception
    """Something unforeseen."""


@pytest.fixture
def line() -> Iterator[TextIO]:
    """Open a pseudo-terminal and give the end that a program holds."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "r") as stream:
        yield stream
    os.close(ours)


def flags(stream: TextIO) -> int:
    modes: int = termios.tcgetattr(stream)[3]
    return modes


def test_keys_are_not_echoed_while_they_wait(line: TextIO) -> None:
    with keys_kept(line):
        assert not flags(line) & (termios.ECHO | termios.ICANON | termios.ISIG)
        # nor does Ctrl-S stop the output, or Ctrl-V take the next key
        assert not flags(line) & termios.IEXTEN
        assert not termios.tcgetattr(line)[0] & (termios.IXON | termios.ICRNL)


def test_the_terminal_is_put_back_even_after_a_crash(line: TextIO) -> None:
    before = termios.tcgetattr(line)
    with pytest.raises(Crash), keys_kept(line):
        raise Crash
    assert termios.tcgetattr(line) == before


def test_what_is_no_terminal_is_left_alone() -> None:
    with keys_kept(io.StringIO()):
        pass


def test_held_output_comes_out_in_one_piece() -> None:
    stream = io.StringIO()
    output = SteadyOutput(stream, lambda: Size(24, 80))
    output.is_held = True
    output.write("a")
    output.flush()
    assert stream.getvalue() == ""
    output.release()
    output.write("b")
    output.flush()
    assert stream.getvalue() == "ab"
