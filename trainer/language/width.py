"""How many columns a text takes on a screen."""

from functools import lru_cache

from wcwidth import wcwidth


@lru_cache(maxsize=8192)
def char_width(char: str) -> int:
    """Return how many columns a character takes; what is never drawn takes none."""
    return max(0, wcwidth(char))


def text_width(text: str) -> int:
    """Return how many columns a text takes."""
    return len(text) if text.isascii() else sum(map(char_width, text))
