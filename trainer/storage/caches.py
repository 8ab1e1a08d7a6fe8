"""The caches that follow from the log: memories and standings, kept up to date with it.

They are written in the transaction of what they follow from, and made anew when they
are empty or were made with other settings.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from trainer.cards.card import CardId
from trainer.scheduling.defaults import parameters_text
from trainer.scheduling.marks import MarkKind, Standing, standing_of
from trainer.scheduling.memory import Memory
from trainer.scheduling.settings import Settings, settings_mark
from trainer.storage.database import transaction
from trainer.storage.duecounts import HAS_CACHES, IN_FORCE
from trainer.storage.log import Log
from trainer.storage.memorycache import MemoryCache
from trainer.storage.meta import noted_once
from trainer.storage.rows import (
    MEMORY_COLUMNS,
    STANDING_COLUMNS,
    memory_of,
    parameters_of,
    put,
    standing_of_row,
    standing_row,
)

_IN_FORCE = IN_FORCE.format(fits="fits")
_MARKED = "SELECT DISTINCT card FROM marks WHERE kind <> 'start'"
_NOTE = "UPDATE meta SET value = ? WHERE key = 'memory'"
_FORGET_ROLLUPS = "DELETE FROM meta WHERE key = 'rollups'"
"""They are made anew when they are asked for."""


class Caches:
    """The caches of a database, made with `settings` and the parameters in force.

    `memory` is the one of memories.
    """

    def __init__(self, db: sqlite3.Connection, log: Log, settings: Settings) -> None:
        self._db = db
        self._log = log
        self.settings = settings
        self.memory = MemoryCache(db, self.in_force)

    def memories(self) -> dict[CardId, Memory]:
        """Return what is remembered of each card that was ever answered."""
        query = f"SELECT {MEMORY_COLUMNS} FROM memory"
        return {CardId(row[0]): memory_of(row) for row in self._db.execute(query)}

    def standings(self) -> dict[CardId, Standing]:
        """Return where each card stands that was ever marked."""
        query = f"SELECT {STANDING_COLUMNS} FROM standing"
        return {CardId(row[0]): standing_of_row(row) for row in self._db.execute(query)}

    @contextmanager
    def following(self, version: int) -> Iterator[None]:
        """Follow what is written meanwhile; a transaction is open.

        `version` changes when another connection has written.
        """
        try:
            self.memory.prepare(version)
            yield
        except BaseException:
            self.memory.forget()  # what it knows was not written
            raise

    def restand(self, card: CardId) -> Standing:
        """Keep where the marks of one card leave it."""
        marks = self._log.marks_of(card)
        standing = standing_of(marks, self.settings.rollover)
        if any(mark.kind is not MarkKind.START for mark in marks):
            row = standing_row(card, standing)
            self._db.execute(put("standing", STANDING_COLUMNS), row)
        return standing

    def in_force(self) -> Settings:
        """Return the settings with the parameters in force.

        Another process may have fitted them since the database was opened.
        """
        found = self._db.execute(_IN_FORCE).fetchone()
        if found:
            parameters = parameters_of(found[0])
            self.settings = replace(self.settings, parameters=parameters)
        return self.settings

    def refresh(self) -> None:
        """Replay the log if a cache is empty or was made with other settings."""
        wanted = fingerprint(self.in_force())
        made_with = noted_once(self._db, "memory", lambda: wanted)
        (has_caches,) = self._db.execute(HAS_CACHES).fetchone()
        if made_with != wanted or not has_caches:
            with transaction(self._db):
                self.rebuild()

    def rebuild(self) -> None:
        """Replay the whole log into the caches."""
        self._db.execute("DELETE FROM standing")
        for (card,) in self._db.execute(_MARKED).fetchall():
            self.restand(CardId(card))
        self.memory.replay()
        self._db.execute(_NOTE, [fingerprint(self.in_force())])

    def differing(self, *, keep: bool) -> list[CardId]:
        """Replay the log; return the cards whose caches differ from it.

        Only if wanted are the caches left as the log says.
        """
        self._db.execute("BEGIN IMMEDIATE")
        try:
            before = self.memories(), self.standings()
            self.rebuild()
            self._db.execute(_FORGET_ROLLUPS)
            after = self.memories(), self.standings()
        finally:
            self._db.execute("COMMIT" if keep else "ROLLBACK")
        return sorted(_unlike(before[0], after[0]) | _unlike(before[1], after[1]))


def _unlike(was: Mapping[CardId, object], now: Mapping[CardId, object]) -> set[CardId]:
    return {card for card in was.keys() | now.keys() if was.get(card) != now.get(card)}


def fingerprint(settings: Settings) -> str:
    """Return what tells settings apart that the caches depend on.

    `duecounts` compares it with the configuration and the newest fit.
    """
    return f"{settings_mark(settings)} {parameters_text(settings.parameters)}"
