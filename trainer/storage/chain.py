"""The tables of the log, in which each row hangs on its device's row before it."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from hashlib import sha256

from trainer.storage.rows import (
    FIT_COLUMNS,
    MARK_COLUMNS,
    RETRACTION_COLUMNS,
    REVIEW_COLUMNS,
    Row,
)

LOG = {
    "reviews": REVIEW_COLUMNS,
    "retractions": RETRACTION_COLUMNS,
    "marks": MARK_COLUMNS,
    "fits": FIT_COLUMNS,
}
"""The columns of each table; id, device and seq come first. A checksum follows."""


def head(db: sqlite3.Connection, device: str) -> tuple[int, str]:
    """Return number and checksum of a device's newest row."""
    newest = "SELECT seq, checksum FROM {} WHERE device = :d ORDER BY seq DESC LIMIT 1"
    heads = [
        db.execute(newest.format(table), {"d": device}).fetchone() for table in LOG
    ]
    return max((found for found in heads if found), default=(0, ""))


def add_row(db: sqlite3.Connection, table: str, row: Row) -> None:
    """Add a row to the log, at the place that is free now."""
    device = str(row[1])
    seq, checksum = head(db, device)
    placed = (row[0], device, seq + 1, *row[3:])
    values = ", ".join("?" * (len(placed) + 1))
    db.execute(
        f"INSERT INTO {table} ({LOG[table]}, checksum) VALUES ({values})",
        (*placed, _checksum(checksum, placed)),
    )


def has_row(db: sqlite3.Connection, table: str, name: str) -> bool:
    """Whether a table of the log holds a row of this id."""
    found = db.execute(f"SELECT 1 FROM {table} WHERE id = ?", [name])
    return found.fetchone() is not None


def links(db: sqlite3.Connection) -> Iterator[bool]:
    """Yield for each row whether it hangs on the one before it of its device."""
    rows: list[Row] = []
    for table, columns in LOG.items():
        rows += db.execute(f"SELECT {columns}, checksum FROM {table}")
    before: dict[str, tuple[int, str]] = {}
    for row in sorted(rows, key=lambda row: (row[1], row[2])):
        device, seq, stored = row[1], row[2], row[-1]
        last_seq, last = before.get(device, (0, ""))
        yield seq == last_seq + 1 and stored == _checksum(last, row[:-1])
        before[device] = seq, stored


def _checksum(before: str, row: Sequence[object]) -> str:
    """Return a row's checksum, which depends on the row before it."""
    text = json.dumps([before, *row], ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:32]
