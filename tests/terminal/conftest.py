"""Terminals for the tests of the review screen."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.terminal.emulator import Terminal

PROGRAM = Path(__file__).with_name("sitting.py")
Start = Callable[..., Terminal]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start sittings in terminals of given sizes; all are ended with the test."""
    with ExitStack() as opened:

        def begin(
            *arguments: str, columns: int = 80, rows: int = 24, **environment: str
        ) -> Terminal:
            program = [str(PROGRAM), *arguments]
            terminal = Terminal(columns, rows, program, **environment)
            opened.callback(terminal.close)
            return terminal

        yield begin
