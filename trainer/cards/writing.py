"""Deck files as text: new ones, and new cards at the end of what an author wrote."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trainer.cards.outline import Slugs
from trainer.cards.record import CARDS
from trainer.cards.shapes import Json
from trainer.cards.yamltext import yaml_value
from trainer.language.errors import TrainerError

SCHEMA = "deck.schema.json"
"""The file beside decks that tells editors what may stand in them."""

_ORDER = (
    *("id", "kind", "form", "source", "vars", "command", "ask", "answer", "accept"),
    *("wrong", "steps", "why", "notes", "tags", "sibling"),
)
_ON_ONE_LINE = frozenset({"source", "notes", "vars"})
_CARDS = re.compile(rf"""((["']?){CARDS}\2\s*:)\s*(\[\s*\])?\s*(#.*)?""")
_ITEM = re.compile(r"( *)-\s")
_BELOW = re.compile(r"(?!-\s)[^\s#]")
"""How a line begins that ends the cards."""


class LayoutError(TrainerError):
    """A deck is laid out so that no card can be put at its end."""


@dataclass(frozen=True, slots=True)
class Added:
    """A deck's text with a card added, which stands in the lines `first` to `last`."""

    text: str
    first: int
    last: int


def deck_text(deck: str, title: Json, grammar: str | None) -> str:
    """Write a deck without cards, which names the schema for editors."""
    head = {"deck": deck, "title": title} | ({"grammar": grammar} if grammar else {})
    fields = "".join(f"{name}: {yaml_value(value)}\n" for name, value in head.items())
    return f"# yaml-language-server: $schema=./{SCHEMA}\n{fields}{CARDS}: []\n"


def card_text(fields: Mapping[str, Json]) -> str:
    """Write a card's fields, as `dump_card` returns them, as an item of a deck."""
    names = sorted(fields, key=_ORDER.index)
    lines = [line for name in names for line in _field(name, fields[name])]
    return "- " + "\n  ".join(lines) + "\n"


def _field(name: str, value: Json) -> list[str]:
    if isinstance(value, Mapping) and name not in _ON_ONE_LINE:
        inner = (f"  {language}: {yaml_value(one)}" for language, one in value.items())
        return [f"{name}:", *inner]
    if isinstance(value, list | tuple) and any(isinstance(x, Mapping) for x in value):
        return [f"{name}:", *(f"- {yaml_value(one)}" for one in value)]
    return [f"{name}: {yaml_value(value)}"]


def with_card(text: str, card: str, path: str) -> Added:
    """Put a card, as `card_text` writes it, behind the others of a deck's text.

    Nothing else changes, but that an empty list of cards is opened. Raises
    `LayoutError` where the cards are not a list with a line for each dash.
    """
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    keys = (at for at, line in enumerate(lines) if re.match(rf"[\"']?{CARDS}\b", line))
    begin = next(keys, len(lines))
    found = _CARDS.fullmatch(lines[begin].rstrip()) if begin < len(lines) else None
    if found is None:
        raise LayoutError("deck-layout", path=path)
    end_of_line = "\r\n" if lines[begin].endswith("\r\n") else "\n"
    if found[3]:
        lines[begin] = " ".join(filter(None, (found[1], found[4]))) + end_of_line
    end = _end(lines, begin + 1)
    before = "".join(lines[:end])
    if not before.endswith("\n"):
        before += end_of_line
    new = _like_the_others(card, lines[begin + 1 : end])
    first = before.count("\n") + 1 + (len(new) - len(new.lstrip("\n")))
    added = before + new.replace("\n", end_of_line) + "".join(lines[end:])
    return Added(added, first, before.count("\n") + new.count("\n"))


def _end(lines: list[str], begin: int) -> int:
    """Return where the cards end: at a field of the head below, or with the file."""
    below = (at for at in range(begin, len(lines)) if _BELOW.match(lines[at]))
    end = next(below, len(lines))
    while begin < end < len(lines) and re.match(r"#|\s*$", lines[end - 1]):
        end -= 1
    return end


def _like_the_others(card: str, lines: list[str]) -> str:
    """Indent a card as the others are, and part it from them if they are parted."""
    items = [
        (at, found[1]) for at, line in enumerate(lines) if (found := _ITEM.match(line))
    ]
    dash = items[0][1] if items else ""
    last = max((at for at, indent in items if indent == dash), default=0)
    parted = last > 0 and not lines[last - 1].strip() and lines[-1].strip()
    indented = "".join(f"{dash}{line}\n" for line in card.splitlines())
    return f"\n{indented}" if parted else indented


def suggested_id(fields: Mapping[str, Json], taken: Iterable[str]) -> str:
    """Return an id for a card that says what its answer says, unlike those taken.

    Where no answer has Latin words, the question may have some.
    """
    asks = _texts(fields.get("ask", ""))
    blanks = re.findall(r"\[\[([^|\]]+)", " ".join(asks))
    answers = _texts(fields.get("answer", ""))
    if "command" in fields:
        answers = [f"{fields['command']} {answer}" for answer in answers]
    texts = [*answers, *blanks, *asks]
    named = (one for one in texts if re.search(r"[A-Za-z0-9]{2}", one))
    return Slugs(set(taken)).make(next(named, "card"))


def _texts(value: Json) -> list[str]:
    return [*value.values()] if isinstance(value, Mapping) else [value]
