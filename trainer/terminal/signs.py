"""The signs that stand beside words, for terminals of every kind."""

from typing import NamedTuple


class Signs(NamedTuple):
    """What is drawn beside words; a word always says the same."""

    right: str
    partly: str
    wrong: str
    taken_back: str
    suggested: str
    leads_to: str
    between: str
    ellipsis: str
    rule: str
    above: str
    below: str
    studied: str
    not_studied: str


UNICODE = Signs("✓", "~", "✗", "↶", "▸", "→", " · ", "…", "─", "↑", "↓", "■", "·")
ASCII = Signs("+", "~", "x", "<", ">", "->", " | ", "...", "-", "^", "v", "#", ".")


def can_draw(encoding: str) -> bool:
    """Whether an encoding has all the signs that are not ASCII."""
    try:
        "".join(UNICODE).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def signs_for(*, ascii_only: bool) -> Signs:
    """Return the signs to draw with."""
    return ASCII if ascii_only else UNICODE
