"""The cache of what the log came to by study day, so that figures need not read it.

An answer leaves it alone. It notes how far it goes in the log of each device, and is
brought up to date when it is read: what the cards that were answered, taken back or
reset since then had added is taken off, and what they add now is added. So it does not
matter in which order or from where rows come. Made with other settings, or after very
much, it is made anew.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from trainer.cards.card import CardId, deck_of
from trainer.scheduling.marks import strength_of
from trainer.scheduling.model import model_of
from trainer.scheduling.review import HINTED, LANGUAGE, OVERRULED, Rating
from trainer.scheduling.settings import Settings
from trainer.statistics.daily import (
    AnswerKind,
    Answers,
    Asked,
    Daily,
    DayNotes,
    Foretold,
    Held,
)
from trainer.statistics.rolling import (
    Aside,
    Entry,
    Rolling,
    Sums,
    add_sums,
    no_sums,
)
from trainer.storage.columns import column, read_columns
from trainer.storage.database import transaction
from trainer.storage.memorycache import BEGINS_ANEW
from trainer.storage.rows import Row

EVERY = ""
"""The deck under which rows stand that tell of all decks, those that are gone, too."""

_RULES = 1
"""Goes up when the same log comes to other rows."""

_MANY = 2000
"""If more cards than this are others than before, the cache is made anew."""

_AT_ONCE = 500
"""So many cards are read at once."""

_WEEK = 7

_KINDS = {kind.value: kind for kind in AnswerKind}
_RATINGS = (Rating.AGAIN, *Rating)
_date_of = cache(date.fromordinal)

_Heads = dict[str, int]
"""How far the log of each device goes."""


class _Table(NamedTuple):
    """The columns of a table behind its deck: the key, what is counted, other sums."""

    name: str
    key: tuple[str, ...]
    counts: tuple[str, ...]
    sums: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """All that is summed up."""
        return self.counts + self.sums

    def adding(self) -> str:
        """Return the statement that adds to a row."""
        columns = ("deck", *self.key, *self.values)
        marks = ", ".join("?" * len(columns))
        news = ", ".join(f"{one} = {one} + excluded.{one}" for one in self.values)
        return (
            f"INSERT INTO {self.name} ({', '.join(columns)}) VALUES ({marks}) "
            f"ON CONFLICT (deck, {', '.join(self.key)}) DO UPDATE SET {news}"
        )

    def dropping(self) -> str:
        """Return the statement that drops a row in which nothing is counted."""
        key = " AND ".join(f"{one} = ?" for one in ("deck", *self.key))
        nothing = " AND ".join(f"{one} = 0" for one in self.counts)
        return f"DELETE FROM {self.name} WHERE {key} AND {nothing}"


_TABLES = (
    _Table("rolled_answers", ("day", "kind", "rating"), ("count", "took_ms")),
    _Table(
        "rolled_asked",
        ("day", "hour", "kind", "is_first", "language"),
        ("passed", "failed"),
    ),
    _Table(
        "rolled_notes",
        ("day",),
        ("introduced", "hinted", "overruled", "hinted_passed", "hinted_failed"),
    ),
    _Table(
        "rolled_foretold",
        ("days", "answers", "lapses", "level"),
        ("passed", "failed"),
        ("chance", "loss"),
    ),
    _Table("rolled_held", ("day",), ("lives",), ("cards",)),
)
"""In the order of `Sums` and `Daily`."""

_DEVICES = """
WITH RECURSIVE devices (name) AS (
    SELECT min(device) FROM {table} UNION ALL
    SELECT (SELECT min(device) FROM {table} WHERE device > name) FROM devices
    WHERE name IS NOT NULL
) SELECT name, (SELECT max(seq) FROM {table} WHERE device = name) FROM devices
WHERE name IS NOT NULL
"""
_HEADS = tuple(
    _DEVICES.format(table=one) for one in ("reviews", "retractions", "marks")
)

_TOUCHED = """
SELECT card FROM reviews WHERE device = :device AND seq > :seq
UNION SELECT card FROM retractions JOIN reviews ON reviews.id = review
    WHERE retractions.device = :device AND retractions.seq > :seq
