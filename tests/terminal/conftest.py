"""Terminals for the tests of the review screen."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.terminal.emulator import Terminal

Start = Callable[..., Terminal]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start sittings in terminals of given sizes; all are ended with the test."""
    with ExitStack() as opened:

        def begin(
            *arguments: str, columns: int = 80, rows: int = 24, **environment: str
        ) -> Terminal:
            terminal = Terminal(columns, rows, *arguments, **environment)
            opened.callback(terminal.close)
            return terminal

        yield begin
