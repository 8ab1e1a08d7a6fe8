"""Strays: cards that were answered or marked, and that no deck has any more.

Whoever knows these few need not compare the names of all cards. They are kept in the
decks' cache with the row of the log up to which they were found: as the log is only
ever added to, only what was answered since is looked for. A change of the decks throws
them away.
"""

import json
import sqlite3
from contextlib import suppress

from trainer.cards.card import CardId
from trainer.storage.database import data_version, transaction
from trainer.storage.log import Log

STRAYS = "CREATE TABLE strays (row INT, checksum TEXT, cards TEXT)"

_IN_NO_DECK = """
SELECT value FROM json_each(?) WHERE NOT EXISTS (
    SELECT 1 FROM cards JOIN files ON files.path = cards.path AND owner WHERE id = value
)
"""
_MANY_ROWS = 200
"""After so many rows more it is noted again how far the log was looked through."""


def find_strays(decks: sqlite3.Connection, log: Log) -> set[CardId]:
    """Return the strays; `decks` is the decks' cache."""
    version = data_version(decks)
    kept = decks.execute("SELECT row, checksum, cards FROM strays").fetchone()
    row, checksum, names = kept or (0, "", "")
    if not log.has_row(row, checksum):
        row, names = 0, ""
    known = log.known_since(row)
    found = decks.execute(_IN_NO_DECK, [json.dumps(known.cards)])
    strays = {*names.split(), *(name for (name,) in found)}
    if known.row - row >= _MANY_ROWS or len(strays) > len(names.split()):
        with suppress(sqlite3.Error), transaction(decks):
            if data_version(decks) == version:
                decks.execute("DELETE FROM strays")
                kept = [known.row, known.checksum, " ".join(strays)]
                decks.execute("INSERT INTO strays VALUES (?, ?, ?)", kept)
    return strays
