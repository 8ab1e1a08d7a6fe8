"""Writing what was read of a deck file into the cache of the decks.

Cards are kept as their authors wrote them: the same fields, as JSON.
"""

import os
import sqlite3
from collections.abc import Mapping
from json import JSONEncoder
from typing import NamedTuple

from trainer.cards.card import Card, CardId, Deck, GrammarSource
from trainer.cards.problem import Severity
from trainer.cards.reading import CardsReading, read_cards
from trainer.cards.siblings import all_siblings
from trainer.storage.files import shown_path
from trainer.storage.library import SECTION, Titles, siblings_text

_json = JSONEncoder(check_circular=False, ensure_ascii=False).encode


class _Kept(NamedTuple):
    """What is kept of a card; its data as bytes, which take the least room."""

    id: CardId
    line: int
    data: bytes
    siblings: tuple[CardId, ...]


def keep_deck(
    db: sqlite3.Connection,
    path: str,
    found: bytes | OSError,
    source: GrammarSource,
    titles: Titles,
) -> None:
    """Read the deck that a file holds and write it into the cache."""
    if isinstance(found, bytes):
        read = _read(found, path, source, titles)
        errors = sum(one.severity is Severity.ERROR for one in read.problems)
        _write(db, path, errors, read.deck, read.kept)
    else:
        _write(db, path, 1, None, [])


def _read(
    data: bytes, path: str, source: GrammarSource, titles: Titles
) -> CardsReading[_Kept]:
    folder = os.path.dirname(path)

    def keep(card: Card, written: Mapping[str, object]) -> _Kept:
        title = titles(folder).get(card.source.section) if card.source else None
        if title is not None:
            written = {**written, SECTION: (title.en, title.zh)}
        return _Kept(card.id, card.line, _json(written).encode(), card.siblings)

    return read_cards(data, shown_path(path), source, keep)


def _write(
    db: sqlite3.Connection,
    path: str,
    errors: int,
    deck: Deck | None,
    cards: list[_Kept],
) -> None:
    if deck is None:
        db.execute("INSERT INTO files (path, errors) VALUES (?, ?)", [path, errors])
        return
    title, names = deck.title, " ".join(card.id for card in cards)
    head = deck.id, title.en, title.zh, deck.order, deck.grammar, names
    db.execute(
        "INSERT INTO files (path, errors, deck, title_en, title_zh, ord, grammar, "
        "cards) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [path, errors, *head],
    )
    found = all_siblings({card.id: card.siblings for card in cards})
    db.executemany(
        "INSERT INTO cards VALUES (?, ?, ?, ?, CAST(? AS TEXT), ?)",
        (
            (
                path,
                position,
                card.id,
                card.line,
                card.data,
                siblings_text(found.get(card.id, ())),
            )
            for position, card in enumerate(cards)
        ),
    )
    db.executemany(
        "INSERT INTO siblings VALUES (?, ?, ?)",
        ((path, card.id, other) for card in cards for other in card.siblings),
    )
