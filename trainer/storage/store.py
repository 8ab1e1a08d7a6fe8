"""The store: the append-only log of this learner, and the caches beside it."""

import os
import sqlite3
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from types import TracebackType
from typing import Self

from trainer.cards.card import CardId
from trainer.scheduling.defaults import parameters_text
from trainer.scheduling.history import Logged, LogRow
from trainer.scheduling.marks import (
    Entry,
    Mark,
    MarkKind,
    Standing,
    lives,
    standing_of,
    undo_mark,
)
from trainer.scheduling.memory import Memory, replay
from trainer.scheduling.parameters import Fit
from trainer.scheduling.queue import LATER, Dated
from trainer.scheduling.review import Retraction, Review, Stamp, log_order
from trainer.scheduling.settings import Settings, settings_mark
from trainer.storage.chain import (
    LOG,
    add_row,
    breaks,
    has_row,
    head,
    tables_of,
)
from trainer.storage.database import Migration, Schema, connect, transaction, worded
from trainer.storage.deckfiles import STORE, STORE_VERSION, WAIT_MS
from trainer.storage.duecounts import HAS_CACHES, IN_FORCE
from trainer.storage.marker import Marker
from trainer.storage.memories import Memories
from trainer.storage.rows import (
    MEMORY_COLUMNS,
    STANDING_COLUMNS,
    Row,
    fit_of,
    fit_row,
    mark_of,
    mark_row,
    memory_of,
    memory_row,
    milliseconds,
    parameters_of,
    retraction_of,
    retraction_row,
    review_of,
    review_row,
    standing_of_row,
    standing_row,
)
from trainer.storage.schema import check_schema
from trainer.study.session import TakenBack

_COUNTS = "id NOT IN (SELECT review FROM retractions)"
_STANDS = "kind <> 'undo' AND id NOT IN (SELECT value FROM marks WHERE kind = 'undo')"
_UNDONE = (
    "SELECT review FROM retractions UNION SELECT value FROM marks WHERE kind = 'undo'"
)
_IN_FORCE = IN_FORCE.format(fits="fits")
_CARDS = "SELECT card FROM reviews UNION SELECT card FROM marks"
_WANTED = "(due_day <= ? OR last_day = ?)"
_LATER = """
SELECT EXISTS (SELECT 1 FROM memory WHERE card = :card AND last_at > :at)
    OR EXISTS (SELECT 1 FROM standing WHERE card = :card AND reset_at >= :at)
"""

_Values = Sequence[str | int]


def load_migrations() -> tuple[Migration, ...]:
    """Return the steps to the schema of today."""
    from trainer.storage.migrations import MIGRATIONS  # noqa: PLC0415 - loads sqlite-utils, which costs ten starts

    return MIGRATIONS


def _schema(home: str, marker: Marker) -> Schema:
    """Return the store's schema, for the database of a folder and its marker."""
    path = os.path.join(home, STORE)

    def check(db: sqlite3.Connection, version: int) -> None:
        check_schema(db, path, version)
        marker.refuse_older(db, path, tables_of(version))

    def secure() -> None:
        from trainer.storage.backup import before_migration  # noqa: PLC0415 - seldom needed

        before_migration(home)

    return Schema(STORE_VERSION, load_migrations, check, secure)


