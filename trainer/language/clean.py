"""What stands between a text and the screen: nothing invisible gets through."""

_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_HOSTILE = (
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)
_KEPT = frozenset("\n\t\u200d\u200c")


def clean(text: str) -> str:
    r"""Return `text` with control and invisible characters as visible escapes.

    A terminal obeys control characters, and bidirectional overrides reorder what
    is read: both are shown as `\x1b` or `\u202e`. Line feeds, tabs and the two
    joiners of scripts and emoji stay.
    """
    if text.isprintable():
        return text
    from unicodedata import category  # noqa: PLC0415 - most texts do without

    return "".join(_visible(char, category(char)) for char in text)


def clean_json(text: str) -> str:
    r"""Return JSON with control and invisible characters as escapes.

    Read back it means the same, as those within its texts may be written as `\u202e`.
    """
    odd = sorted(char for char in set(text) - _KEPT if not char.isprintable())
    if not odd:
        return text
    from unicodedata import category  # noqa: PLC0415 - most texts do without

    for char in odd:
        if category(char) in _UNSAFE:
            units = char.encode("utf-16-be", "surrogatepass").hex()
            pairs = (units[at : at + 4] for at in range(0, len(units), 4))
            text = text.replace(char, "".join(f"\\u{unit}" for unit in pairs))
    return text


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
    if text.isprintable():
        return None
    import re  # noqa: PLC0415 - most texts do without

    found = re.search(_HOSTILE, text)
    return found and found[0]


def _visible(char: str, category: str) -> str:
    if char in _KEPT or category not in _UNSAFE:
        return char
    code = ord(char)
    if code <= 0xFF:  # noqa: PLR2004 - two digits reach this far
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - four digits reach this far
