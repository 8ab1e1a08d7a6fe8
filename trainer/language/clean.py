"""What stands between a text and the screen: nothing invisible gets through."""

import unicodedata

_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_KEPT = frozenset("\n\t\u200d\u200c")


def clean(text: str) -> str:
    """Return `text` with control and invisible characters as visible escapes.

    A terminal obeys control characters, and bidirectional overrides reorder what
    is read: both are shown as `\\x1b` or `\\u202e`. Line feeds, tabs and the two
    joiners of scripts and emoji stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(char) for char in text)


def has_controls(text: str) -> bool:
    """Whether `clean` would change the text."""
    return clean(text) != text


def _visible(char: str) -> str:
    if char in _KEPT or unicodedata.category(char) not in _UNSAFE:
        return char
    code = ord(char)
    if code <= 0xFF:  # noqa: PLR2004 - two digits reach this far
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - four digits reach this far
