"""Strays: cards that were answered or marked, and that no deck has any more.

Whoever knows these few need not compare the names of all cards. They are kept in the
decks' cache with the place in the log up to which they were found: as the log is only
ever added to, only what came since is looked through. A change of the decks throws them
away.
"""

import json
import sqlite3
from contextlib import suppress

from trainer.cards.card import CardId
from trainer.storage.database import data_version, transaction
from trainer.storage.log import Log, Reached

STRAYS = (
    "CREATE TABLE strays (reviews INT, review TEXT, marks INT, mark TEXT, cards TEXT)"
)

_IN_NO_DECK = """
SELECT value FROM json_each(?) WHERE NOT EXISTS (
    SELECT 1 FROM cards JOIN files ON files.path = cards.path AND owner WHERE id = value
)
"""
_MANY = 200
"""After so many rows more it is noted again how far the log was looked through."""


def find_strays(decks: sqlite3.Connection, log: Log) -> frozenset[CardId]:
    """Return the strays; `decks` is the decks' cache."""
    version = data_version(decks)
    place, known = _noted(decks, log)
    reached, cards = log.reached(), log.cards_since(place)
    found = decks.execute(_IN_NO_DECK, [json.dumps(cards)])
    strays = known.union(CardId(card) for (card,) in found)
    if len(cards) >= _MANY or len(strays) > len(known):
        _note(decks, version, reached, strays)
    return strays


def _noted(
    decks: sqlite3.Connection, log: Log
) -> tuple[Reached | None, frozenset[CardId]]:
    """Return up to where strays are known, and which they are."""
    row = decks.execute("SELECT * FROM strays").fetchone()
    if row is None:
        return None, frozenset()
    *place, cards = row
    reached = Reached(*place)
    if not reached.reviews or not log.has_reached(reached):
        return None, frozenset()
    return reached, frozenset(cards.split())


def _note(
    decks: sqlite3.Connection, version: int, reached: Reached, strays: frozenset[CardId]
) -> None:
    """Note what was found, unless it cannot be kept or the decks have changed."""
    with suppress(sqlite3.Error), transaction(decks):
        if data_version(decks) == version:
            decks.execute("DELETE FROM strays")
            row = [*reached, " ".join(strays)]
            decks.execute("INSERT INTO strays VALUES (?, ?, ?, ?, ?)", row)
