"""The marker beside the database: what it is known to hold at least.

A database that vanished, was emptied or was replaced by an older one is told by it
from a new one. It names the newest row of each device, is written after each commit
and is then not forced to disk: so it may lag behind the database, but is never ahead.
"""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import suppress

from trainer.storage.database import DatabaseError, with_backup, worded
from trainer.storage.deckfiles import MARKER, read_plain

_HEAD = "what trainer.db holds at least: device, number and checksum of the newest row"
_DIGITS = 12
_CHECKSUM = 32

Heads = dict[str, tuple[int, str]]
"""Number and checksum of each device's newest row."""


class Marker:
    """What the database of a folder is known to hold."""

    def __init__(self, home: str) -> None:
        """Read the marker; without one, nothing is known."""
        self.path = os.path.join(home, MARKER)
        self.heads = _read(self.path)

    @property
    def rows(self) -> int:
        """How many rows the log has at least."""
        return sum(seq for seq, _ in self.heads.values())

    def refuse_vanished(self, path: str) -> None:
        """Raise `DatabaseError` if the database is gone or empty but was not so."""
        if self.heads and not (os.path.exists(path) and os.path.getsize(path)):
            raise self._error("database-vanished", path)

    def refuse_older(
        self, db: sqlite3.Connection, path: str, tables: Sequence[str]
    ) -> None:
        """Raise `DatabaseError` if rows are missing that were there."""
        if self.is_ahead(db, tables):
            self.heads = _read(self.path)  # a backup may just have been put in place
            if self.is_ahead(db, tables):
                raise self._error("database-older", path)

    def is_ahead(self, db: sqlite3.Connection, tables: Sequence[str]) -> bool:
        """Whether a row is named that the database lacks."""
        query = " UNION ALL ".join(
            f"SELECT checksum FROM {table} WHERE device = ?1 AND seq = ?2"
            for table in tables
        )
        return any(
            (checksum,) not in db.execute(query, [device, seq]).fetchall()
            for device, (seq, checksum) in self.heads.items()
        )

    def note(self, device: str, seq: int, checksum: str) -> None:
        """Keep a device's newest row, which is on disk already.

        What cannot be written is left: then the marker lags behind.
        """
        if self.heads.get(device, (0, ""))[0] < seq:
            self.heads[device] = seq, checksum
            with suppress(OSError):
                _write(self.path, self.heads, os.O_CREAT)

    def replace(self, heads: Heads) -> None:
        """Say that the database holds this and no more; raises `DatabaseError`.

        It is on disk when this returns, as the database may have less from then on.
        """
        with worded(self.path):
            _write(self.path, heads, os.O_CREAT | os.O_TRUNC | os.O_SYNC)
        self.heads = heads

    def _error(self, key: str, path: str) -> DatabaseError:
        return with_backup(key, path, rows=self.rows, marker=self.path)


def _write(path: str, heads: Heads, flags: int) -> None:
    """Write the marker in place: lines keep their length, so none is ever torn."""
    lines = [
        f"{device} {seq:0{_DIGITS}} {checksum}"
        for device, (seq, checksum) in heads.items()
    ]
    file = os.open(path, os.O_WRONLY | os.O_NONBLOCK | flags, 0o600)
    try:
        os.write(file, "\n".join([_HEAD, *lines, ""]).encode())
    finally:
        os.close(file)


def _read(path: str) -> Heads:
    try:
        lines = read_plain(path).decode(errors="replace").split("\n")
    except OSError:
        return {}
    parts = [line.split() for line in lines]
    return {part[0]: (int(part[1]), part[2]) for part in parts if _is_row(part)}


def _is_row(parts: Sequence[str]) -> bool:
    return [len(part) for part in parts[1:]] == [_DIGITS, _CHECKSUM] and parts[
        1
    ].isdigit()
