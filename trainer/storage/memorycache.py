"""The cache of memories: what the log leads to, kept up to date as answers come.

An answer that is the last of the log is placed by what is due on the days within
reach. Any other one, or one taken back from amid the log, may move all that came after
it: then the whole log is replayed. How cards were before the last answers is kept, so
that these are taken back without that.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence

from trainer.cards.card import CardId
from trainer.scheduling.marks import BEGINNINGS, Entry, Mark, strength_of
from trainer.scheduling.memory import Memory, after_review
from trainer.scheduling.placing import Loads
from trainer.scheduling.review import Review
from trainer.scheduling.settings import Settings
from trainer.scheduling.wholelog import Places, remember
from trainer.storage.database import data_version
from trainer.storage.rows import (
    MEMORY_COLUMNS,
    Row,
    known_row,
    memory_of,
    memory_row,
    milliseconds,
    put,
)

COUNTS = "id NOT IN (SELECT review FROM retractions)"
"""What tells reviews that count from those taken back."""
STANDS = "kind <> 'undo' AND id NOT IN (SELECT value FROM marks WHERE kind = 'undo')"
"""What tells marks that count from those taken back."""

_ANSWERS = f"""
SELECT card, at, zone, rating FROM reviews WHERE mode = 'review' AND {COUNTS}
ORDER BY at, device, seq
"""
BEGINS_ANEW = "kind IN ('reset', 'start')"
"""What tells marks with which a card begins anew."""
_WITH_MARKS = f"""
SELECT card, at, zone, rating FROM (
    SELECT card, at, zone, rating, device, seq FROM reviews
    WHERE mode = 'review' AND {COUNTS}
    UNION ALL SELECT card, at, zone, 0, device, seq FROM marks
    WHERE {BEGINS_ANEW} AND {STANDS}
    UNION ALL SELECT card, at, zone, -rowid, device, seq FROM marks
    WHERE kind = 'start' AND {STANDS}
) ORDER BY at, device, seq, rating DESC
"""
"""All that counts for the schedule; resets have no rating, starts their number."""
_HAS_MARKS = f"SELECT EXISTS (SELECT 1 FROM marks WHERE {BEGINS_ANEW})"
_STARTS = "SELECT -rowid, value FROM marks WHERE kind = 'start'"

_DAYS = "SELECT due_day, count(*), max(last_at) FROM memory GROUP BY due_day"
_LAST_RESET = "SELECT coalesce(max(reset_at), 0) FROM standing"
_BEHIND = """
SELECT EXISTS (SELECT 1 FROM reviews WHERE (device, seq) > (:device, :seq) AND at = :at)
    OR EXISTS (SELECT 1 FROM marks WHERE (device, seq) > (:device, :seq) AND at = :at)
