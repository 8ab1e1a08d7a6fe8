"""Two logs as one: rows of another log are added, those there are known by their id."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from trainer.scheduling.history import LogRow
from trainer.scheduling.marks import Mark
from trainer.scheduling.parameters import Fit
from trainer.scheduling.review import Retraction, Review
from trainer.storage.chain import LOG, add_row, head
from trainer.storage.rows import (
    Row,
    fit_row,
    mark_row,
    retraction_row,
    review_row,
)

Known = frozenset[tuple[str, str]]
"""Rows that are there, each by its table and id."""

_TABLES: dict[type, tuple[str, Any]] = {
    Review: ("reviews", review_row),
    Retraction: ("retractions", retraction_row),
    Mark: ("marks", mark_row),
    Fit: ("fits", fit_row),
}


def known_rows(db: sqlite3.Connection) -> Known:
    """Return the rows that a log has."""
    return frozenset(
        (table, name)
        for table in LOG
        for (name,) in db.execute(f"SELECT id FROM {table}")
    )


def missing(rows: Iterable[LogRow], known: Known) -> list[LogRow]:
    """Return the rows that a log lacks, each once, by device and number.

    A retraction of a review that is in neither log is left out.
    """
    found = {(_table(row), row.id): row for row in rows}
    return sorted(
        (
            row
            for name, row in found.items()
            if name not in known
            and not (
                isinstance(row, Retraction)
                and ("reviews", row.review) not in known | found.keys()
            )
        ),
        key=lambda row: (row.stamp.device, row.stamp.seq),
    )


def add_missing(
    db: sqlite3.Connection, rows: Sequence[LogRow], device: str
) -> Iterator[tuple[str, int, str]]:
    """Add rows that `missing` gave, within a transaction; yield what `add_row` returns.

    A row keeps its device and number where that is the next number there. Others are
    numbered for a device of their own, that no number is given twice anywhere.
    """
    db.execute("PRAGMA defer_foreign_keys = ON")
    for row in rows:
        table, as_row = _TABLES[type(row)]
        made: Row = as_row(row)
        is_next = head(db, row.stamp.device)[0] + 1 == row.stamp.seq
        if not is_next:
            made = (made[0], f"import-{device}", *made[2:])
        yield add_row(db, table, made)


def _table(row: LogRow) -> str:
    return str(_TABLES[type(row)][0])
