"""The store: the append-only log of this learner, and the caches beside it."""

import os
import sqlite3
from collections.abc import (
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from itertools import starmap
from types import TracebackType
from typing import Self

from trainer.cards.card import CardId
from trainer.scheduling.defaults import parameters_text
from trainer.scheduling.marks import (
    Entry,
    Mark,
    MarkKind,
    Standing,
    standing_of,
    undo_mark,
)
from trainer.scheduling.memory import Memory
from trainer.scheduling.model import model_of
from trainer.scheduling.parameters import Fit
from trainer.scheduling.placing import Loads
from trainer.scheduling.queue import Known, Sought
from trainer.scheduling.review import (
    Retraction,
    Review,
    Stamp,
)
from trainer.scheduling.settings import Settings, settings_mark
from trainer.statistics.daily import Daily
from trainer.statistics.recalled import Lapsed, Recalled, Step
from trainer.storage.chain import (
    LOG,
    add_row,
    breaks,
    has_row,
    head,
    heads,
    tables_of,
)
from trainer.storage.columns import column, read_columns
from trainer.storage.database import (
    DatabaseError,
    Migration,
    Schema,
    connect,
    data_version,
    transaction,
    worded,
)
from trainer.storage.deckfiles import STORE, STORE_VERSION, WAIT_MS
from trainer.storage.duecounts import HAS_CACHES, IN_FORCE
from trainer.storage.log import Log
from trainer.storage.marker import Marker
from trainer.storage.memorycache import MemoryCache
from trainer.storage.recalling import recalled
from trainer.storage.rows import (
    MEMORY_COLUMNS,
    STANDING_COLUMNS,
    Row,
    fit_row,
    mark_row,
    memory_of,
    parameters_of,
    put,
    quiz_answer_row,
    quiz_row,
    retraction_row,
    review_row,
    standing_of_row,
    standing_row,
)
from trainer.storage.schema import check_schema
from trainer.study.log import LogRow
from trainer.study.quiz.record import QuizAnswer, QuizBegun
from trainer.study.session import TakenBack

_META = "SELECT value FROM meta WHERE key = ?"
_IN_FORCE = IN_FORCE.format(fits="fits")
_REPLAYED = frozenset({MarkKind.START, MarkKind.UNDO})
_MARKED = "SELECT DISTINCT card FROM marks"

_UNSETTLED = 10
"""So many answers lie in the WAL before they are settled.

The WAL then begins anew: to write over it takes a good deal less than to append to it,
which changes the file's length. The first answer after that takes a little longer.
"""

_INTERVAL = "due_day - last_day"
_RECALLED = (
    *map(column, ("card", "due_day", "last_day")),
    f"{column(f'json_array(card, {_INTERVAL})')} FILTER (WHERE state <> 'review')",
    f"{column(f'json_array(card, lapses, {_INTERVAL})')} FILTER (WHERE lapses >= ?)",
)
_STRENGTH = "stability", "difficulty"
_FORGET_ROLLUPS = "DELETE FROM meta WHERE key = 'rollups'"
"""They are made anew when they are asked for."""


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
        self._added: list[tuple[str, int, str]] = []
        self._unsettled = 0
        self._seen: int | None = None
        self._newest: tuple[int, str] | None = None
        self._marker = Marker(home)
        self._marker.refuse_vanished(self._path)
        self._db = connect(self._path, _schema(home, self._marker), wait_ms)
        self._memories = MemoryCache(self._db, self._with_parameters)
        self.has_written = False
        try:
            with worded(self._path):
                self._device = self._meta("device", new_device)
                self.log = Log(self._db, self._path, self._device)
                self._refresh_caches()
                self._note(self._device, *head(self._db, self._device))
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
            if self._is_alone():
                newest, _ = self._marker.heads.get(self._device, (0, ""))
                return Stamp(self._device, newest + 1)
            return self._place()

    def append(
        self, review: Review, memory: Memory | None, mark: Mark | None = None
    ) -> None:
        """Write a review, the memory and mark it leads to, in one transaction.

        Writing a review that is in the log already changes nothing. Where the log
        has more than `loads` and `memory` know of, the memory is made anew.
        """
        with self._writing():
            if has_row(self._db, "reviews", review.id):
                return
            self._add("reviews", review_row(review))
            if review.mode.schedules:
                self._memories.append(review, memory)
            if mark:
                self._add("marks", mark_row(mark))
                self._restand(mark.card)

    def mark(self, mark: Mark) -> None:
        """Write a mark and where it leaves its card, in one transaction.

        Writing a mark that is in the log already changes nothing.
        """
        with self._writing():
            if has_row(self._db, "marks", mark.id):
                return
            self._add("marks", mark_row(mark))
            self._restand(mark.card)
            if mark.kind is MarkKind.RESET:
                self._memories.reset(mark)
            elif mark.kind in _REPLAYED:
                self._memories.replay()

    def adopt(self, fit: Fit) -> None:
        """Write parameters that hold from now on, and all memories they lead to.

        It is one transaction. Writing a fit that is in the log already changes nothing.
        """
        with self._writing():
            if has_row(self._db, "fits", fit.id):
                return
            self._add("fits", fit_row(fit))
            self._rebuild()

    def begin_quiz(self, quiz: QuizBegun) -> None:
        """Write that a quiz has begun; no memory follows from it."""
        with self._writing():
            if not has_row(self._db, "quizzes", quiz.id):
                self._add("quizzes", quiz_row(quiz))

    def add_answer(self, answer: QuizAnswer) -> None:
        """Write an answer of a quiz; when this returns it survives a power cut."""
        with self._writing():
            if not has_row(self._db, "quiz_answers", answer.id):
                self._add("quiz_answers", quiz_answer_row(answer))

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
        return lacking

    def take_back(self, at: datetime, count: int) -> Sequence[TakenBack]:
        """Take back this device's last `count` reviews and marks, newest first.

        Those that were taken back before do not count. Each is returned with how its
        card is after all of it.
        """
        with self._writing():
            taken = self.log.last(count)
            for entry in taken:
                self._retract(entry, at)
            self._memories.take_back(taken)
            return [
                TakenBack(one, self._memories.memory(one.card), self._restand(one.card))
                for one in taken
            ]

    def last_day(self) -> date | None:
        """Return the study day of the last answer that counts, if there is any."""
        with worded(self._path):
            (day,) = self._db.execute("SELECT max(last_day) FROM memory").fetchone()
        return date.fromordinal(day) if day else None

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
            return {CardId(row[0]): memory_of(row) for row in self._db.execute(query)}

    def recalled(self, today: date) -> Recalled:
        """Return how the cards that were ever answered are on a study day."""
        fewest = [max(self._settings.leech_lapses, 1)]
        with worded(self._path):
            cards, due, last, steps, lapsed, stability, difficulty = read_columns(
                self._db, "memory", _RECALLED, _STRENGTH, fewest
            )
        pairs = zip(stability, last, strict=True)
        model = model_of(self._settings.parameters)
        return Recalled(
            *(cards, stability, difficulty, due, last),
            recall=model.recalls(pairs, today.toordinal()),
            steps=[*starmap(Step, steps)],
            lapsed=[*starmap(Lapsed, lapsed)],
        )

    def memory(self, card: CardId) -> Memory | None:
        """Return what is remembered of a card; nothing if it is new."""
        with worded(self._path):
            return self._memories.memory(card)

    def loads(self) -> Loads:
        """Return how many cards are due on each day, for a sitting to go on from.

        Memories that it makes are taken over as long as nothing else is written.
        """
        with worded(self._path):
            return self._memories.loads()

    def daily(self, decks: Sequence[str], today: date) -> Daily:
        """Return the log by day, of some decks or of all; it is kept up to date."""
        from trainer.storage.rollups import Rollups  # noqa: PLC0415 - a sitting does without

        with worded(self._path):
            settings = self._with_parameters()
            mark = _fingerprint(settings)
            return Rollups(self._db).daily(decks, today, settings, mark)

    def recall(self, sought: Sought) -> Known:
        """Return which cards may come today, read as far as a sitting needs it."""
        with worded(self._path), self._reading():
            return recalled(self._db, sought)

    def settle(self) -> None:
        """Move what was written from the WAL into the database, now and then.

        It takes some milliseconds, so it is for when nobody waits. What lies in the WAL
        is as safe, so it does not matter where this fails.
        """
        if self._unsettled >= _UNSETTLED:
            self._unsettled = 0
            with suppress(sqlite3.Error):
                self._db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def chain_is_whole(self) -> bool:
        """Whether each row of the log still carries its checksum."""
        with worded(self._path):
            return not any(breaks(self._db, tuple(LOG)))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Read as things are at one moment."""
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.execute("COMMIT")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Write all or nothing to the log; the marker follows what is on disk."""
        self._added.clear()
        with worded(self._path), transaction(self._db):
            is_alone = self._is_alone()
            if not is_alone and self._named() != self._device:
                raise DatabaseError("database-replaced", path=self._path)
            self._newest = self._marker.heads.get(self._device) if is_alone else None
            self._seen = data_version(self._db)
            try:
                self._memories.prepare()
                yield
            except BaseException:
                self._memories.forget()  # what it knows was not written
                raise
        newest = {row[0]: row for row in self._added}
        for row in newest.values():
            self.has_written = True
            self._unsettled += 1
            self._note(*row)

    def _note(self, device: str, seq: int, checksum: str) -> None:
        """Let the marker follow; a backup may have been put in place in between."""
        self._marker.note(device, seq, checksum)
        with suppress(sqlite3.Error, DatabaseError):
            if not self._is_alone() and self._marker.is_ahead(self._db, tuple(LOG)):
                self._marker.replace(heads(self._db, tuple(LOG)))

    def _is_alone(self) -> bool:
        """Whether nobody else has written since this store wrote."""
        return data_version(self._db) == self._seen

    def _add(self, table: str, row: Row) -> None:
        added = add_row(self._db, table, row, self._newest)
        self._newest = added[1:]
        self._added.append(added)

    def replay_caches(self, *, keep: bool) -> list[CardId]:
        """Replay the log; return the cards whose caches differ from it.

        Only if wanted are the caches left as the log says.
        """
        with worded(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                before = self.memories(), self.standings()
                self._rebuild()
                self._db.execute(_FORGET_ROLLUPS)
                after = self.memories(), self.standings()
            finally:
                self._db.execute("COMMIT" if keep else "ROLLBACK")
        cards = _differing(before[0], after[0]) | _differing(before[1], after[1])
        return sorted(cards)

    def _meta(self, key: str, make: Callable[[], str]) -> str:
        found = self._db.execute(_META, [key]).fetchone()
        if found is None:
            insert = "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING"
            self._db.execute(insert, [key, make()])
            found = self._db.execute(_META, [key]).fetchone()
        return str(found[0])

    def _named(self) -> str | None:
        """Return the device's name: another one, or none, after a restore."""
        found = self._db.execute(_META, ["device"]).fetchone()
        return found and str(found[0])

    def _place(self) -> Stamp:
        return Stamp(self._device, head(self._db, self._device)[0] + 1)

    def _retract(self, entry: Entry, at: datetime) -> None:
        if isinstance(entry, Review):
            taken = Retraction(f"undo-{entry.id}", self._place(), at, entry.id)
            self._add("retractions", retraction_row(taken))
        else:
            undo = undo_mark(entry, self._place(), at)
            self._add("marks", mark_row(undo))

    def _restand(self, card: CardId) -> Standing:
        """Put into the cache where the marks of one card leave it."""
        marks = self.log.marks_of(card)
        standing = standing_of(marks, self._settings.rollover)
        if marks:
            row = standing_row(card, standing)
            self._db.execute(put("standing", STANDING_COLUMNS), row)
        return standing

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
        self._db.execute("DELETE FROM standing")
        for (card,) in self._db.execute(_MARKED).fetchall():
            self._restand(CardId(card))
        self._memories.replay()
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
