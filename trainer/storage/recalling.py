"""What a sitting reads of the memories: of the cards that may come, and no others."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from heapq import merge
from itertools import islice

from trainer.cards.card import CardId
from trainer.scheduling.queue import Dated, Known, Sought

_COLUMNS = f"card, {', '.join(Dated._fields)}"
_WAITS = "due_at IS NULL AND due_day <= :until"
_IN_A_STEP = "due_at < 1 << 62 AND due_day <= :until"
_OF_TODAY = "last_day = :today"
_AMONG = "card IN (SELECT value FROM json_each(:among))"
_WAITS_AMONG = f"{_AMONG} AND NOT (due_at IS NOT NULL OR due_day > :until)"

_LAST_DAYS = """
WITH RECURSIVE days (day) AS (
    SELECT min(last_day) FROM memory UNION ALL
    SELECT (SELECT min(last_day) FROM memory WHERE last_day > day) FROM days
    WHERE day IS NOT NULL
) SELECT day FROM days WHERE day < :until
"""
_OF_A_DAY = f"""
SELECT (:day - :until) / stability, card
FROM memory INDEXED BY idx_memory_last_day_stability_card_due_at_due_day
WHERE last_day = :day AND {_WAITS} ORDER BY stability, card
"""
"""Of cards last answered on one day, the most at risk are those least stable."""

_FEW = 4
"""Up to so many times the reviews wanted, it is quicker to read all."""
_AT_ONCE = 1000

_Values = dict[str, int | str]


def recalled(db: sqlite3.Connection, sought: Sought) -> Known:
    """Read when the cards sought are due, and which of them are new.

    The connection sees one moment meanwhile.
    """
    days: _Values = {
        "today": sought.today.toordinal(),
        "until": sought.until.toordinal(),
    }
    dated = _read(db, _OF_TODAY, days) | _read(db, _IN_A_STEP, days)
    if sought.besides is None:
        dated |= _read(db, _WAITS_AMONG, days | _among(sought.cards))
        asked = dated.keys() & set(sought.cards)
        return Known([*asked, *_new(db, sought, len(sought.cards))], dated)
    aside = _read(db, _AMONG, _among(sought.besides))
    total, waiting = _counted(db, days)
    dated |= _waiting(db, sought, days, waiting)
    read = (aside | dated).values()
    waiting -= sum(_waits(one, sought) for one in read)
    new = _new(db, sought, len(sought.cards) - total + len(aside))
    return Known([*dated.keys() - sought.besides, *new], dated, waiting)


def _counted(db: sqlite3.Connection, days: _Values) -> tuple[int, int]:
    """Count the cards that were ever answered, and those that wait."""
    query = f"SELECT (SELECT count(*) FROM memory), count(*) FROM memory WHERE {_WAITS}"
    total, waiting = db.execute(query, days).fetchone()
    return total, waiting


def _waits(one: Dated, sought: Sought) -> bool:
    return one.due_at is None and one.due_day <= sought.until.toordinal()


def _waiting(
    db: sqlite3.Connection, sought: Sought, days: _Values, waiting: int
) -> dict[CardId, Dated]:
    """Read those that wait: all, or the most at risk and all that have siblings."""
    most, siblings = sought.reviews, sought.siblings
    if most is None or waiting <= most * _FEW + len(siblings):
        return _read(db, _WAITS, days)
    aside = siblings | (sought.besides or frozenset())
    first = islice((one for one in _by_risk(db, days) if one not in aside), most)
    return _read(db, _AMONG, _among([*first])) | _read(
        db, _WAITS_AMONG, days | _among(siblings)
    )


def _by_risk(db: sqlite3.Connection, days: _Values) -> Iterator[CardId]:
    """Yield those that wait, the most at risk first."""
    last_days = db.execute(_LAST_DAYS, days).fetchall()
    runs = [db.execute(_OF_A_DAY, {**days, "day": day}) for (day,) in last_days]
    return (CardId(card) for _, card in merge(*runs))


def _new(db: sqlite3.Connection, sought: Sought, unseen: int) -> list[CardId]:
    """Return the first cards that are new, of `unseen` ones in all.

    They are as many as are wanted without siblings, and at least those with siblings
    that come before.
    """
    found: list[CardId] = []
    wanted, query = sought.new, f"SELECT card FROM memory WHERE {_AMONG}"
    for first in range(0, len(sought.cards), _AT_ONCE):
        if wanted <= 0 or len(found) >= unseen:
            break
        some = sought.cards[first : first + _AT_ONCE]
        known = {row[0] for row in db.execute(query, _among(some))}
        new = [card for card in some if card not in known]
        wanted -= sum(card not in sought.siblings for card in new)
        found += new
    return found


def _among(cards: Collection[CardId]) -> _Values:
    return {"among": json.dumps([*cards])}


def _read(
    db: sqlite3.Connection, condition: str, values: _Values
) -> dict[CardId, Dated]:
    query = f"SELECT {_COLUMNS} FROM memory WHERE {condition}"
    rows = db.execute(query, values)
    return {CardId(row[0]): Dated._make(row[1:]) for row in rows}
