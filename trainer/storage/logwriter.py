"""Writing to the log: all or nothing, on disk when it is told, the marker behind it."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from trainer.scheduling.review import Stamp
from trainer.storage.chain import LOG, add_row, head, heads
from trainer.storage.database import (
    DatabaseError,
    data_version,
    transaction,
    worded,
)
from trainer.storage.marker import Marker
from trainer.storage.meta import noted
from trainer.storage.rows import Row

_UNSETTLED = 10
"""So many answers lie in the WAL before they are settled.

The WAL then begins anew: to write over it takes a good deal less than to append to it,
which changes the file's length. The first answer after that takes a little longer.
"""

Added = tuple[str, int, str]
"""Device, number and checksum of a row that was added."""


class LogWriter:
    """Writes to the log of a device, whose newest row the marker names.

    `has_written` says whether it ever did.
    """

    def __init__(
        self, db: sqlite3.Connection, path: str, device: str, marker: Marker
    ) -> None:
        """Write to an open database; the marker is made to follow it."""
        self._db = db
        self._path = path
        self._device = device
        self._marker = marker
        self._added: list[Added] = []
        self._unsettled = 0
        self._seen: int | None = None
        self._newest: tuple[int, str] | None = None
        self.has_written = False
        self._note(device, *head(db, device))

    def check(self) -> None:
        """Raise now what writing would raise."""
        with transaction(self._db):
            self._db.execute("UPDATE meta SET value = value WHERE key = 'device'")

    @contextmanager
    def writing(self) -> Iterator[int]:
        """Write all or nothing; the marker follows what is on disk.

        It gives a number that changes when another connection has written.
        """
        self._added.clear()
        try:
            with worded(self._path), transaction(self._db):
                yield self._see_others()
        except BaseException:
            self._newest = None  # what was added is not there
            raise
        newest = {row[0]: row for row in self._added}
        for row in newest.values():
            self.has_written = True
            self._unsettled += 1
            self._note(*row)

    def _see_others(self) -> int:
        """See whether anybody else has written; a transaction is open."""
        version = data_version(self._db)
        if version != self._seen:
            self._newest = None
            if noted(self._db, "device") != self._device:
                raise DatabaseError("database-replaced", path=self._path)
            self._seen = version
        return version

    def add(self, table: str, row: Row) -> None:
        """Add a row at the place that is free now."""
        added = add_row(self._db, table, row, self._newest)
        self._newest = added[1:]
        self._added.append(added)

    def was_added(self, rows: Iterable[Added]) -> None:
        """Hear of rows that were added from another log."""
        self._newest = None
        self._added += rows

    def stamp(self) -> Stamp:
        """Return the next place in this device's log."""
        if self._newest and self._is_alone():
            return Stamp(self._device, self._newest[0] + 1)
        return self.place()

    def place(self) -> Stamp:
        """Return the place that is free now, within a transaction."""
        return Stamp(self._device, head(self._db, self._device)[0] + 1)

    def settle(self) -> None:
        """Move what was written from the WAL into the database, now and then.

        What lies in the WAL is as safe, so it does not matter where this fails.
        """
        if self._unsettled >= _UNSETTLED:
            self._unsettled = 0
            with suppress(sqlite3.Error):
                self._db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _note(self, device: str, seq: int, checksum: str) -> None:
        """Let the marker follow; a backup may have been put in place in between."""
        self._marker.note(device, seq, checksum)
        with suppress(sqlite3.Error, DatabaseError):
            if not self._is_alone() and self._marker.is_ahead(self._db, tuple(LOG)):
                self._marker.replace(heads(self._db, tuple(LOG)))

    def _is_alone(self) -> bool:
        """Whether nobody else has written since this store wrote."""
        return data_version(self._db) == self._seen
