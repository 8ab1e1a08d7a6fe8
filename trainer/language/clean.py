"""What stands between a text and the screen: nothing invisible gets through."""

import re
import unicodedata

_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_HOSTILE = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_KEPT = frozenset("\n\t\u200d\u200c")


def clean(text: str) -> str:
    r"""Return `text` with control and invisible characters as visible escapes.

    A terminal obeys control characters, and bidirectional overrides reorder what
    is read: both are shown as `\x1b` or `\u202e`. Line feeds, tabs and the two
    joiners of scripts and emoji stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(char) for char in text)


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in a text."""
    if text[:1].isalnum():
        return False
    return not any(char.isprintable() and not char.isspace() for char in text)


def hostile_character(text: str) -> str | None:
    """Return the first character that could disturb a terminal or a reader.

    These are control characters, halves of surrogate pairs, separators of lines and
    paragraphs, bidirectional overrides and byte order marks; line feeds and tabs
    are not among them.
    """
    found = _HOSTILE.search(text)
    return found and found[0]


def _visible(char: str) -> str:
    if char in _KEPT or unicodedata.category(char) not in _UNSAFE:
        return char
    code = ord(char)
    if code <= 0xFF:  # noqa: PLR2004 - two digits reach this far
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - four digits reach this far
