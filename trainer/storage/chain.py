"""The tables of the log, in which each row hangs on its device's row before it."""

import sqlite3
from collections.abc import Iterator, Sequence
from functools import cache
from heapq import merge
from json import JSONEncoder
from types import NoneType
from typing import NamedTuple

from trainer.language.digest import digest
from trainer.storage.rows import (
    FIT_COLUMNS,
    MARK_COLUMNS,
    QUIZ_ANSWER_COLUMNS,
    QUIZ_COLUMNS,
    RETRACTION_COLUMNS,
    REVIEW_COLUMNS,
    Row,
)

LOG = {
    "reviews": REVIEW_COLUMNS,
    "retractions": RETRACTION_COLUMNS,
    "marks": MARK_COLUMNS,
    "fits": FIT_COLUMNS,
    "quizzes": QUIZ_COLUMNS,
    "quiz_answers": QUIZ_ANSWER_COLUMNS,
}
"""The columns of each table; id, device and seq come first. A checksum follows."""

_TABLES = (0, 2, 3, 4, 6, 6, 6, 6)
"""How many of them each version has."""

_GAP = "gap "
"""What the keys of noted gaps begin with; number and device follow."""


_NEWEST = "SELECT seq, checksum FROM {} WHERE device = ?1 ORDER BY seq DESC LIMIT 1"
_HEAD = " UNION ALL ".join(f"SELECT * FROM ({_NEWEST.format(one)})" for one in LOG)


def head(db: sqlite3.Connection, device: str) -> tuple[int, str]:
    """Return number and checksum of a device's newest row."""
    return max(db.execute(_HEAD, [device]), default=(0, ""))


def add_row(
    db: sqlite3.Connection, table: str, row: Row, newest: tuple[int, str] | None = None
) -> tuple[str, int, str]:
    """Add a row to the log, at the place that is free now.

    `newest` is the device's head, if it is known. Return device, number and checksum of
    what was added.
    """
    device = str(row[1])
    seq, checksum = newest or head(db, device)
    placed = (row[0], device, seq + 1, *row[3:])
    added = checksum_of(checksum, placed)
    db.execute(_insert(table), (*placed, added))
    return device, seq + 1, added


@cache
def _insert(table: str) -> str:
    values = ", ".join("?" * (LOG[table].count(",") + 2))
    return f"INSERT INTO {table} ({LOG[table]}, checksum) VALUES ({values})"


def has_row(db: sqlite3.Connection, table: str, name: str) -> bool:
    """Whether a table of the log holds a row of this id."""
    found = db.execute(f"SELECT 1 FROM {table} WHERE id = ?", [name])
    return found.fetchone() is not None


def tables_of(version: int) -> tuple[str, ...]:
    """Return the tables of the log that a version has."""
    return tuple(LOG)[: _TABLES[version]]


class Break(NamedTuple):
    """A row that does not hang on the one before it, or is not as it was written."""

    table: str
    device: str
    seq: int


def breaks(db: sqlite3.Connection, tables: Sequence[str]) -> Iterator[Break]:
    """Yield the rows whose checksum or place does not hold.

    The tables themselves are read, not their indexes, which may be damaged apart.
    Where rows were lost for good, a recovery has noted on what the next one hangs.
    """
    gaps = _gaps(db)
    before: tuple[object, object, object] = ("", 0, "")
    rows = merge(*(_in_order(db, one) for one in tables), key=_place)
    for table, row in rows:
        device, seq, stored = row[1], row[2], row[-1]
        if before[0] != device:
            before = device, 0, ""
        last, checksum = gaps.get((device, seq), before[1:])
        follows = isinstance(last, int) and seq == last + 1
        if not follows or stored != checksum_of(str(checksum), row[:-1]):
            yield Break(table, device, seq)
        before = device, seq, stored


def heads(db: sqlite3.Connection, tables: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Return number and checksum of each device's newest row."""
    found: dict[str, tuple[int, str]] = {}
    for table in tables:
        query = f"SELECT device, max(seq), checksum FROM {table} GROUP BY device"
        for device, seq, checksum in db.execute(query):
            found[device] = max(found.get(device, (0, "")), (seq, checksum))
    return found


def note_gap(db: sqlite3.Connection, device: str, seq: int, checksum: str) -> None:
    """Note that the rows before one are lost, and on what checksum it hangs."""
    insert = "INSERT INTO meta VALUES (?, ?)"
    db.execute(insert, [f"{_GAP}{seq} {device}", checksum])


def _gaps(db: sqlite3.Connection) -> dict[tuple[str, int], tuple[int, str]]:
    query = "SELECT key, value FROM meta WHERE key GLOB ?"
    found = {}
    for key, checksum in db.execute(query, [f"{_GAP}*"]):
        seq, _, device = key.removeprefix(_GAP).partition(" ")
        found[device, int(seq)] = int(seq) - 1, checksum
    return found


def _in_order(db: sqlite3.Connection, table: str) -> Iterator[tuple[str, Row]]:
    cursor = db.cursor()
    query = f"SELECT {LOG[table]}, checksum FROM {table} NOT INDEXED"
    for row in cursor.execute(f"{query} ORDER BY device, seq"):
        yield table, row


def _place(placed: tuple[str, Row]) -> tuple[object, ...]:
    """Return what sorts rows by device and number, whatever a damaged one holds."""
    table, (_, device, seq, *_) = placed
    return _RANKS[type(device)], device, _RANKS[type(seq)], seq, table


_RANKS: dict[type, int] = {NoneType: 0, int: 1, float: 1, str: 2, bytes: 3}
"""In which order SQLite sorts values of different types."""


def checksum_of(before: str, row: Sequence[object]) -> str:
    """Return a row's checksum, which depends on the row before it.

    A damaged row may hold bytes where a text was; their checksum is another one.
    """
    return digest(_encode([before, *row])).hex()[:32]


_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=repr).encode
