"""The log, read: all that was ever written, in its order."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from trainer.cards.card import CardId
from trainer.scheduling.history import Logged
from trainer.scheduling.marks import Entry, Mark
from trainer.scheduling.parameters import Fit
from trainer.scheduling.review import Given, Retraction, Review, log_order
from trainer.storage.chain import LOG
from trainer.storage.database import worded
from trainer.storage.memorycache import COUNTS, STANDS
from trainer.storage.rows import (
    Row,
    fit_of,
    mark_of,
    milliseconds,
    quiz_answer_of,
    quiz_of,
    retraction_of,
    review_of,
)
from trainer.study.quiz.record import QuizAnswer, QuizBegun

_UNDONE = (
    "SELECT review FROM retractions UNION SELECT value FROM marks WHERE kind = 'undo'"
)

_MILLISECOND = timedelta(milliseconds=1)
_DAY_MS = timedelta(days=1) // _MILLISECOND
_FIRST_DAY = date(1970, 1, 1).toordinal()

_GIVEN = f"""
SELECT reviews.card, (at + reviews.zone * 1000 - :shift) / {_DAY_MS}, rating
FROM reviews LEFT JOIN standing ON standing.card = reviews.card
WHERE {COUNTS} AND mode = 'review' AND (reset_at IS NULL OR at > reset_at)
AND reviews.card NOT IN (
    SELECT marks.card FROM marks LEFT JOIN standing ON standing.card = marks.card
    WHERE kind = 'start' AND {STANDS} AND (reset_at IS NULL OR at > reset_at)
)
ORDER BY at, device, seq
"""

_DEVICES = """
WITH RECURSIVE devices (name) AS (
    SELECT min(device) FROM reviews UNION ALL
    SELECT (SELECT min(device) FROM reviews WHERE device > name) FROM devices
    WHERE name IS NOT NULL
) SELECT name FROM devices WHERE name IS NOT NULL
"""
_NEWEST = f"""
SELECT at, seq FROM reviews WHERE device = ? AND {COUNTS} ORDER BY seq DESC
"""
_BEGINS = "WITH begins (name, begin) AS (SELECT key, value FROM json_each(:begins))"
_SINCE = f"""
begins CROSS JOIN reviews ON device = name AND seq >= begin
WHERE at >= :at AND {COUNTS}
"""
_LATE = f"""
{_BEGINS} SELECT {LOG["reviews"]} FROM {_SINCE} ORDER BY at, device, seq
"""
_BEFORE = f"""
{_BEGINS} SELECT late FROM (SELECT DISTINCT card AS late FROM {_SINCE}) WHERE EXISTS (
    SELECT 1 FROM reviews WHERE card = late AND at < :at AND {COUNTS}
)
"""
_EACH = f"SELECT {LOG['reviews']} FROM reviews WHERE {COUNTS} ORDER BY at, device, seq"
_LAST_ROW = "SELECT rowid, checksum FROM {} ORDER BY rowid DESC LIMIT 1"
_HAS_ROW = "SELECT 1 FROM {} WHERE rowid = ? AND checksum = ?"
_NAMED = "SELECT card FROM memory UNION ALL SELECT card FROM standing"
_NAMED_SINCE = """
SELECT card FROM reviews WHERE rowid > ?
UNION ALL SELECT card FROM marks WHERE rowid > ?
"""
_MANY_OLDER = 1000

_Values = Sequence[str | int]


class Reached(NamedTuple):
    """The newest rows of the tables of reviews and marks, with their checksums.

    Before the first row there is one of number 0.
    """

    reviews: int
    review: str
    marks: int
    mark: str


class Log:
    """What a database says was done, its rows in the order of the log."""

    def __init__(self, db: sqlite3.Connection, path: str, device: str) -> None:
        """Read from an open database; `device` is this one's name."""
        self._db = db
        self._path = path
        self._device = device

    def reviews(self) -> list[Review]:
        """Return the reviews that count, in the order of the log."""
        with worded(self._path):
            return list(map(review_of, self._rows("reviews", COUNTS)))

    def each_review(self) -> Iterator[Review]:
        """Yield the reviews that count, in the order of the log, as they are read."""
        with worded(self._path):
            yield from map(review_of, self._db.execute(_EACH))

    def given(self, rollover: timedelta) -> list[Given]:
        """Return the answers that schedule, each card's since its last reset.

        They are in the order of the log, and no more is read than fitting needs. Study
        days begin at `rollover`. Cards that went on from a start are left out: the
        library has to see all answers of a card.
        """
        shift = rollover // _MILLISECOND - _FIRST_DAY * _DAY_MS
        with worded(self._path):
            return self._db.execute(_GIVEN, {"shift": shift}).fetchall()

    def answered_since(self, at: datetime) -> list[datetime]:
        """Return the instants of the reviews since one that count.

        The log is read backwards, so that its length does not matter: up to many
        reviews that are older, as the clock may have been wrong for a while.
        """
        return [review.at for review in self._since(milliseconds(at))]

    def reviews_since(self, day: date) -> Iterator[Review]:
        """Yield the reviews since a study day that count, in the order of the log.

        They are found as in `answered_since`. A few of the days before are among them,
        as a study day begins at another instant in each zone.
        """
        return self._since(_floor(day))

    def answered_before(self, day: date) -> set[CardId]:
        """Return the cards of `reviews_since` a day that had been answered earlier."""
        with worded(self._path):
            rows = self._db.execute(_BEFORE, self._begins(_floor(day)))
            return {CardId(row[0]) for row in rows}

    def newest(self) -> datetime | None:
        """Return when this device's last answer was given, by the clock of then."""
        where = "device = ? ORDER BY seq DESC LIMIT 1"
        with worded(self._path):
            rows = self._rows("reviews", where, [self._device])
            return review_of(rows[0]).at if rows else None

    def is_new(self) -> bool:
        """Whether nothing was ever answered."""
        with worded(self._path):
            query = "SELECT NOT EXISTS (SELECT 1 FROM reviews)"
            return bool(self._db.execute(query).fetchone()[0])

    def reached(self) -> Reached:
        """Return how far the log goes."""
        with worded(self._path):
            review, mark = (
                self._db.execute(_LAST_ROW.format(table)).fetchone() or (0, "")
                for table in ("reviews", "marks")
            )
        return Reached(*review, *mark)

    def has_reached(self, place: Reached) -> bool:
        """Whether the log has gone on from a place, and is not another one."""
        rows = {"reviews": place[:2], "marks": place[2:]}
        with worded(self._path):
            return all(
                not row[0] or self._db.execute(_HAS_ROW.format(table), row).fetchone()
                for table, row in rows.items()
            )

    def cards_since(self, place: Reached | None) -> list[CardId]:
        """Return the cards that were answered or marked since a place.

        Without one they are all that are remembered or ever will be without more of it.
        """
        query = _NAMED_SINCE if place else _NAMED
        rows = [place.reviews, place.marks] if place else []
        with worded(self._path):
            return [CardId(name) for (name,) in self._db.execute(query, rows)]

    def retracted(self) -> list[Review]:
        """Return the reviews that were taken back."""
        with worded(self._path):
            return list(map(review_of, self._rows("reviews", f"NOT {COUNTS}")))

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

    def quizzes(self) -> list[QuizBegun]:
        """Return all quizzes, in the order of the log."""
        with worded(self._path):
            return list(map(quiz_of, self._rows("quizzes", "TRUE")))

    def quiz_answers(self, since: date = date.min) -> list[QuizAnswer]:
        """Return the answers of all quizzes, in the order of the log.

        Of those since a study day, a few of the days before are among them.
        """
        with worded(self._path):
            rows = self._rows("quiz_answers", "at >= ?", [_floor(since)])
            return list(map(quiz_answer_of, rows))

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

    def last(self, count: int) -> list[Entry]:
        """Return the last reviews and marks of this device that count, newest first."""
        tail = "AND device = ? ORDER BY seq DESC LIMIT ?"
        with worded(self._path):
            found = self._entries((COUNTS, STANDS), tail, [self._device, count])
        return sorted(found, key=lambda entry: entry.stamp.seq, reverse=True)[:count]

    def marks_of(self, card: CardId) -> list[Mark]:
        """Return the marks of a card, in the order of the log."""
        with worded(self._path):
            return list(map(mark_of, self._rows("marks", "card = ?", [card])))

    def _since(self, at: int) -> Iterator[Review]:
        with worded(self._path):
            yield from map(review_of, self._db.execute(_LATE, self._begins(at)))

    def _begins(self, at: int) -> dict[str, str | int]:
        """Return where in the log of each device begins what is since an instant."""
        devices = [row[0] for row in self._db.execute(_DEVICES)]
        found = {name: self._begin(name, at) for name in devices}
        return {"begins": json.dumps(found), "at": at}

    def _begin(self, device: str, since: int) -> int | None:
        begin, older = None, 0
        for at, seq in self._db.execute(_NEWEST, [device]):
            if at >= since:
                begin = seq
                continue
            older += 1
            if older > _MANY_OLDER:
                break
        return begin

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


class ReviewsRead:
    """The reviews that count, read anew each time that they are gone through."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def __iter__(self) -> Iterator[Review]:
        return self._log.each_review()


def _floor(day: date) -> int:
    """Return an instant before which a study day begins in no zone."""
    return (day.toordinal() - _FIRST_DAY - 1) * _DAY_MS
