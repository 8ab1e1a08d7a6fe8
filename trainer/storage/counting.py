"""Counting what is due, in SQL over two caches: the decks' and the memory cache."""

import sqlite3
from collections.abc import Collection

from trainer.storage.duecounts import DECKS, EVER, Due, DueCount, DueLimits

_CARDS = """
cards JOIN files ON files.path = cards.path AND files.owner
LEFT JOIN {memory} AS memory ON memory.card = cards.id
"""
_AWAY = """
cards.id IN (SELECT card FROM {standing} WHERE suspended OR buried_on = :today)
"""

_SINGLE = "(NOT :spaced OR cards.siblings IS NULL)"

_SEEN = f"""
SELECT files.deck,
    total(memory.due_at IS NULL AND {_SINGLE}), total(memory.due_at <= :ahead)
FROM {{memory}} AS memory CROSS JOIN cards ON cards.id = memory.card
    JOIN files ON files.path = cards.path AND files.owner
WHERE memory.due_day <= :today AND NOT {_AWAY} GROUP BY files.path
"""
_NEW = f"""
SELECT count(*) FROM (SELECT 1 FROM cards
    WHERE path = :path AND {_SINGLE} AND id NOT IN (SELECT card FROM {{memory}})
        AND NOT {_AWAY} LIMIT :most)
"""
"""The new cards of a deck, as far as today brings any."""

_SIBLINGS = f"""
SELECT files.deck, cards.id, cards.siblings, {_AWAY},
    CASE WHEN memory.card IS NULL THEN 'new' WHEN memory.due_day > :today THEN 'later'
        WHEN memory.due_at IS NULL THEN 'due' ELSE 'step' END,
    memory.last_day = :today
FROM {_CARDS}
WHERE cards.siblings IS NOT NULL
    AND (memory.card IS NULL OR memory.due_day <= :today
        OR memory.last_day = :today)
ORDER BY memory.card IS NULL,
    max(0, :today - memory.last_day) / memory.stability DESC,
    CASE WHEN memory.card IS NOT NULL THEN cards.id END,
    files.ord, files.deck, cards.position
"""
"""Cards with siblings, as `build_queue` chooses: most at risk first, then new ones."""

_TODAY = """
SELECT total(first_day = :today), total(last_day = :today AND first_day < :today)
FROM {memory} WHERE (first_day = :today OR last_day = :today) AND reps
"""
_NEXT_STEP = """
SELECT min(due_at) FROM {memory} WHERE due_at > :ahead AND due_day <= :today
"""
STORED = {"memory": "store.memory", "standing": "store.standing"}
"""The tables of a store that is attached to the decks' cache."""

NOTHING_STORED = {
    "memory": "(SELECT NULL AS card, NULL AS due_at, NULL AS due_day, "
    "NULL AS first_day, NULL AS last_day, NULL AS stability, NULL AS reps WHERE 0)",
    "standing": "(SELECT NULL AS card, NULL AS suspended, NULL AS buried_on WHERE 0)",
}
"""What stands for them before anything was answered."""

Counts = dict[str, dict[str, int]]
"""How many cards of each deck are `due`, `new` and in a `step`."""


def counted(
    db: sqlite3.Connection,
    tables: dict[str, str],
    limits: DueLimits,
    decks: Collection[str] | None,
) -> Due:
    """Count what is due. `db` is the decks' cache; only `decks` count, if given."""
    found = db.execute(_TODAY.format(**tables), vars(limits)).fetchone()
    started, reviewed = map(int, found)
    new = max(0, limits.new_per_day - started)
    rows = [row for row in db.execute(DECKS) if decks is None or row[0] in decks]
    paths = {deck: path for deck, _, _, path in rows}
    counts = _by_deck(db, tables, limits, paths, new)
    reviewed += started if limits.capped else 0
    reviews = max(0, limits.reviews_per_day - reviewed)
    if limits.capped:
        waiting = sum(count["due"] for count in counts.values())
        new = min(new, max(0, reviews - waiting))
    due = []
    for deck, en, zh, _ in rows:
        count = counts[deck]
        allowed = min(count["new"], new)
        new -= allowed
        titles = {"en": en, "zh": zh}
        due.append(DueCount(deck, titles, count["due"], allowed, count["step"]))
    return Due(due, reviews)


def count_and_keep(db: sqlite3.Connection, limits: DueLimits, key: str) -> Due:
    """Count what is due in all decks, and keep that in their cache.

    `db` is in a transaction, so what is kept is what the caches are at that moment.
    """
    found = counted(db, STORED, limits, None)
    (step,) = db.execute(_NEXT_STEP.format(**STORED), vars(limits)).fetchone()
    until = EVER if step is None else step
    try:
        db.execute("PRAGMA busy_timeout = 0")
        db.execute("DELETE FROM kept")
        db.execute("DELETE FROM kept_counts")
        kept = [key, limits.ahead, until, found.reviews]
        db.execute("INSERT INTO kept VALUES (?, ?, ?, ?)", kept)
        db.executemany(
            "INSERT INTO kept_counts VALUES (?, ?, ?, ?)",
            [(one.deck, one.due, one.new, one.learning) for one in found.decks],
        )
        db.execute("COMMIT")
    except sqlite3.Error:
        pass  # it is in use, or cannot be written: the next time counts again
    return found


def _by_deck(
    db: sqlite3.Connection,
    tables: dict[str, str],
    limits: DueLimits,
    paths: dict[str, str],
    most: int,
) -> Counts:
    """Count by deck; of new cards, no more than `most`."""
    counts = {deck: {"due": 0, "new": 0, "step": 0} for deck in paths}
    values = vars(limits)
    for deck, due, step in db.execute(_SEEN.format(**tables), values):
        if deck in counts:
            counts[deck] |= {"due": int(due), "step": int(step)}
    query = _NEW.format(**tables)
    for deck, path in paths.items():
        wanted = values | {"path": path, "most": most}
        (counts[deck]["new"],) = db.execute(query, wanted).fetchone()
    if limits.spaced:
        _count_siblings(
            db.execute(_SIBLINGS.format(**tables), values).fetchall(), counts
        )
    return counts


def _count_siblings(
    rows: list[tuple[str, str, str, bool, str, bool | None]], counts: Counts
) -> None:
    """Count the cards that `build_queue` shows of those with siblings."""
    seen = {
        card
        for deck, card, _, is_away, kind, is_answered in rows
        if is_answered or (kind == "step" and deck in counts and not is_away)
    }
    for deck, card, siblings, is_away, kind, _ in rows:
        is_open = kind in {"due", "new"} and deck in counts and not is_away
        if is_open and seen.isdisjoint(siblings.split()):
            counts[deck][kind] += 1
            seen.add(card)
