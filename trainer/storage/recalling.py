"""What a sitting reads of the memories: of the cards that may come, and no others."""

import json
import sqlite3
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from heapq import merge
from itertools import islice

from trainer.cards.card import CardId, deck_of
from trainer.scheduling.queue import Dated, Known, Sought

_COLUMNS = f"card, {', '.join(Dated._fields)}"
_IN_A_STEP = "due_at IS NOT NULL"
_OF_TODAY = "due_at IS NULL AND last_day = :today"
_WAITS = "due_at IS NULL AND due_day <= :until"
_AMONG = "card IN (SELECT value FROM json_each(:among))"
_WAITS_AMONG = f"{_AMONG} AND {_WAITS}"
_IN_DECK = "card > :deck || '/' AND card < :deck || '0'"

_LAST_DAYS = """
WITH RECURSIVE days (day) AS (
    SELECT min(last_day) FROM memory WHERE due_at IS NULL UNION ALL
    SELECT (SELECT min(last_day) FROM memory WHERE due_at IS NULL AND last_day > day)
    FROM days WHERE day IS NOT NULL
) SELECT day FROM days WHERE day < :until
"""
_OF_A_DAY = f"""
SELECT (:day - :until) / stability, card
FROM memory INDEXED BY idx_memory_by_risk
WHERE last_day = :day AND {_WAITS} ORDER BY stability, card
"""
"""Of cards last answered on one day, the most at risk are those least stable."""
_BY_DECK = f"""
SELECT substr(card, 1, instr(card, '/') - 1), count(*), total({_WAITS})
FROM memory WHERE {_AMONG} GROUP BY 1
"""
_SOME = f"SELECT card, {_WAITS} FROM memory WHERE {_AMONG}"
_SOME_BY_RISK = f"""
SELECT card FROM memory WHERE {_WAITS_AMONG}
ORDER BY (last_day - :until) / stability, card
"""

_FEW = 10
"""Up to so many times the reviews wanted, it is quicker to read all that wait."""
_AT_ONCE = 1000

_Values = dict[str, int | str]


def recalled(
    db: sqlite3.Connection, sought: Sought, besides: AbstractSet[CardId] | None = None
) -> Known:
    """Read when the cards sought are due, and which of them are new.

    `besides` are all others that may have been answered, where these are known. The
    connection sees one moment meanwhile.
    """
    days: _Values = {
        "today": sought.today.toordinal(),
        "until": sought.until.toordinal(),
    }
    close = _read(db, _OF_TODAY, days) | _read(db, _IN_A_STEP, days)
    if besides is None:
        return _of_some(db, sought, days, close)
    return _of_all(db, sought, besides, days, close)


def _of_some(
    db: sqlite3.Connection, sought: Sought, days: _Values, close: Mapping[CardId, Dated]
) -> Known:
    """Look up each card that is sought."""
    chosen = days | _among(sought.cards)
    found: dict[CardId, int] = dict(db.execute(_SOME, chosen).fetchall())
    waiting = [card for card, waits in found.items() if waits]
    total = len(waiting)
    if _are_many(total, sought):
        paired = [card for card in waiting if card in sought.siblings]
        names = (CardId(card) for (card,) in db.execute(_SOME_BY_RISK, chosen))
        waiting = paired + _first(names, sought, sought.siblings)
    dated = {**close, **_read(db, _AMONG, _among(waiting))}
    asked = [card for card in sought.cards if card in dated or card not in found]
    return Known(asked, dated, total - sum(found.get(card, 0) for card in dated))


