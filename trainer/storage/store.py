"""The store: the append-only log of this learner, and the memory cache beside it."""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from types import TracebackType
from typing import Self

from trainer.cards.card import CardId
from trainer.scheduling.defaults import memory_mark
from trainer.scheduling.memory import Memory, replay
from trainer.scheduling.review import Retraction, Review, Stamp
from trainer.scheduling.settings import Settings
from trainer.storage.database import Migration, Schema, connect, transaction, worded
from trainer.storage.deckfiles import STORE, STORE_VERSION
from trainer.storage.duecounts import HAS_MEMORY
from trainer.storage.rows import (
    MEMORY_COLUMNS,
    RETRACTION_COLUMNS,
    REVIEW_COLUMNS,
    Row,
    memory_of,
    memory_row,
    milliseconds,
    retraction_of,
    retraction_row,
    review_of,
    review_row,
)
from trainer.study.loop import TakenBack

_COUNTS = "id NOT IN (SELECT review FROM retractions)"


def _load_migrations() -> tuple[Migration, ...]:
    from trainer.storage.migrations import MIGRATIONS  # noqa: PLC0415 - loads sqlite-utils, which costs ten starts

    return MIGRATIONS


SCHEMA = Schema(STORE_VERSION, _load_migrations)


class Store:
    """The learner's database. Everything written is on disk when a call returns."""

    def __init__(
        self, home: str, settings: Settings, new_device: Callable[[], str]
    ) -> None:
        """Open the database in a folder; `new_device` names a device once for all."""
        self._path = os.path.join(home, STORE)
        self._settings = settings
        self._seen: int | None = None
        self._db = connect(self._path, SCHEMA)
        try:
            with worded(self._path):
                self._device = self._meta("device", new_device)
                self._refresh_memory()
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def check_writable(self) -> None:
        """Raise now what writing would raise, before anything is asked."""
        with worded(self._path), transaction(self._db):
            self._db.execute("UPDATE meta SET value = value WHERE key = 'device'")

    def stamp(self) -> Stamp:
        """Return the next place in this device's log."""
        with worded(self._path):
            return Stamp(self._device, self._head(self._device)[0] + 1)

    def append(self, review: Review, memory: Memory) -> None:
        """Write a review and the memory it leads to, in one transaction.

        Writing a review that is in the log already changes nothing. Where the log
        has more than `memory` knows of, the card is replayed.
        """
        with worded(self._path), transaction(self._db):
            found = self._db.execute("SELECT 1 FROM reviews WHERE id = ?", [review.id])
            if found.fetchone() is not None:
                return
            is_next = self._is_next(review)
            self._insert("reviews", REVIEW_COLUMNS, review_row(review))
            if is_next:
                self._put_memory(review.card, memory)
            else:
                self._recompute(review.card)

    def take_back(self, at: datetime, count: int) -> Sequence[TakenBack]:
        """Retract this device's last `count` reviews that still count, newest first."""
        with worded(self._path), transaction(self._db):
            query = (
                f"SELECT {REVIEW_COLUMNS} FROM reviews WHERE device = ? AND {_COUNTS} "
                "ORDER BY seq DESC LIMIT ?"
            )
            rows = self._db.execute(query, [self._device, count]).fetchall()
            reviews = [review_of(row) for row in rows]
            return [self._retract(review, at) for review in reviews]

    def reviews(self) -> list[Review]:
        """Return the reviews that count, in the order of the log."""
        return self._reviews(_COUNTS)

    def retracted(self) -> list[Review]:
        """Return the reviews that were taken back."""
        return self._reviews(f"NOT {_COUNTS}")

    def retractions(self) -> list[Retraction]:
        """Return the retractions, in the order of the log."""
        query = f"SELECT {RETRACTION_COLUMNS} FROM retractions ORDER BY at, device, seq"
        with worded(self._path):
            return [retraction_of(row) for row in self._db.execute(query)]

    def memories(self) -> dict[CardId, Memory]:
        """Return what is remembered of each card that was ever answered."""
        query = f"SELECT {MEMORY_COLUMNS} FROM memory"
        with worded(self._path):
            self._seen = self._data_version()
            return {CardId(row[0]): memory_of(row) for row in self._db.execute(query)}

    def chain_is_whole(self) -> bool:
        """Whether each row of the log still carries its checksum."""
        with worded(self._path):
            return all(self._links())

    def _links(self) -> Iterable[bool]:
        """Yield for each row whether it hangs on the one before it of its device."""
        rows = [
            *self._db.execute(f"SELECT {REVIEW_COLUMNS}, checksum FROM reviews"),
            *self._db.execute(
                f"SELECT {RETRACTION_COLUMNS}, checksum FROM retractions"
            ),
        ]
        before: dict[str, tuple[int, str]] = {}
        for row in sorted(rows, key=lambda row: (row[1], row[2])):
            device, seq, stored = row[1], row[2], row[-1]
            last_seq, last = before.get(device, (0, ""))
            yield seq == last_seq + 1 and stored == _checksum(last, row[:-1])
            before[device] = seq, stored

    def _reviews(self, condition: str) -> list[Review]:
        query = (
            f"SELECT {REVIEW_COLUMNS} FROM reviews WHERE {condition} "
            "ORDER BY at, device, seq"
        )
        with worded(self._path):
            return [review_of(row) for row in self._db.execute(query)]

    def _meta(self, key: str, make: Callable[[], str]) -> str:
        query = "SELECT value FROM meta WHERE key = ?"
        found = self._db.execute(query, [key]).fetchone()
        if found is None:
            insert = "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING"
            self._db.execute(insert, [key, make()])
            found = self._db.execute(query, [key]).fetchone()
        return str(found[0])

    def _head(self, device: str) -> tuple[int, str]:
        """Return number and checksum of a device's newest row."""
        newest = (
            "SELECT seq, checksum FROM {} WHERE device = :d ORDER BY seq DESC LIMIT 1"
        )
        heads = [
            self._db.execute(newest.format(table), {"d": device}).fetchone()
            for table in ("reviews", "retractions")
        ]
        return max((head for head in heads if head), default=(0, ""))

    def _insert(self, table: str, columns: str, row: Row) -> None:
        """Add a row to the log, at the place that is free now."""
        device = str(row[1])
        seq, checksum = self._head(device)
        placed = (row[0], device, seq + 1, *row[3:])
        marks = ", ".join("?" * (len(placed) + 1))
        self._db.execute(
            f"INSERT INTO {table} ({columns}, checksum) VALUES ({marks})",
            (*placed, _checksum(checksum, placed)),
        )

    def _is_next(self, review: Review) -> bool:
        """Whether a review follows what `memories` gave.

        It does unless another connection has written since, or the clock has gone
        back behind the card's last review.
        """
        query = "SELECT last_at FROM memory WHERE card = ?"
        last = self._db.execute(query, [review.card]).fetchone()
        in_order = last is None or last[0] <= milliseconds(review.at)
        return in_order and self._seen == self._data_version()

    def _data_version(self) -> int:
        """Return a number that changes when another connection has written."""
        (version,) = self._db.execute("PRAGMA data_version").fetchone()
        return int(version)

    def _retract(self, review: Review, at: datetime) -> TakenBack:
        stamp = Stamp(self._device, self._head(self._device)[0] + 1)
        retraction = Retraction(f"undo-{review.id}", stamp, at, review.id)
        self._insert("retractions", RETRACTION_COLUMNS, retraction_row(retraction))
        return TakenBack(review, self._recompute(review.card))

    def _recompute(self, card: CardId) -> Memory | None:
        """Replay one card into the cache."""
        query = f"SELECT {REVIEW_COLUMNS} FROM reviews WHERE card = ? AND {_COUNTS}"
        reviews = [review_of(row) for row in self._db.execute(query, [card])]
        memory = replay(reviews, self._settings)
        if memory is None:
            self._db.execute("DELETE FROM memory WHERE card = ?", [card])
        else:
            self._put_memory(card, memory)
        return memory

    def _put_memory(self, card: CardId, memory: Memory) -> None:
        row = memory_row(card, memory, self._settings)
        marks = ", ".join("?" * len(row))
        insert = f"INSERT OR REPLACE INTO memory ({MEMORY_COLUMNS}) VALUES ({marks})"
        self._db.execute(insert, row)

    def _refresh_memory(self) -> None:
        """Replay the log if the cache is empty or was made with other settings."""
        wanted = _fingerprint(self._settings)
        made_with = self._meta("memory", lambda: wanted)
        (has_memory,) = self._db.execute(HAS_MEMORY).fetchone()
        if made_with == wanted and has_memory:
            return
        with transaction(self._db):
            self._db.execute("DELETE FROM memory")
            cards = self._db.execute("SELECT DISTINCT card FROM reviews").fetchall()
            for (card,) in cards:
                self._recompute(CardId(card))
            self._db.execute("UPDATE meta SET value = ? WHERE key = 'memory'", [wanted])


def _fingerprint(settings: Settings) -> str:
    """Return what tells settings apart that memory depends on.

    `duecounts` reads the mark it begins with.
    """
    mark = memory_mark(
        settings.desired_retention,
        settings.learning_steps,
        settings.relearning_steps,
        settings.maximum_interval,
        settings.rollover,
    )
    parameters = sha256(repr(settings.parameters).encode()).hexdigest()[:16]
    return f"{mark} {parameters}"


def _checksum(before: str, row: Sequence[object]) -> str:
    """Return a row's checksum, which depends on the row before it."""
    text = json.dumps([before, *row], ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:32]