class Store:
    """The learner's database. Everything written is on disk when a call returns."""

    def __init__(
        self,
        home: str,
        settings: Settings,
        new_device: Callable[[], str],
        wait_ms: int = WAIT_MS,
    ) -> None:
        """Open the database in a folder; `new_device` names a device once for all.

        Parameters that were fitted stand before those of `settings`.
        """
        self._path = os.path.join(home, STORE)
        self._settings = settings
        self._seen: int | None = None
        self._added: list[tuple[str, int, str]] = []
        self._marker = Marker(home)
        self._marker.refuse_vanished(self._path)
        self._db = connect(self._path, _schema(home, self._marker), wait_ms)
        self.has_written = False
        try:
            with worded(self._path):
                self._device = self._meta("device", new_device)
                self._refresh_caches()
                self._marker.note(self._device, *head(self._db, self._device))
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

    @property
    def settings(self) -> Settings:
        """The settings that memories are made with: the parameters in force."""
        return self._settings

    def check_writable(self) -> None:
        """Raise now what writing would raise, before anything is asked."""
        with worded(self._path), transaction(self._db):
            self._db.execute("UPDATE meta SET value = value WHERE key = 'device'")

    def stamp(self) -> Stamp:
        """Return the next place in this device's log."""
        with worded(self._path):
            return self._place()

    def append(self, review: Review, memory: Memory | None) -> None:
        """Write a review and the memory it leads to, in one transaction.

        Writing a review that is in the log already changes nothing. Where the log
        has more than `memory` knows of, the card is replayed.
        """
        with self._writing():
            if has_row(self._db, "reviews", review.id):
                return
            is_next = self._is_next(review)
            self._add("reviews", review_row(review))
            if not review.mode.schedules:
                return
            if is_next and memory:
                self._put_memory(review.card, memory)
            else:
                self._recompute(review.card)
                self._seen = None  # what was read is no longer so

    def mark(self, mark: Mark) -> None:
        """Write a mark and where it leaves its card, in one transaction.

        Writing a mark that is in the log already changes nothing.
        """
        with self._writing():
            if has_row(self._db, "marks", mark.id):
                return
            self._add("marks", mark_row(mark))
            self._restand(mark.card)
            if mark.kind in {MarkKind.RESET, MarkKind.UNDO}:
                self._recompute(mark.card)
                self._seen = None  # what was read is no longer so

    def adopt(self, fit: Fit) -> None:
        """Write parameters that hold from now on, and all memories they lead to.

        It is one transaction. Writing a fit that is in the log already changes nothing.
        """
        with self._writing():
            if has_row(self._db, "fits", fit.id):
                return
            self._add("fits", fit_row(fit))
            self._rebuild()
            self._seen = None  # what `memories` gave is no longer so

    def lacks(self, rows: Iterable[LogRow]) -> list[LogRow]:
        """Return those rows of another log that are not in this one."""
        from trainer.storage.union import known_rows, missing  # noqa: PLC0415 - imports only

        with worded(self._path):
            return missing(rows, known_rows(self._db))

    def unite(self, rows: Iterable[LogRow]) -> list[LogRow]:
        """Add the rows of another log that this one lacks, and return them.

        It is one transaction. Uniting with the same rows again changes nothing.
        """
        from trainer.storage.union import add_missing, known_rows, missing  # noqa: PLC0415 - imports only

        with self._writing():
            lacking = missing(rows, known_rows(self._db))
            self._added += add_missing(self._db, lacking, self._device)
            if lacking:
                self._rebuild()
                self._seen = None  # what was read is no longer so
        return lacking

    def take_back(self, at: datetime, count: int) -> Sequence[TakenBack]:
        """Take back this device's last `count` reviews and marks, newest first.

        Those that were taken back before do not count.
        """
        tail = "AND device = ? ORDER BY seq DESC LIMIT ?"
        with self._writing():
            found = self._entries((_COUNTS, _STANDS), tail, [self._device, count])
            newest = sorted(found, key=lambda entry: entry.stamp.seq, reverse=True)
            return [self._retract(entry, at) for entry in newest[:count]]

    def reviews(self) -> list[Review]:
        """Return the reviews that count, in the order of the log."""
        with worded(self._path):
            return list(map(review_of, self._rows("reviews", _COUNTS)))

    def answered_since(self, at: datetime) -> list[datetime]:
        """Return the instants of the reviews since one that count."""
        where = f"at >= ? AND {_COUNTS}"
        with worded(self._path):
            rows = self._rows("reviews", where, [milliseconds(at)])
            return [review_of(row).at for row in rows]

    def last_day(self) -> date | None:
        """Return the study day of the last answer that counts, if there is any."""
        with worded(self._path):
            (day,) = self._db.execute("SELECT max(last_day) FROM memory").fetchone()
        return date.fromordinal(day) if day else None

    def is_new(self) -> bool:
        """Whether nothing was ever answered."""
        with worded(self._path):
            query = "SELECT NOT EXISTS (SELECT 1 FROM reviews)"
            return bool(self._db.execute(query).fetchone()[0])

    def retracted(self) -> list[Review]:
        """Return the reviews that were taken back."""
        with worded(self._path):
            return list(map(review_of, self._rows("reviews", f"NOT {_COUNTS}")))

    def retractions(self) -> list[Retraction]:
        """Return the retractions, in the order of the log."""
        with worded(self._path):
            return list(map(retraction_of, self._rows("retractions", "TRUE")))

    def marks(self) -> list[Mark]:
        """Return all marks, those taken back among them, in the order of the log."""
        with worded(self._path):
            return list(map(mark_of, self._rows("marks", "TRUE")))

    def fits(self) -> list[Fit]:
        """Return all parameters that were ever fitted, in the order of the log."""
        with worded(self._path):
            return list(map(fit_of, self._rows("fits", "TRUE")))

    def latest(self, count: int, decks: Collection[str]) -> list[Logged]:
        """Return the last reviews and marks on cards of some decks; of none: of all."""
        names = ", ".join("?" * len(decks))
        of_decks = f"AND substr(card, 1, instr(card, '/') - 1) IN ({names})"
        newest = "ORDER BY at DESC, device DESC, seq DESC LIMIT ?"
        tail = f"{of_decks if decks else ''} {newest}"
        return self._logged(tail, [*decks, count])[-count:]

    def history(self, card: CardId) -> list[Logged]:
        """Return all reviews and marks of a card, in the order of the log."""
        return self._logged("AND card = ?", [card])

    def standings(self) -> dict[CardId, Standing]:
        """Return where each card stands that was ever marked."""
        query = f"SELECT {STANDING_COLUMNS} FROM standing"
        with worded(self._path):
            rows = self._db.execute(query)
            return {CardId(row[0]): standing_of_row(row) for row in rows}

    def memories(self) -> dict[CardId, Memory]:
        """Return what is remembered of each card that was ever answered."""
        query = f"SELECT {MEMORY_COLUMNS} FROM memory"
        with worded(self._path):
            self._seen = self._data_version()
            return {CardId(row[0]): memory_of(row) for row in self._db.execute(query)}

    def memory(self, card: CardId) -> Memory | None:
        """Return what is remembered of a card; nothing if it is new."""
        query = f"SELECT {MEMORY_COLUMNS} FROM memory WHERE card = ?"
        with worded(self._path):
            found = self._db.execute(query, [card]).fetchone()
        return memory_of(found) if found else None

    def recall(self, today: date, until: date) -> Memories:
        """Return what is remembered, read as far as a study day's queue needs it.

        That is when cards are due that are due by `until` or were answered today.
        """
        days = [until.toordinal(), today.toordinal()]
        later = f"SELECT card FROM memory WHERE NOT {_WANTED}"
        wanted = f"SELECT card, {', '.join(Dated._fields)} FROM memory WHERE {_WANTED}"
        with worded(self._path):
            self._seen = self._data_version()
            # in this order: what is answered meanwhile is then among the wanted
            known = dict.fromkeys(
                (row[0] for row in self._db.execute(later, days)), LATER
            )
            for card, *when in self._db.execute(wanted, days):
                known[card] = Dated._make(when)
            return Memories(known, self.memory)

    def chain_is_whole(self) -> bool:
        """Whether each row of the log still carries its checksum."""
        with worded(self._path):
            return not any(breaks(self._db, tuple(LOG)))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Write all or nothing to the log; the marker follows what is on disk."""
        self._added.clear()
        with worded(self._path), transaction(self._db):
            yield
        newest = {row[0]: row for row in self._added}
        for row in newest.values():
            self.has_written = True
            self._marker.note(*row)

    def _add(self, table: str, row: Row) -> None:
        self._added.append(add_row(self._db, table, row))

    def replay_caches(self, *, keep: bool) -> list[CardId]:
        """Replay the log; return the cards whose caches differ from it.

        Only if wanted are the caches left as the log says.
        """
        with worded(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                before = self.memories(), self.standings()
                self._rebuild()
                after = self.memories(), self.standings()
            finally:
                self._db.execute("COMMIT" if keep else "ROLLBACK")
        cards = _differing(before[0], after[0]) | _differing(before[1], after[1])
        return sorted(cards)

    def _logged(self, tail: str, values: _Values) -> list[Logged]:
        with worded(self._path):
            found = self._entries(("TRUE", "kind <> 'undo'"), tail, values)
            undone = {row[0] for row in self._db.execute(_UNDONE)}
        return [
            Logged(entry, entry.id in undone) for entry in sorted(found, key=log_order)
        ]

    def _entries(
        self, conditions: tuple[str, str], tail: str, values: _Values
    ) -> list[Entry]:
        """Return reviews and marks, each by their condition and a common tail."""
        reviews = self._rows("reviews", f"{conditions[0]} {tail}", values)
        marks = self._rows("marks", f"{conditions[1]} {tail}", values)
        return [*map(review_of, reviews), *map(mark_of, marks)]

    def _rows(self, table: str, where: str, values: _Values = ()) -> list[Row]:
        """Return rows of the log, in its order unless `where` says another."""
        order = "" if "ORDER BY" in where else "ORDER BY at, device, seq"
        query = f"SELECT {LOG[table]} FROM {table} WHERE {where} {order}"
        return self._db.execute(query, values).fetchall()

    def _meta(self, key: str, make: Callable[[], str]) -> str:
        query = "SELECT value FROM meta WHERE key = ?"
        found = self._db.execute(query, [key]).fetchone()
        if found is None:
            insert = "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING"
            self._db.execute(insert, [key, make()])
            found = self._db.execute(query, [key]).fetchone()
        return str(found[0])

    def _place(self) -> Stamp:
        return Stamp(self._device, head(self._db, self._device)[0] + 1)

    def _is_next(self, review: Review) -> bool:
        """Whether a review follows what `memories` or `recall` gave.

        It does unless another connection has written since, or the clock has gone
        back behind the card's last review or reset.
        """
        at = milliseconds(review.at)
        later = self._db.execute(_LATER, {"card": review.card, "at": at})
        return self._seen == self._data_version() and not later.fetchone()[0]

    def _data_version(self) -> int:
        """Return a number that changes when another connection has written."""
        (version,) = self._db.execute("PRAGMA data_version").fetchone()
        return int(version)

    def _retract(self, entry: Entry, at: datetime) -> TakenBack:
        if isinstance(entry, Review):
            taken = Retraction(f"undo-{entry.id}", self._place(), at, entry.id)
            self._add("retractions", retraction_row(taken))
        else:
            undo = undo_mark(entry, self._place(), at)
            self._add("marks", mark_row(undo))
        memory = self._without(entry)
        return TakenBack(entry, memory, self._restand(entry.card))

    def _without(self, entry: Entry) -> Memory | None:
        """Return what is remembered of a card without what was just taken back."""
        if isinstance(entry, Review) or entry.kind is MarkKind.RESET:
            return self._recompute(entry.card)
        return self.memory(entry.card)

    def _recompute(self, card: CardId) -> Memory | None:
        """Replay one card into the cache, from its last reset on."""
        rows = self._rows("reviews", f"card = ? AND {_COUNTS}", [card])
        *_, life = lives(map(review_of, rows), self._marks_of(card))
        memory = replay(life, self._with_parameters())
        if memory is None:
            self._db.execute("DELETE FROM memory WHERE card = ?", [card])
        else:
            self._put_memory(card, memory)
        return memory

    def _restand(self, card: CardId) -> Standing:
        """Put into the cache where the marks of one card leave it."""
        marks = self._marks_of(card)
        standing = standing_of(marks, self._settings.rollover)
        if marks:
            self._put("standing", STANDING_COLUMNS, standing_row(card, standing))
        return standing

    def _marks_of(self, card: CardId) -> list[Mark]:
        return list(map(mark_of, self._rows("marks", "card = ?", [card])))

    def _put_memory(self, card: CardId, memory: Memory) -> None:
        self._put("memory", MEMORY_COLUMNS, memory_row(card, memory, self._settings))

    def _put(self, table: str, columns: str, row: Row) -> None:
        values = ", ".join("?" * len(row))
        insert = f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({values})"
        self._db.execute(insert, row)

    def _with_parameters(self) -> Settings:
        """Return the settings with the parameters in force.

        Another process may have fitted them since the database was opened.
        """
        found = self._db.execute(_IN_FORCE).fetchone()
        if found:
            parameters = parameters_of(found[0])
            self._settings = replace(self._settings, parameters=parameters)
        return self._settings

    def _refresh_caches(self) -> None:
        """Replay the log if a cache is empty or was made with other settings."""
        wanted = _fingerprint(self._with_parameters())
        made_with = self._meta("memory", lambda: wanted)
        (has_caches,) = self._db.execute(HAS_CACHES).fetchone()
        if made_with != wanted or not has_caches:
            with transaction(self._db):
                self._rebuild()

    def _rebuild(self) -> None:
        """Replay the whole log into the caches."""
        for cache in ("memory", "standing"):
            self._db.execute(f"DELETE FROM {cache}")
        for (card,) in self._db.execute(_CARDS).fetchall():
            self._recompute(CardId(card))
            self._restand(CardId(card))
        made_with = _fingerprint(self._with_parameters())
        self._db.execute("UPDATE meta SET value = ? WHERE key = 'memory'", [made_with])


def _differing(
    was: Mapping[CardId, object], now: Mapping[CardId, object]
) -> set[CardId]:
    return {card for card in was.keys() | now.keys() if was.get(card) != now.get(card)}


def _fingerprint(settings: Settings) -> str:
    """Return what tells settings apart that the caches depend on.

    `duecounts` compares it with the configuration and the newest fit.
    """
    return f"{settings_mark(settings)} {parameters_text(settings.parameters)}"
