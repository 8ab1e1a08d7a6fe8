"""What a database notes of itself, by name."""

import sqlite3
from collections.abc import Callable

_FIND = "SELECT value FROM meta WHERE key = ?"
_KEEP = "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING"


def noted(db: sqlite3.Connection, key: str) -> str | None:
    """Return what is noted, if anything is."""
    found = db.execute(_FIND, [key]).fetchone()
    return found and str(found[0])


def noted_once(db: sqlite3.Connection, key: str, make: Callable[[], str]) -> str:
    """Return what is noted; note it first where nothing is."""
    found = noted(db, key)
    if found is None:
        db.execute(_KEEP, [key, make()])
        found = noted(db, key)
    return str(found)
