"""`csv` and `tsv`: a row a card, a column a field; spreadsheets run none of it.

With one language the texts stand in plain columns (`ask`), with both in one for each
(`ask.en`, `ask.zh`). A list has an item a line.
"""

import csv
from io import StringIO
from typing import Any

from trainer.cards.card import Card, Deck
from trainer.cards.record import dump_card
from trainer.cards.shapes import TextShape
from trainer.exchange.cells import flattened, guarded, in_languages
from trainer.exchange.deckmerge import DEFAULT_ORDER
from trainer.exchange.exporter import Wanted
from trainer.exchange.snapshot import Snapshot

BOM = "\ufeff"
"""What tells a spreadsheet that a file is UTF-8; without it Chinese is garbled."""

_FIRST = ("deck", "id", "kind", "form", "command", "ask", "answer", "accept", "wrong")
_MIDDLE = ("steps", "why", "source", "notes", "tags", "sibling", "vars")
_LAST = ("title", "order", "grammar")
COLUMNS = (*_FIRST, *_MIDDLE, *_LAST)
"""The fields in the order of their columns."""

DECK_COLUMNS = frozenset(("deck", *_LAST))
"""The fields that tell about the deck of a card."""


def export_csv(snapshot: Snapshot, wanted: Wanted) -> str:
    """Return cards as comma-separated values, with a mark that they are UTF-8."""
    return BOM + _table(snapshot, wanted, delimiter=",", lineterminator="\r\n")


def export_tsv(snapshot: Snapshot, wanted: Wanted) -> str:
    """Return cards as tab-separated values."""
    return _table(snapshot, wanted, delimiter="\t", lineterminator="\n")


def _table(snapshot: Snapshot, wanted: Wanted, **dialect: Any) -> str:  # noqa: ANN401 - csv's own
    rows = [_row(card, deck, wanted) for deck in snapshot.decks for card in deck.cards]
    columns = sorted({name for row in rows for name in row}, key=_place)
    stream = StringIO(newline="")
    writer = csv.writer(stream, **dialect)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([guarded(row.get(name, "")) for name in columns])
    return stream.getvalue()


def _row(card: Card, deck: Deck, wanted: Wanted) -> dict[str, str]:
    head = {"deck": deck.id, "title": TextShape().dump(deck.title)}
    if deck.order != DEFAULT_ORDER:
        head["order"] = deck.order
    if deck.grammar:
        head["grammar"] = deck.grammar
    fields = {**dump_card(card), **head}
    return flattened(in_languages(fields, wanted.languages))


def _place(column: str) -> tuple[int, str]:
    name = column.partition(".")[0].removesuffix("[]")
    return COLUMNS.index(name), column
