"""Deck files that were touched: their time is another, their content as it was."""

import sqlite3

from trainer.storage.deckfiles import FileStat, read_plain

try:
    from _blake2 import blake2b  # hashlib loads OpenSSL, which takes longer than to read
except ImportError:  # an interpreter may be built without it
    from hashlib import blake2b


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


def content_digest(data: bytes) -> str:
    """Return what stands for the content of a deck file, and for no other one."""
    return blake2b(data, digest_size=32).hexdigest()


def _digest(path: str) -> str | None:
    try:
        return content_digest(read_plain(path))
    except OSError:
        return None
