"""The signs that stand beside words, for terminals of every kind."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signs:
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
