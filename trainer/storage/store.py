"""The store: the append-only log of this learner, and the caches beside it."""

import os
import sqlite3
from collections.abc import (
    Callable,
    Iterable,
    Iterator,
    Sequence,
)
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from datetime import date, datetime
from itertools import starmap
from types import TracebackType
from typing import Self

from trainer.cards.card import CardId
from trainer.scheduling.marks import (
    Entry,
    Mark,
    MarkKind,
    Standing,
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
from trainer.scheduling.settings import Settings
from trainer.statistics.daily import Daily
from trainer.statistics.recalled import Lapsed, Recalled, Step
from trainer.storage.caches import Caches, fingerprint
from trainer.storage.chain import has_row, tables_of
from trainer.storage.columns import column, read_columns
from trainer.storage.database import (
    Migration,
    Schema,
    connect,
    worded,
)
from trainer.storage.deckfiles import STORE, STORE_VERSION, WAIT_MS
from trainer.storage.log import Log
from trainer.storage.logwriter import LogWriter
from trainer.storage.marker import Marker
from trainer.storage.meta import noted_once
from trainer.storage.recalling import recalled
from trainer.storage.rows import (
    fit_row,
    mark_row,
    quiz_answer_row,
    quiz_row,
    retraction_row,
    review_row,
)
from trainer.storage.schema import check_schema
from trainer.study.log import LogRow
from trainer.study.quiz.record import QuizAnswer, QuizBegun
from trainer.study.session import TakenBack

_REPLAYED = frozenset({MarkKind.START, MarkKind.UNDO})

_INTERVAL = "due_day - last_day"
_RECALLED = (
    *map(column, ("card", "due_day", "last_day")),
    f"{column(f'json_array(card, {_INTERVAL})')} FILTER (WHERE state <> 'review')",
    f"{column(f'json_array(card, lapses, {_INTERVAL})')} FILTER (WHERE lapses >= ?)",
)
_STRENGTH = "stability", "difficulty"

Others = Callable[[Log], AbstractSet[CardId]]
"""Tells by the log at one moment all cards in it but those that are sought."""


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
        marker = Marker(home)
        marker.refuse_vanished(self._path)
        self._db = connect(self._path, _schema(home, marker), wait_ms)
        try:
            with worded(self._path):
                self._device = noted_once(self._db, "device", new_device)
                self.log = Log(self._db, self._path, self._device)
                self._caches = Caches(self._db, self.log, settings)
                self._caches.refresh()
                self._writer = LogWriter(self._db, self._path, self._device, marker)
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
        return self._caches.settings

    @property
    def has_written(self) -> bool:
        """Whether anything was added to the log since it was opened."""
        return self._writer.has_written

    def check_writable(self) -> None:
        """Raise now what writing would raise, before anything is asked."""
        with worded(self._path):
            self._writer.check()

    def stamp(self) -> Stamp:
        """Return the next place in this device's log."""
        with worded(self._path):
            return self._writer.stamp()

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
            self._writer.add("reviews", review_row(review))
            if review.mode.schedules:
                self._caches.memory.append(review, memory)
            if mark:
                self._writer.add("marks", mark_row(mark))
                self._caches.restand(mark.card)

    def mark(self, mark: Mark) -> None:
        """Write a mark and where it leaves its card, in one transaction.

        Writing a mark that is in the log already changes nothing.
        """
        with self._writing():
            if has_row(self._db, "marks", mark.id):
                return
            self._writer.add("marks", mark_row(mark))
            self._caches.restand(mark.card)
            if mark.kind is MarkKind.RESET:
                self._caches.memory.reset(mark)
            elif mark.kind in _REPLAYED:
                self._caches.memory.replay()

    def adopt(self, fit: Fit) -> None:
        """Write parameters that hold from now on, and all memories they lead to.

        It is one transaction. Writing a fit that is in the log already changes nothing.
        """
        with self._writing():
            if has_row(self._db, "fits", fit.id):
                return
            self._writer.add("fits", fit_row(fit))
            self._caches.rebuild()

    def begin_quiz(self, quiz: QuizBegun) -> None:
        """Write that a quiz has begun; no memory follows from it."""
        with self._writing():
            if not has_row(self._db, "quizzes", quiz.id):
                self._writer.add("quizzes", quiz_row(quiz))

    def add_answer(self, answer: QuizAnswer) -> None:
        """Write an answer of a quiz; when this returns it survives a power cut."""
        with self._writing():
            if not has_row(self._db, "quiz_answers", answer.id):
                self._writer.add("quiz_answers", quiz_answer_row(answer))

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
            self._writer.was_added(add_missing(self._db, lacking, self._device))
            if lacking:
                self._caches.rebuild()
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
            self._caches.memory.take_back(taken)
            return [self._without(entry) for entry in taken]

    def last_day(self) -> date | None:
        """Return the study day of the last answer that counts, if there is any."""
        with worded(self._path):
            (day,) = self._db.execute("SELECT max(last_day) FROM memory").fetchone()
        return date.fromordinal(day) if day else None

    def standings(self) -> dict[CardId, Standing]:
        """Return where each card stands that was ever marked by the learner."""
        with worded(self._path):
            return self._caches.standings()

    def memories(self) -> dict[CardId, Memory]:
        """Return what is remembered of each card that was ever answered."""
        with worded(self._path):
            return self._caches.memories()

    def recalled(self, today: date) -> Recalled:
        """Return how the cards that were ever answered are on a study day."""
        fewest = [max(self.settings.leech_lapses, 1)]
        with worded(self._path):
            cards, due, last, steps, lapsed, stability, difficulty = read_columns(
                self._db, "memory", _RECALLED, _STRENGTH, fewest
            )
        pairs = zip(stability, last, strict=True)
        model = model_of(self.settings.parameters)
        return Recalled(
            *(cards, stability, difficulty, due, last),
            recall=model.recalls(pairs, today.toordinal()),
            steps=[*starmap(Step, steps)],
            lapsed=[*starmap(Lapsed, lapsed)],
        )

    def memory(self, card: CardId) -> Memory | None:
        """Return what is remembered of a card; nothing if it is new."""
        with worded(self._path):
            return self._caches.memory.memory(card)

    def loads(self) -> Loads:
        """Return how many cards are due on each day, for a sitting to go on from.

        Memories that it makes are taken over as long as nothing else is written.
        """
        with worded(self._path):
            return self._caches.memory.loads()

    def daily(self, decks: Sequence[str], today: date) -> Daily:
        """Return the log by day, of some decks or of all; it is kept up to date."""
        from trainer.storage.rollups import Rollups  # noqa: PLC0415 - a sitting does without

        with worded(self._path):
            settings = self._caches.in_force()
            mark = fingerprint(settings)
            return Rollups(self._db).daily(decks, today, settings, mark)

    def recall(self, sought: Sought, others: Others | None = None) -> Known:
        """Return which cards may come today, read as far as a sitting needs it.

        It is quicker with `others` than without.
        """
        with worded(self._path), self.reading():
            besides = others(self.log) if others else None
            return recalled(self._db, sought, besides)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read as things are at one moment."""
        with worded(self._path):
            self._db.execute("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):  # nothing was written; who reads tells more
                self._db.execute("ROLLBACK")

    def settle(self) -> None:
        """Move what was written from the WAL into the database, now and then.

        It takes some milliseconds, so it is for when nobody waits. What lies in the WAL
        is as safe, so it does not matter where this fails.
        """
        self._writer.settle()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Write all or nothing to the log and the caches."""
        with self._writer.writing() as version, self._caches.following(version):
            yield

    def replay_caches(self, *, keep: bool) -> list[CardId]:
        """Replay the log; return the cards whose caches differ from it.

        Only if wanted are the caches left as the log says.
        """
        with worded(self._path):
            return self._caches.differing(keep=keep)

    def _retract(self, entry: Entry, at: datetime) -> None:
        if isinstance(entry, Review):
            taken = Retraction(f"undo-{entry.id}", self._writer.place(), at, entry.id)
            self._writer.add("retractions", retraction_row(taken))
        else:
            undo = undo_mark(entry, self._writer.place(), at)
            self._writer.add("marks", mark_row(undo))

    def _without(self, entry: Entry) -> TakenBack:
        memory = self._caches.memory.memory(entry.card)
        return TakenBack(entry, memory, self._caches.restand(entry.card))