def _of_all(
    db: sqlite3.Connection,
    sought: Sought,
    besides: AbstractSet[CardId],
    days: _Values,
    close: Mapping[CardId, Dated],
) -> Known:
    """Read what waits but for the cards that are not sought, which alone are named."""
    others = db.execute(_BY_DECK, days | _among(besides)).fetchall()
    total = _count(db, _WAITS, days)
    if _are_many(total, sought):
        first = _first(_by_risk(db, days), sought, sought.siblings | besides)
        waiting = _read(db, _AMONG, _among(first))
        waiting |= _read(db, _WAITS_AMONG, days | _among(sought.siblings))
    else:
        waiting = _read(db, _WAITS, days)
    dated = {**close, **waiting}
    asked = dated.keys() - besides
    left = total - sum(int(waits) for _, _, waits in others)
    left -= sum(_waits(dated[card], sought) for card in asked)
    known = {deck: count for deck, count, _ in others}
    return Known([*asked, *_new(db, sought, known)], dated, left)


def _are_many(waiting: int, sought: Sought) -> bool:
    few = len(sought.siblings) + _FEW * (sought.reviews or 0)
    return sought.reviews is not None and waiting > few


def _first(
    by_risk: Iterator[CardId], sought: Sought, aside: AbstractSet[CardId]
) -> list[CardId]:
    """Return the most at risk, as many as are wanted."""
    return [*islice((card for card in by_risk if card not in aside), sought.reviews)]


def _waits(one: Dated, sought: Sought) -> bool:
    return one.due_at is None and one.due_day <= sought.until.toordinal()


def _by_risk(db: sqlite3.Connection, days: _Values) -> Iterator[CardId]:
    """Yield all that wait, the most at risk first."""
    last_days = db.execute(_LAST_DAYS, days).fetchall()
    runs = [db.execute(_OF_A_DAY, {**days, "day": day}) for (day,) in last_days]
    return (CardId(card) for _, card in merge(*runs))


def _new(
    db: sqlite3.Connection, sought: Sought, others: Mapping[str, int]
) -> list[CardId]:
    """Return the first cards that are new.

    They are as many as are wanted without siblings, and at least those with siblings
    that come before.
    """
    found: list[CardId] = []
    wanted, query = sought.new, f"SELECT card FROM memory WHERE {_AMONG}"
    for some in _with_new(db, sought.cards, others):
        if wanted <= 0:
            break
        known = {row[0] for row in db.execute(query, _among(some))}
        new = [card for card in some if card not in known]
        wanted -= sum(card not in sought.siblings for card in new)
        found += new
    return found


def _with_new(
    db: sqlite3.Connection, cards: Sequence[CardId], others: Mapping[str, int]
) -> Iterator[Sequence[CardId]]:
    """Yield cards in parts, but for decks of which all were answered.

    Of each deck, so many `others` were answered as well.
    """
    (known,) = db.execute("SELECT count(*) FROM memory").fetchone()
    if known - sum(others.values()) == len(cards):
        return
    first = 0
    while first < len(cards):
        deck = deck_of(cards[first])
        end = _end_of(deck, cards, first)
        if _count(db, _IN_DECK, {"deck": deck}) - others.get(deck, 0) < end - first:
            for start in range(first, end, _AT_ONCE):
                yield cards[start : min(start + _AT_ONCE, end)]
        first = end


def _end_of(deck: str, cards: Sequence[CardId], first: int) -> int:
    """Return where the cards of a deck end, which stand together."""
    start = f"{deck}/"
    return bisect_left(cards, 1, first, key=lambda card: not card.startswith(start))


def _count(db: sqlite3.Connection, condition: str, values: Mapping[str, object]) -> int:
    query = f"SELECT count(*) FROM memory WHERE {condition}"
    return int(db.execute(query, values).fetchone()[0])


def _among(cards: Collection[CardId]) -> _Values:
    return {"among": json.dumps([*cards])}


def _read(
    db: sqlite3.Connection, condition: str, values: _Values
) -> dict[CardId, Dated]:
    query = f"SELECT {_COLUMNS} FROM memory WHERE {condition}"
    rows = db.execute(query, values)
    return {CardId(row[0]): Dated._make(row[1:]) for row in rows}
