"""Notes that the trainer itself once wrote: what they hold beside their texts."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from unicodedata import normalize

from trainer.cards.card import Card
from trainer.cards.record import load_card
from trainer.cards.shapes import Json
from trainer.exchange.anki.foreign import cloze_text, plain_text
from trainer.exchange.anki.notes import text_fields
from trainer.exchange.anki.notetypes import CARD, DATA, FIELDS, SECOND
from trainer.exchange.html_text import markdown_of
from trainer.language.text import Language

_TEXTS = {"Question": "ask", "Answer": "answer", "Why": "why"}
"""Fields that are taken over where they were edited in Anki."""


LOG = ("reviews", "retracted", "retractions", "marks")
"""The kinds of rows of the log that a note holds."""


@dataclass(frozen=True, slots=True)
class OwnNote:
    """A card that came from us: `rows` is its part of our export."""

    card: str
    rows: Mapping[str, Any]
    revlog: frozenset[int]


def listed(rows: Mapping[str, Any], name: str) -> list[Any]:
    """Return the rows of one kind, if they are a list."""
    found = rows.get(name)
    return found if isinstance(found, list) else []


def own_note(names: Sequence[str], values: Sequence[str]) -> OwnNote | None:
    """Return what one of our notes holds, with what was edited since; else nothing."""
    if tuple(names) != FIELDS or len(values) != len(FIELDS):
        return None
    fields = dict(zip(FIELDS, values, strict=True))
    try:
        rows = json.loads(unescape(fields[DATA].replace("<br>", "\n")))
        card, deck = rows["card"], rows["deck"]
        if card["id"] != fields[CARD] or card["deck"] != deck["id"]:
            return None
        _take_edits(rows, fields)
        revlog = frozenset(map(int, rows.get("revlog", ())))
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError):
        return None
    return OwnNote(fields[CARD], rows, revlog)


def _take_edits(rows: dict[str, Any], fields: Mapping[str, str]) -> None:
    """Put texts that were edited in Anki into the card; values that change stay."""
    card: dict[str, Json] = rows["card"]
    if "template" in card:
        return
    languages = [Language(one) for one in rows["languages"]][:2]
    written = load_card(card, rows["deck"]["id"], None, 0)
    before = text_fields(written, languages)
    for language, rank in zip(languages, ("", SECOND), strict=False):
        for name, html in _edited(before, fields, rank):
            field = _TEXTS[name]
            text = _reader(written, name)(html)
            if text and field in card:
                card[field] = _with(card[field], language, text)


def _edited(
    before: Mapping[str, str], fields: Mapping[str, str], rank: str
) -> Iterator[tuple[str, str]]:
    for name in _TEXTS:
        was, now = before.get(name + rank, ""), fields[name + rank]
        if normalize("NFC", was) != normalize("NFC", now):
            yield name, now


def _reader(card: Card, name: str) -> Callable[[str], str]:
    if card.form == "cloze" and name == "Question":
        return lambda html: cloze_text(html, 1) or ""
    is_typed = card.form == "type" and name == "Answer"
    return plain_text if is_typed else markdown_of


def _with(value: Json, language: Language, text: str) -> Json:
    """Return a text with what it says in a language, or in all if none differs."""
    return value | {language.value: text} if isinstance(value, dict) else text
