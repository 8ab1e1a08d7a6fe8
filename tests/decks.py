"""Deck files made for tests."""

from pathlib import Path

from tests.program import ROOT

SHIPPED = sorted(
    path for path in (ROOT / "decks").glob("*.yaml") if path.name != "outline.yaml"
)
"""The deck files that come with the trainer."""


def deck(name: str, *cards: str, order: int = 1) -> str:
    """Return a deck of command cards; each is asked for `echo <its id>`."""
    head = f"deck: {name}\ntitle: {{en: The {name}, zh: {name}牌组}}\norder: {order}\n"
    return head + "cards:\n" + "".join(card(one) for one in cards)


def card(name: str, answer: str = "") -> str:
    """Return one card as YAML."""
    return (
        f"- id: {name}\n"
        "  kind: command\n"
        f"  ask: {{en: Say {name}., zh: 说 {name}。}}\n"
        f"  answer: {answer or f'echo {name}'}\n"
        f"  why: {{en: It prints {name}., zh: 它打印 {name}。}}\n"
    )


def write_decks(folder: Path, **texts: str) -> Path:
    """Write deck files by name, and return their folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
