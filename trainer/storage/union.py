"""Two logs as one: rows of another log are added, those there are known by their id."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from trainer.scheduling.marks import Mark
from trainer.scheduling.parameters import Fit
from trainer.scheduling.review import Retraction, Review, log_order
from trainer.storage.chain import LOG, add_row, head
from trainer.storage.rows import (
    Row,
    fit_row,
    mark_row,
    quiz_answer_row,
    quiz_row,
    retraction_row,
    review_row,
)
from trainer.study.log import LogRow
from trainer.study.quiz.record import QuizAnswer, QuizBegun

Known = frozenset[tuple[str, str]]
"""Rows that are there, each by its table and id."""

_TABLES: dict[type, tuple[str, Any]] = {
    Review: ("reviews", review_row),
    Retraction: ("retractions", retraction_row),
    Mark: ("marks", mark_row),
    Fit: ("fits", fit_row),
    QuizBegun: ("quizzes", quiz_row),
    QuizAnswer: ("quiz_answers", quiz_answer_row),
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

    What hangs on a row that is in neither log is left out.
    """
    found = {(_table(row), row.id): row for row in rows}
    lacking = [
        row
        for name, row in found.items()
        if name not in known
        and ((above := _hangs_on(row)) is None or above in known or above in found)
    ]
    return sorted(lacking, key=lambda row: (row.stamp.device, row.stamp.seq))


def _hangs_on(row: LogRow) -> tuple[str, str] | None:
    """Return the row that another one needs, by table and id."""
    match row:
        case Retraction():
            return "reviews", row.review
        case QuizAnswer():
            return "quizzes", row.quiz
        case _:
            return None


def add_missing(
    db: sqlite3.Connection, rows: Sequence[LogRow], device: str
) -> Iterator[tuple[str, int, str]]:
    """Add rows that `missing` gave, within a transaction; yield what `add_row` returns.

    A row keeps its device and number where that is the next number there. Others are
    numbered for a device of their own, that no number is given twice anywhere.
    """
    db.execute("PRAGMA defer_foreign_keys = ON")
    ours = f"import-{device}"
    newest = {ours: head(db, ours)}

    def add(row: LogRow, device: str) -> tuple[str, int, str]:
        name, _, *rest = _as_row(row)
        placed = (name, device, *rest)
        added = add_row(db, _table(row), placed, newest[device])
        newest[device] = added[1:]
        return added

    others = []
    for row in rows:
        origin, seq = row.stamp
        if origin not in newest:
            newest[origin] = head(db, origin)
        if newest[origin][0] + 1 == seq:
            yield add(row, origin)
        else:
            others.append(row)
    for row in sorted(others, key=log_order):
        yield add(row, ours)


def _as_row(row: LogRow) -> Row:
    made: Row = _TABLES[type(row)][1](row)
    return made


def _table(row: LogRow) -> str:
    return str(_TABLES[type(row)][0])