UNION SELECT card FROM marks
    WHERE device = :device AND seq > :seq AND kind IN ('reset', 'start', 'undo')
LIMIT :most
"""

_KNOWN_THEN = (
    "seq <= coalesce((SELECT value FROM json_each(:heads) WHERE key = device), 0)"
)
_ENTRIES = """
SELECT card, at, zone, rating, took_ms, mode = 'review', findings, device, seq
FROM reviews WHERE card IN (SELECT value FROM json_each(:cards)) AND {known}
AND NOT EXISTS (
    SELECT 1 FROM (SELECT device, seq FROM retractions WHERE review = reviews.id)
    WHERE {known}
)
UNION ALL SELECT card, at, zone, 0, 0, 1, value, device, seq
FROM marks WHERE card IN (SELECT value FROM json_each(:cards))
AND {begins_anew} AND {known} AND NOT EXISTS (
    SELECT 1 FROM (
        SELECT device, seq FROM marks AS undone
        WHERE undone.card = marks.card AND kind = 'undo' AND value = marks.id
    ) WHERE {known}
)
ORDER BY card, at, device, seq
"""
_NOW, _THEN = (
    _ENTRIES.format(known=known, begins_anew=BEGINS_ANEW)
    for known in ("TRUE", _KNOWN_THEN)
)
_CARDS = """
SELECT DISTINCT card FROM reviews
UNION SELECT card FROM marks WHERE kind = 'start' ORDER BY 1
"""

_STRENGTHS = "SELECT card, stability, last_day FROM memory"
_MADE = "SELECT name, sql FROM main.sqlite_schema WHERE name GLOB 'rolled_*'"
_STATE = "SELECT value FROM meta WHERE key = 'rollups'"
_NOTE = """
INSERT INTO meta VALUES ('rollups', ?) ON CONFLICT DO UPDATE SET value = excluded.value
"""


class _State(NamedTuple):
    """What the cache was made with, and how far it goes."""

    made_with: str
    through: int  # the last Sunday of which is told how much was known
    heads: _Heads


class Rollups:
    """The tables of roll-ups of a database. No transaction is open when it is asked."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def daily(
        self, decks: Sequence[str], today: date, settings: Settings, mark: str
    ) -> Daily:
        """Return the log by day, of some decks or of all, cards that are gone included.

        `mark` tells settings apart that the memories depend on.
        """
        made_with = f"{_RULES} {mark}"
        ordinal = today.toordinal()
        sunday = ordinal - ordinal % _WEEK
        if not self._is_current(made_with, sunday):
            with suppress(_StaleError), transaction(self._db):
                self._catch_up(made_with, sunday, settings)
        if not self._is_current(made_with, sunday):
            return self._made_anew(made_with, sunday, settings, decks)
        return self._read(decks)

    def _is_current(self, made_with: str, sunday: int) -> bool:
        state = self._state()
        return (
            state is not None
            and state.made_with == made_with
            and state.through >= sunday
            and state.heads == self._heads()
        )

    def _state(self) -> _State | None:
        found = self._db.execute(_STATE).fetchone()
        return _State(*json.loads(found[0])) if found else None

    def _heads(self) -> _Heads:
        found: _Heads = {}
        for query in _HEADS:
            for device, seq in self._db.execute(query):
                found[device] = max(found.get(device, 0), seq)
        return found

    def _catch_up(self, made_with: str, sunday: int, settings: Settings) -> None:
        """Add what has come since; a transaction is open."""
        state, heads = self._state(), self._heads()
        if state is None or state.made_with != made_with:
            raise _StaleError
        if any(seq > heads.get(device, 0) for device, seq in state.heads.items()):
            raise _StaleError  # a log that lost rows
        cards = self._touched(state.heads, heads)
        if len(cards) > _MANY:
            raise _StaleError
        through = max(state.through, sunday)
        then = _Reader(self._db, _THEN, state.heads), state.through, -1
        now = _Reader(self._db, _NOW, {}), through, 1
        for deck, sums in _rolled(Rolling(settings), cards, (then, now)):
            self._add(deck, sums)
            self._add(EVERY, sums)
        for deck, sums in self._held_since(state.through, through, cards, settings):
            self._add(deck, sums)
        self._note(_State(made_with, through, heads))

    def _touched(self, since: _Heads, heads: _Heads) -> set[CardId]:
        """Return the cards whose answers are others than before; at most too many."""
        found: set[CardId] = set()
        for device, seq in heads.items():
            known = since.get(device, 0)
            if known < seq:
                values = {"device": device, "seq": known, "most": _MANY + 1}
                found.update(
                    CardId(row[0]) for row in self._db.execute(_TOUCHED, values)
                )
        return found

    def _held_since(
        self, told: int, through: int, touched: set[CardId], settings: Settings
    ) -> Iterable[tuple[str, Sums]]:
        """Return by deck how much was known of other cards on the Sundays since one."""
        found: dict[str, Sums] = {}
        if told >= through:
            return ()
        model = model_of(settings.parameters)
        for card, stability, last in self._db.execute(_STRENGTHS):
            if card in touched:
                continue
            days = max(told + 1, last), through
            for deck in (EVERY, deck_of(card)):
                if deck not in found:
                    found[deck] = no_sums(model)
                found[deck].held.hold(stability, last, days)
        return found.items()

    def _made_anew(
        self, made_with: str, sunday: int, settings: Settings, decks: Sequence[str]
    ) -> Daily:
        """Make the tables anew, beside the old ones: others can write meanwhile.

        Where they cannot be put in their place, they are read nevertheless.
        """
        made = self._db.execute(_MADE).fetchall()
        self._db.execute("PRAGMA temp_store = MEMORY")
        for _, sql in made:
            self._db.execute(sql.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
        try:
            heads = self._roll_all(sunday, settings)
            with suppress(sqlite3.OperationalError), transaction(self._db):
                for name, _ in made:
                    self._db.execute(f"DELETE FROM main.{name}")
                    self._db.execute(
                        f"INSERT INTO main.{name} SELECT * FROM temp.{name}"
                    )
                self._note(_State(made_with, sunday, heads))
            return self._read(decks)
        finally:
            for name, _ in made:
                self._db.execute(f"DROP TABLE temp.{name}")

    def _roll_all(self, sunday: int, settings: Settings) -> _Heads:
        """Roll the whole log up, as it is at one moment; return how far it goes."""
        self._db.execute("BEGIN")
        heads = self._heads()
        cards = [CardId(row[0]) for row in self._db.execute(_CARDS)]
        rolling = Rolling(settings)
        every = no_sums(rolling.model)
        reading = ((_Reader(self._db, _NOW, {}), sunday, 1),)
        for deck, sums in _rolled(rolling, cards, reading):
            self._add(deck, sums)
            add_sums(every, sums)
        self._add(EVERY, every)
        self._db.execute("COMMIT")
        return heads

    def _add(self, deck: str, sums: Sums) -> None:
        for table, rows in zip(_TABLES, sums.tables(), strict=True):
            keys = [(deck, *_as_key(key)) for key in rows]
            values = (
                [*key, *row] for key, row in zip(keys, rows.values(), strict=True)
            )
            self._db.executemany(table.adding(), values)
            self._db.executemany(table.dropping(), keys)

    def _note(self, state: _State) -> None:
        self._db.execute(_NOTE, [json.dumps(state)])

    def _read(self, decks: Sequence[str]) -> Daily:
        """Return the rows of some decks, or those of all."""
        wanted = json.dumps(list(decks) or [EVERY])
        answers, asked, notes, foretold, held = (
            self._columns(table, wanted) for table in _TABLES
        )
        return Daily(
            answers=_answers(answers),
            asked=_asked(asked),
            notes=tuple(
                DayNotes(_date_of(day), deck, *counts)
                for deck, day, *counts in zip(*notes, strict=True)
            ),
            foretold=tuple(
                Foretold(deck, (lag, answers, lapses), *rest)
                for deck, lag, answers, lapses, *rest in zip(*foretold, strict=True)
            ),
            held=tuple(
                Held(_date_of(day), deck, cards)
                for deck, day, _, cards in zip(*held, strict=True)
            ),
        )

    def _columns(self, table: _Table, decks: str) -> list[list[Any]]:
        source = f"{table.name} WHERE deck IN (SELECT value FROM json_each(?))"
        columns = [*map(column, ("deck", *table.key, *table.counts))]
        return read_columns(self._db, source, columns, table.sums, [decks])


class _StaleError(Exception):
    """The cache cannot be brought up to date from where it is."""


class _Reader:
    """Reads the answers of cards: as they are now, or as they were."""

    def __init__(self, db: sqlite3.Connection, query: str, heads: _Heads) -> None:
        self._db, self._query, self._heads = db, query, json.dumps(heads)

    def entries(self, cards: Sequence[CardId]) -> Iterator[tuple[CardId, list[Entry]]]:
        """Yield cards with their answers and resets in the order of the log."""
        values = {"cards": json.dumps(cards), "heads": self._heads}
        rows = self._db.execute(self._query, values)
        for card, own in groupby(rows, itemgetter(0)):
            yield CardId(card), [_entry(row) for row in own]


def _answers(columns: Sequence[list[Any]]) -> Answers:
    deck, day, kind, rating, *counts = columns
    ratings = [*map(_RATINGS.__getitem__, rating)]
    return Answers(_dates(day), deck, _kinds(kind), ratings, *counts)


def _asked(columns: Sequence[list[Any]]) -> Asked:
    deck, day, hour, kind, is_first, *rest = columns
    first_ones = [*map(bool, is_first)]
    return Asked(_dates(day), deck, hour, _kinds(kind), first_ones, *rest)


def _dates(days: Iterable[int]) -> list[date]:
    return [*map(_date_of, days)]


def _kinds(names: Iterable[str]) -> list[AnswerKind]:
    return [*map(_KINDS.__getitem__, names)]


def _rolled(
    rolling: Rolling,
    cards: Iterable[CardId],
    readers: Iterable[tuple[_Reader, int, int]],
) -> Iterator[tuple[str, Sums]]:
    """Yield deck by deck what cards add: by each reader, up to its day, by its sign."""
    for deck, own in groupby(sorted(cards), deck_of):
        sums, names = no_sums(rolling.model), list(own)
        for begin in range(0, len(names), _AT_ONCE):
            for reader, through, sign in readers:
                for card, entries in reader.entries(names[begin : begin + _AT_ONCE]):
                    rolling.roll(card, entries, through, sums, sign)
        yield deck, sums


def _entry(row: Row) -> Entry:
    _, at, zone, rating, took_ms, schedules, findings, *_ = row
    if not rating:
        start = strength_of(findings) if findings else None
        return Entry(at, zone, 0, 0, schedules=True, start=start)
    return Entry(at, zone, rating, took_ms, schedules, _aside(findings))


@lru_cache(maxsize=1024)
def _aside(findings: str) -> Aside:
    """Return what findings tell of the sitting; most answers have the same."""
    subjects: dict[str, str] = {}
    for code, subject, _ in json.loads(findings):
        subjects.setdefault(code, subject)
    return Aside(
        bool(subjects.get(HINTED)),
        bool(subjects.get(OVERRULED)),
        subjects.get(LANGUAGE, ""),
    )


def _as_key(key: object) -> tuple[object, ...]:
    return key if isinstance(key, tuple) else (key,)
