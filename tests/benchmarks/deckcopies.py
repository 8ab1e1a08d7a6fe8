"""Decks as large as one likes whose cards are real: copies of the shipped ones."""

import re
from functools import partial
from pathlib import Path
from shutil import copy

from tests.decks import SHIPPED

_SIBLINGS = re.compile(r"^(  sibling: )\[(.+)\]$", re.MULTILINE)
_DECK = re.compile(r"^(deck: .+)$", re.MULTILINE)
_CARDS = "\ncards:\n"


def copied_decks(folder: Path, copies: int) -> Path:
    """Write the shipped decks several times under other names, and their outline."""
    folder.mkdir()
    copy(SHIPPED[0].with_name("outline.yaml"), folder)
    for path in SHIPPED:
        written = path.read_text(encoding="utf-8")
        for number in range(copies):
            there = _SIBLINGS.sub(partial(_moved, f"-{number}/"), written)
            text = _DECK.sub(rf"\1-{number}", there)
            (folder / f"{path.stem}-{number}.yaml").write_text(text, encoding="utf-8")
    return folder


def in_one_deck(decks: Path, folder: Path) -> Path:
    """Write the cards of copied decks as those of a single deck."""
    folder.mkdir()
    copy(decks / "outline.yaml", folder)
    heads, texts = [], []
    for path in sorted(decks.glob("*-*.yaml")):
        head, _, cards = path.read_text(encoding="utf-8").partition(_CARDS)
        heads.append(head)
        texts.append(_with_long_ids(cards, path.stem))
    text = _DECK.sub("deck: all", heads[0]) + _CARDS + "\n".join(texts)
    (folder / "all.yaml").write_text(text, encoding="utf-8")
    return folder


def _moved(to: str, siblings: re.Match[str]) -> str:
    """Return a line with siblings, those of other decks in the same copy."""
    return siblings[0].replace("/", to)


def _with_long_ids(cards: str, deck: str) -> str:
    """Return cards that have the deck's name in their own."""

    def siblings(found: re.Match[str]) -> str:
        names = (
            one.replace("/", "-") if "/" in one else f"{deck}-{one}"
            for one in found[2].split(", ")
        )
        return f"{found[1]}[{', '.join(names)}]"

    return _SIBLINGS.sub(siblings, cards).replace("\n- id: ", f"\n- id: {deck}-")
