"""How wide commands print what they leave on the terminal, or in a pipe."""

import sys
from shutil import get_terminal_size

_UNLIMITED = 10_000


def page_columns(least: int, most: int) -> int:
    """Return how wide to print a page: as the terminal is, within limits."""
    return min(most, max(least, get_terminal_size().columns))


def table_columns() -> int:
    """Return how wide to print a table: where no terminal shows it, nothing is cut."""
    return get_terminal_size().columns if sys.stdout.isatty() else _UNLIMITED