"""
_MEMORY = f"SELECT {MEMORY_COLUMNS} FROM memory"
_PUT = put("memory", MEMORY_COLUMNS)
_DROP = "DELETE FROM memory WHERE card = ?"

_WAS = f"entry, newest, {MEMORY_COLUMNS}"
_ADD_STEP = f"""
INSERT INTO trail ({_WAS})
SELECT :entry, :newest, :card, {MEMORY_COLUMNS.partition(", ")[2]}
FROM (SELECT 1) LEFT JOIN memory ON card = :card
"""
_LAST_STEP = f"SELECT number, {_WAS} FROM trail ORDER BY number DESC LIMIT 1"
_DROP_STEP = "DELETE FROM trail WHERE number = ?"
_DROP_OLD_STEPS = "DELETE FROM trail WHERE number <= ?"
_DROP_STEPS = "DELETE FROM trail"
_STEPS = 200
"""So many steps are kept at least; every so many, older ones are dropped."""


class DueDays:
    """How many cards are due on each day, read when it is first asked for.

    `newest` is the instant of the last answer or reset, in milliseconds; `settings` are
    those in force.
    """

    def __init__(self, db: sqlite3.Connection, settings: Settings) -> None:
        self.settings = settings
        self._db = db
        self._counts: dict[int, int] | None = None
        self.newest = 0

    def load(self) -> dict[int, int]:
        """Read them, unless that was done."""
        if self._counts is None:
            (self.newest,) = self._db.execute(_LAST_RESET).fetchone()
            self._counts = {}
            for day, count, last in self._db.execute(_DAYS):
                self._counts[day] = count
                self.newest = max(self.newest, last)
        return self._counts

    @property
    def get(self) -> Callable[[int, int], int]:
        """Tells how many cards are due on a day; see `Counts`."""
        return self.load().get


class MemoryCache:
    """The table `memory` of a database, and what a sitting knows of it.

    `in_force` returns the settings that memories are made with.
    """

    def __init__(
        self, db: sqlite3.Connection, in_force: Callable[[], Settings]
    ) -> None:
        self._db = db
        self._in_force = in_force
        self._days: DueDays | None = None
        self._version = 0

    def loads(self) -> Loads:
        """Return how many cards are due on each day, for a sitting to go on from.

        What it makes of them is taken over as long as nothing else is written.
        """
        self.forget()
        self._version = data_version(self._db)
        self._days = self._due_days()
        return Loads(self._days)

    def _due_days(self) -> DueDays:
        return DueDays(self._db, self._in_force())

    def prepare(self, version: int) -> None:
        """See how it is before something is written; a transaction is open.

        `version` changes when another connection has written.
        """
        if self._days is not None and self._version != version:
            self.forget()
        if self._days is not None:
            self._days.load()

    def memory(self, card: CardId) -> Memory | None:
        """Return what is remembered of a card; nothing if it is new."""
        row = self._db.execute(f"{_MEMORY} WHERE card = ?", [card]).fetchone()
        return memory_of(row) if row else None

    def append(self, review: Review, memory: Memory | None) -> None:
        """Go on by a review that was written, and that led a sitting to a memory."""
        days = self._days or self._due_days()
        counts, newest = days.load(), days.newest
        if not self._is_last(review, newest):
            self.replay()
            return
        if self._days is None or memory is None:
            before, loads = self.memory(review.card), Loads(counts)
            memory = after_review(before, review, days.settings, loads)
            self.forget()
        self._leave(review, newest)
        days.newest = milliseconds(review.at)
        self._put(memory_row(review.card, memory, days.settings))

    def reset(self, mark: Mark) -> None:
        """Go on by a reset that was written."""
        days = self._due_days()
        days.load()
        if self._is_last(mark, days.newest):
            self._leave(mark, days.newest)
            self._db.execute(_DROP, [mark.card])
            self.forget()
        else:
            self.replay()

    def take_back(self, entries: Sequence[Entry]) -> None:
        """Go back by what was taken back, newest first."""
        counting = [entry for entry in entries if _moves_cards(entry)]
        if not all(map(self._step_back, counting)):
            self.replay()

    def replay(self) -> None:
        """Replay the whole log; write what differs."""
        found = self._replayed(self._in_force())
        kept = {row[0]: row for row in self._db.execute(_MEMORY)}
        changed = (row for row in found if kept.pop(row[0], None) != row)
        self._db.executemany(_PUT, changed)
        self._db.executemany(_DROP, ((card,) for card in kept))
        self._db.execute(_DROP_STEPS)
        self.forget()

    def _replayed(self, settings: Settings) -> Iterator[Row]:
        """Return a row for each card that the log remembers, made when asked for."""
        places = Places(settings)
        (has_marks,) = self._db.execute(_HAS_MARKS).fetchone()
        answers = self._db.execute(_WITH_MARKS if has_marks else _ANSWERS)
        starts = {
            number: strength_of(value) for number, value in self._db.execute(_STARTS)
        }
        known = remember(answers, settings, places, starts)
        return (known_row(card, one, places) for card, one in known.items())

    def _leave(self, entry: Entry, newest: int) -> None:
        """Keep how it was before an entry that is the last of the log."""
        step = {"entry": entry.id, "newest": newest, "card": entry.card}
        number = self._db.execute(_ADD_STEP, step).lastrowid or 0
        if number % _STEPS == 0:
            self._db.execute(_DROP_OLD_STEPS, [number - _STEPS])

    def _step_back(self, entry: Entry) -> bool:
        """Go back by the last answer or reset of the log; say whether it was that."""
        step = self._db.execute(_LAST_STEP).fetchone()
        if step is None or step[1] != entry.id:
            return False
        number, _, newest, card, *was = step
        self._db.execute(_DROP_STEP, [number])
        self._db.execute(_DROP, [card])
        if any(cell is not None for cell in was):
            self._put((card, *was))
        if self._days is not None:
            self._days.newest = newest
        return True

    def _is_last(self, entry: Entry, newest: int) -> bool:
        """Whether nothing stands behind an entry in the order of the log."""
        at = milliseconds(entry.at)
        if at != newest:
            return at > newest
        place = {"device": entry.stamp.device, "seq": entry.stamp.seq, "at": at}
        return not self._db.execute(_BEHIND, place).fetchone()[0]

    def _put(self, row: Row) -> None:
        self._db.execute(_PUT, row)

    def forget(self) -> None:
        """Take over nothing more of what a sitting made of `loads`."""
        self._days = None


def _moves_cards(entry: Entry) -> bool:
    """Whether an entry decides when its card comes back."""
    if isinstance(entry, Review):
        return entry.mode.schedules
    return entry.kind in BEGINNINGS
