"""Deck files that were touched: their time is another, their content as it was."""

import sqlite3

from trainer.storage.deckfiles import FileStat, read_plain

try:  # hashlib loads OpenSSL, which takes longer than to read a deck
    from _blake2 import blake2b
except ImportError:  # an interpreter may be built without it
    from hashlib import blake2b

_LITTLE = 1 << 20
"""So many bytes are read again sooner than a note that they were read is on disk."""


def is_only_touched(db: sqlite3.Connection, files: list[FileStat]) -> bool:
    """Whether the decks' cache is as the files are, apart from their times.

    Where much had to be read to know that, the new times are noted.
    """
    rows = db.execute("SELECT path, digest FROM files ORDER BY place").fetchall()
    if [path for path, _ in rows] != [path for path, *_ in files]:
        return False
    known = set(db.execute("SELECT path, size, mtime FROM files"))
    touched = [file for file in files if file not in known]
    digests = dict(rows)
    if any(_digest(path) != digests[path] for path, *_ in touched):
        return False
    if sum(size for _, size, _ in touched) > _LITTLE:
        update = "UPDATE files SET size = ?, mtime = ? WHERE path = ?"
        times = ((size, mtime, path) for path, size, mtime in touched)
        with db:
            db.executemany(update, times)
    return True


def content_digest(data: bytes) -> str:
    """Return what stands for the content of a deck file, and for no other one."""
    return blake2b(data, digest_size=32).hexdigest()


def _digest(path: str) -> str | None:
    try:
        return content_digest(read_plain(path))
    except OSError:
        return None
