"""`mochi`: a package for Mochi, which is Transit JSON in a zip file."""

import json
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from trainer.cards.card import Card, Deck
from trainer.cards.forms.cloze import Cloze
from trainer.exchange.exporter import Wanted
from trainer.exchange.faces import Face, answer_of, faces, joined, with_choices
from trainer.exchange.markdown_format import filled_in
from trainer.exchange.snapshot import Snapshot

_VERSION = 2
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_SIDES = "\n\n---\n\n"


def export_mochi(snapshot: Snapshot, wanted: Wanted) -> bytes:
    """Return the bytes of a package; the same cards give the same bytes.

    Ids are made from those of decks and cards, so that Mochi knows them again.
    """
    decks = [_deck(deck, wanted) for deck in snapshot.decks]
    whole = {"~:version": _VERSION, "~:decks": decks}
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        info = ZipInfo("data.json", _FIRST_DAY)
        info.compress_type = ZIP_DEFLATED
        package.writestr(info, json.dumps(whole, ensure_ascii=False))
    return stream.getvalue()


def _deck(deck: Deck, wanted: Wanted) -> dict[str, Any]:
    name = _id(deck.id)
    cards = [
        _card(card, name, number, wanted) for number, card in enumerate(deck.cards)
    ]
    return {
        "~:name": deck.title.in_language(wanted.languages[0]),
        "~:id": name,
        "~:cards": {"~#list": cards},
    }


def _card(card: Card, deck: str, number: int, wanted: Wanted) -> dict[str, Any]:
    found = faces(card, wanted.languages)
    why = joined(found, _why, "\n\n")
    match card.content:
        case Cloze() as content:
            front = filled_in(content, wanted.languages, _blank, _plain)
            sides = [front, why]
        case _:
            back = "\n\n".join(filter(None, [answer_of(card, found), why]))
            sides = [joined(found, with_choices, "\n\n"), back]
    return {
        "~:id": _id(card.id),
        "~:deck-id": deck,
        "~:name": card.id,
        "~:pos": f"{number:06}",
        "~:content": _SIDES.join(filter(None, sides)),
        "~:tags": {"~#set": list(card.tags)},
    }


def _id(name: str) -> str:
    return f"~:{sha256(name.encode()).hexdigest()[:16]}"


def _blank(text: str) -> str:
    return f"{{{{{_plain(text)}}}}}"


def _plain(text: str) -> str:
    """Return a text in which nothing is a blank: code in backticks stays as it is."""
    parts = text.split("`")
    parts[::2] = [part.replace("{{", "{\\{") for part in parts[::2]]
    return "`".join(parts)


def _why(face: Face) -> str:
    return face.why
