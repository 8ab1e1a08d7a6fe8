"""What a sitting reads of the memories: names of all, dates of those that may come."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from trainer.cards.card import CardId
from trainer.scheduling.queue import Dated, Known, Sought

_COLUMNS = f"card, {', '.join(Dated._fields)}"
_IS_DUE = "due_day <= :until"
_IS_CLOSE = f"(last_day = :today OR {_IS_DUE} AND due_at IS NOT NULL)"
_WAITS = f"{_IS_DUE} AND NOT {_IS_CLOSE}"
_MOST_AT_RISK = "max(0, :until - last_day) / stability DESC, card"
_AMONG = "card IN (SELECT value FROM json_each(:among))"
_SPARE, _GROWTH = 2, 8

_NAMES = ", ".join(
    f"group_concat(card, char(10)) FILTER (WHERE {one})"
    for one in (_WAITS, f"NOT ({_IS_CLOSE} OR {_WAITS})")
)
"""Names in one text each, as there may be very many."""

_Values = dict[str, int | str]


def recalled(db: sqlite3.Connection, sought: Sought) -> Known:
    """Read when the cards sought are due, and no more than the names of the rest.

    The connection sees one moment meanwhile.
    """
    days: _Values = {
        "today": sought.today.toordinal(),
        "until": sought.until.toordinal(),
    }
    names = db.execute(f"SELECT {_NAMES} FROM memory", days).fetchone()
    waiting, others = (_split(text) for text in names)
    dated = _waiting(db, sought, days, waiting) | _read(db, _IS_CLOSE, days)
    waiting.difference_update(dated)
    return Known(dated, waiting, others)


def _split(names: Any) -> set[CardId]:  # noqa: ANN401 - a row's cells are of any type
    return set(names.split("\n")) if names else set()


def _waiting(
    db: sqlite3.Connection, sought: Sought, days: _Values, waiting: set[CardId]
) -> dict[CardId, Dated]:
    """Read those that wait: all, or the most at risk and all that have siblings."""
    if sought.reviews is None:
        return _read(db, _WAITS, days)
    paired = waiting & sought.siblings
    most = sought.reviews * _SPARE
    while most < len(waiting):
        first = f"{_WAITS} ORDER BY {_MOST_AT_RISK} LIMIT :most"
        dated = _read(db, first, {**days, "most": most})
        found = (dated.keys() - paired).intersection(sought.cards)
        if len(found) >= sought.reviews:
            return dated | _among(db, paired)
        most *= _GROWTH
    return _read(db, _WAITS, days)


def _among(db: sqlite3.Connection, cards: Iterable[CardId]) -> dict[CardId, Dated]:
    return _read(db, _AMONG, {"among": json.dumps(list(cards))})


def _read(
    db: sqlite3.Connection, condition: str, values: _Values
) -> dict[CardId, Dated]:
    query = f"SELECT {_COLUMNS} FROM memory WHERE {condition}"
    rows = db.execute(query, values)
    return {CardId(row[0]): Dated._make(row[1:]) for row in rows}
