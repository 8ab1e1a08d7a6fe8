"""Deck files that were touched: their time is another, their content as it was."""

import sqlite3
from hashlib import sha256

from trainer.storage.deckfiles import FileStat


def note_touched(db: sqlite3.Connection, files: list[FileStat]) -> bool:
    """Note the new times of files in the decks' cache, unless anything else changed.

    Say whether the cache is as the files are now.
    """
    rows = db.execute("SELECT path, digest FROM files ORDER BY place").fetchall()
    if [path for path, _ in rows] != [path for path, *_ in files]:
        return False
    known = set(db.execute("SELECT path, size, mtime FROM files"))
    touched = [file for file in files if file not in known]
    digests = dict(rows)
    if any(_digest(path) != digests[path] for path, *_ in touched):
        return False
    update = "UPDATE files SET size = ?, mtime = ? WHERE path = ?"
    with db:
        db.executemany(update, [(size, mtime, path) for path, size, mtime in touched])
    return True


def _digest(path: str) -> str | None:
    try:
        with open(path, "rb") as file:
            return sha256(file.read()).hexdigest()
    except OSError:
        return None
