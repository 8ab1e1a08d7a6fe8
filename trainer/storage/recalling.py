"""What a sitting reads of the memories: of the cards that may come, and no others."""

import json
import sqlite3
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice

from trainer.cards.card import CardId
from trainer.scheduling.queue import Dated, Known, Sought

_COLUMNS = f"card, {', '.join(Dated._fields)}"
_OF_TODAY = "last_day = :today"
_IN_A_STEP = "due_at < 1 << 62 AND due_day <= :until"
_WAITS = "due_at IS NULL AND due_day <= :until"
_AMONG = "card IN (SELECT value FROM json_each(:among))"
_WAITS_AMONG = f"{_AMONG} AND NOT (due_at IS NOT NULL OR due_day > :until)"
"""Written so that SQLite looks up the names, and not all that waits."""
_IN_DECK = "card > :deck || '/' AND card < :deck || '0'"

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
_OF_SOME = f"""
SELECT card FROM memory WHERE {_WAITS_AMONG}
ORDER BY (last_day - :until) / stability, card
"""

_FEW = 10
"""Up to so many times the reviews wanted, it is quicker to read all that wait."""
_AT_ONCE = 1000

_Values = dict[str, int | str]


def recalled(db: sqlite3.Connection, sought: Sought) -> Known:
    """Read when the cards sought are due, and which of them are new.

    Where the others are known that were ever answered, only these are named; else each
    card is looked up. The connection sees one moment meanwhile.
    """
    days: _Values = {
        "today": sought.today.toordinal(),
        "until": sought.until.toordinal(),
    }
    if sought.besides is None:
        condition, values = _WAITS_AMONG, days | _among(sought.cards)
    else:
        condition, values = _WAITS, days
    aside = _read(db, _AMONG, _among(sought.besides or ()))
    total = _count(db, condition, values)
    if sought.reviews is None or total <= sought.reviews * _FEW + len(sought.siblings):
        dated = _read(db, condition, values)
    else:
        dated = _most_at_risk(db, sought, sought.reviews, days)
    dated |= _read(db, _OF_TODAY, days) | _read(db, _IN_A_STEP, days)
    if sought.besides is None:
        asked = dated.keys() & set(sought.cards)
    else:
        asked = dated.keys() - sought.besides
    read = [*aside.values(), *(dated[card] for card in asked)]
    waiting = total - sum(_waits(one, sought) for one in read)
    return Known([*asked, *_new(db, sought, aside)], dated, waiting)


def _waits(one: Dated, sought: Sought) -> bool:
    return one.due_at is None and one.due_day <= sought.until.toordinal()


def _most_at_risk(
    db: sqlite3.Connection, sought: Sought, most: int, days: _Values
) -> dict[CardId, Dated]:
    """Read those that wait and are most at risk, and all that have siblings."""
    aside = sought.siblings | (sought.besides or frozenset())
    single = (card for card in _by_risk(db, sought, days) if card not in aside)
    first = _among([*islice(single, most)])
    paired = days | _among(sought.siblings)
    return _read(db, _AMONG, first) | _read(db, _WAITS_AMONG, paired)


def _by_risk(db: sqlite3.Connection, sought: Sought, days: _Values) -> Iterator[CardId]:
    """Yield those that wait, the most at risk first."""
    if sought.besides is None:
        names = db.execute(_OF_SOME, days | _among(sought.cards))
        return (CardId(card) for (card,) in names)
    last_days = db.execute(_LAST_DAYS, days).fetchall()
    runs = [db.execute(_OF_A_DAY, {**days, "day": day}) for (day,) in last_days]
    return (CardId(card) for _, card in merge(*runs))


def _new(
    db: sqlite3.Connection, sought: Sought, aside: Collection[CardId]
) -> list[CardId]:
    """Return the first cards that are new.

    They are as many as are wanted without siblings, and at least those with siblings
    that come before.
    """
    found: list[CardId] = []
    wanted, query = sought.new, f"SELECT card FROM memory WHERE {_AMONG}"
    for some in _with_new(db, sought, aside):
        if wanted <= 0:
            break
        known = {row[0] for row in db.execute(query, _among(some))}
        new = [card for card in some if card not in known]
        wanted -= sum(card not in sought.siblings for card in new)
        found += new
    return found


def _with_new(
    db: sqlite3.Connection, sought: Sought, aside: Collection[CardId]
) -> Iterator[Sequence[CardId]]:
    """Yield the cards sought in parts, but for decks of which all were answered."""
    cards = sought.cards
    is_counted = sought.besides is not None
    if is_counted and _count(db, "TRUE", {}) - len(aside) == len(cards):
        return
    others = Counter(card.partition("/")[0] for card in aside)
    first = 0
    while first < len(cards):
        deck = cards[first].partition("/")[0]
        end = _end_of(deck, cards, first)
        known = _count(db, _IN_DECK, {"deck": deck}) - others[deck]
        if not is_counted or known < end - first:
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
