"""How many columns a text takes on a screen."""

from functools import lru_cache

_COMMON = (
    (0x20, 0x7E, 1),
    (0xA1, 0xAC, 1),
    (0xAE, 0xFF, 1),
    (0x2010, 0x2027, 1),
    (0x2190, 0x21FF, 1),
    (0x2500, 0x25FC, 1),
    (0x2713, 0x2718, 1),
    (0x3000, 0x3029, 2),
    (0x4E00, 0x9FFF, 2),
    (0xFF01, 0xFF60, 2),
)
"""Ranges of characters that all take so many columns: for them wcwidth, which costs an
interpreter start, is not loaded."""


@lru_cache(maxsize=8192)
def char_width(char: str) -> int:
    """Return how many columns a character takes; what is never drawn takes none."""
    for first, last, columns in _COMMON:
        if first <= ord(char) <= last:
            return columns
    from wcwidth import wcwidth  # noqa: PLC0415 - as above

    return max(0, wcwidth(char))


def text_width(text: str) -> int:
    """Return how many columns a text takes."""
    return len(text) if text.isascii() else sum(map(char_width, text))
