"""`anki-text`: notes as the text that Anki imports, with its headers.

No note type is named: those that Anki comes with are called otherwise in each
language, and notes of an unknown one would be dropped. So all notes are of two
fields, for the type that is called Basic in English, which Anki proposes.
"""

import csv
from io import StringIO

from trainer.cards.card import Card, Deck
from trainer.exchange.exporter import Wanted
from trainer.exchange.faces import Face, answer_of, faces, joined, with_choices
from trainer.exchange.html_text import html_of
from trainer.exchange.snapshot import Snapshot

_HEADERS = (
    "#separator:tab",
    "#html:true",
    "#guid column:1",
    "#deck column:2",
    "#tags column:5",
)


def export_anki_text(snapshot: Snapshot, wanted: Wanted) -> str:
    """Return notes whose ids are those of the cards, so that they are updated later."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
    for deck in snapshot.decks:
        for card in deck.cards:
            writer.writerow(_note(card, deck, wanted))
    return "\n".join(_HEADERS) + "\n" + stream.getvalue()


def _note(card: Card, deck: Deck, wanted: Wanted) -> list[str]:
    found = faces(card, wanted.languages)
    back = [answer_of(card, found), joined(found, _why, "\n\n")]
    return [
        card.id,
        deck.title.in_language(wanted.languages[0]).replace("::", ":"),
        html_of(joined(found, with_choices, "\n\n")),
        html_of("\n\n".join(filter(None, back))),
        " ".join(card.tags),
    ]


def _why(face: Face) -> str:
    return face.why
