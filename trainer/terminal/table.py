"""Plain tables whose columns fit Chinese and English alike. Starts fast."""

from collections.abc import Sequence


def table(rows: Sequence[Sequence[str]], numbers: frozenset[int]) -> list[str]:
    """Return rows as lines; the columns in `numbers` are set to the right."""
    widths = [max(map(columns, cells)) for cells in zip(*rows, strict=True)]
    return [
        "  ".join(
            _set(cell, width, right=index in numbers)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def columns(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import east_asian_width  # noqa: PLC0415 - often not needed

    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _set(cell: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - columns(cell))
    return blanks + cell if right else cell + blanks
