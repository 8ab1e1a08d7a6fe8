"""What the store's tables are, by version: a file that has others is refused.

A trigger or a view in a file handed over would act with the learner's own rights, and
wipe the log at the next answer. No pragma stops that; comparing does.
"""

import sqlite3
from collections.abc import Iterator
from functools import cache

from trainer.storage.database import DatabaseError

_STAMPED = (
    "id TEXT PRIMARY KEY NOT NULL, device TEXT NOT NULL, seq INTEGER NOT NULL, "
    "at INTEGER NOT NULL, zone INTEGER NOT NULL"
)
_BY_DAY = "deck TEXT NOT NULL, day INTEGER NOT NULL"
_COUNTS = "passed INTEGER NOT NULL, failed INTEGER NOT NULL"
_VERSIONS = (
    {
        "reviews": f"{_STAMPED}, card TEXT NOT NULL, rating INTEGER NOT NULL, "
        "outcome TEXT NOT NULL, response TEXT NOT NULL, took_ms INTEGER NOT NULL, "
        "mode TEXT NOT NULL, findings TEXT NOT NULL, checksum TEXT NOT NULL",
        "retractions": f"{_STAMPED}, review TEXT NOT NULL REFERENCES reviews(id), "
        "checksum TEXT NOT NULL",
        "memory": "card TEXT PRIMARY KEY NOT NULL, state TEXT NOT NULL, "
        "stability REAL NOT NULL, difficulty REAL NOT NULL, due_day INTEGER NOT NULL, "
        "first_day INTEGER NOT NULL, last_day INTEGER NOT NULL, "
        "last_at INTEGER NOT NULL, zone INTEGER NOT NULL, reps INTEGER NOT NULL, "
        "lapses INTEGER NOT NULL, step INTEGER, due_at INTEGER",
        "meta": "key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL",
    },
    {
        "marks": f"{_STAMPED}, card TEXT NOT NULL, kind TEXT NOT NULL, "
        "value TEXT NOT NULL, checksum TEXT NOT NULL",
        "standing": "card TEXT PRIMARY KEY NOT NULL, suspended INTEGER NOT NULL, "
        "flagged INTEGER NOT NULL, zone INTEGER NOT NULL, buried_on INTEGER, "
        "reset_at INTEGER",
    },
    {
        "fits": f"{_STAMPED}, parameters TEXT NOT NULL, basis TEXT NOT NULL, "
        "checksum TEXT NOT NULL",
    },
    {
        "quizzes": f"{_STAMPED}, mode TEXT NOT NULL, seed TEXT NOT NULL, "
        "selection TEXT NOT NULL, questions INTEGER NOT NULL, "
        "limit_ms INTEGER NOT NULL, pass_mark INTEGER NOT NULL, "
        "checksum TEXT NOT NULL",
        "quiz_answers": f"{_STAMPED}, quiz TEXT NOT NULL REFERENCES quizzes(id), "
        "position INTEGER NOT NULL, card TEXT NOT NULL, made TEXT NOT NULL, "
        "outcome TEXT NOT NULL, points INTEGER NOT NULL, response TEXT NOT NULL, "
        "choice TEXT NOT NULL, took_ms INTEGER NOT NULL, findings TEXT NOT NULL, "
        "checksum TEXT NOT NULL",
    },
    {
        "rolled_answers": f"{_BY_DAY}, kind TEXT NOT NULL, rating INTEGER NOT NULL, "
        "count INTEGER NOT NULL, took_ms INTEGER NOT NULL, "
        "PRIMARY KEY (deck, day, kind, rating)",
        "rolled_asked": f"{_BY_DAY}, hour INTEGER NOT NULL, kind TEXT NOT NULL, "
        f"is_first INTEGER NOT NULL, language TEXT NOT NULL, {_COUNTS}, "
        "PRIMARY KEY (deck, day, hour, kind, is_first, language)",
        "rolled_notes": f"{_BY_DAY}, introduced INTEGER NOT NULL, "
        "hinted INTEGER NOT NULL, overruled INTEGER NOT NULL, "
        "hinted_passed INTEGER NOT NULL, hinted_failed INTEGER NOT NULL, "
        "PRIMARY KEY (deck, day)",
        "rolled_foretold": "deck TEXT NOT NULL, days INTEGER NOT NULL, "
        "answers INTEGER NOT NULL, lapses INTEGER NOT NULL, level INTEGER NOT NULL, "
        f"{_COUNTS}, chance REAL NOT NULL, loss REAL NOT NULL, "
        "PRIMARY KEY (deck, days, answers, lapses, level)",
        "rolled_held": f"{_BY_DAY}, lives INTEGER NOT NULL, cards REAL NOT NULL, "
        "PRIMARY KEY (deck, day)",
    },
    {
        "trail": "number INTEGER PRIMARY KEY NOT NULL, entry TEXT NOT NULL, "
        "newest INTEGER NOT NULL, card TEXT NOT NULL, state TEXT, step INTEGER, "
        "stability REAL, difficulty REAL, due_day INTEGER, due_at INTEGER, "
        "first_day INTEGER, last_day INTEGER, last_at INTEGER, zone INTEGER, "
        "reps INTEGER, lapses INTEGER",
    },
)
"""The tables that each version added."""

_INDEXES = (
    {"reviews": ("device seq", "card"), "retractions": ("device seq", "review")},
    {"marks": ("device seq", "card")},
    {"fits": ("device seq",)},
    {"quizzes": ("device seq",), "quiz_answers": ("device seq", "quiz")},
)
"""The indexes that each version added to the log; the first of a table is unique."""

_OF_MEMORY = {
    "idx_memory_by_risk": "(last_day, stability, card, due_day, due_at) "
    "WHERE due_at IS NULL",
    "idx_memory_in_steps": "(due_at) WHERE due_at IS NOT NULL",
}
_MEMORY_INDEXED = 7
"""The indexes of the memory cache, and the version that added them."""

_FOUND = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL OR type <> 'index'"
_ANALYZED = "CREATE TABLE sqlite_stat1(tbl,idx,stat)"


def check_schema(db: sqlite3.Connection, path: str, version: int) -> None:
    """Raise `DatabaseError` unless a database has what its version has, and no more."""
    found = {_plain(sql or name): name for name, sql in db.execute(_FOUND)}
    found.pop(_ANALYZED, None)
    wanted = _wanted(version)
    if found.keys() == wanted.keys():
        return
    foreign = [found[sql] for sql in found if sql not in wanted]
    missing = [wanted[sql] for sql in wanted if sql not in found]
    raise DatabaseError("database-altered", path=path, name=(foreign + missing)[0])


def _plain(sql: str) -> str:
    """Return a statement without its quotes and with single blanks."""
    return " ".join(sql.replace('"', "").split())


@cache
def _wanted(version: int) -> dict[str, str]:
    """Return the statements that make a version, and what each makes."""
    wanted: dict[str, str] = {}
    for tables in _VERSIONS[:version]:
        for table, columns in tables.items():
            kept = ", WITHOUT ROWID" if "PRIMARY KEY (" in columns else ""
            wanted[f"CREATE TABLE {table} ( {columns} ) STRICT{kept}"] = table
    for indexes in _INDEXES[:version]:
        for table, keys in indexes.items():
            wanted |= _of_log(table, keys)
    if version >= _MEMORY_INDEXED:
        for name, key in _OF_MEMORY.items():
            wanted[f"CREATE INDEX {name} ON memory {key}"] = name
    return wanted


def _of_log(table: str, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the indexes of a table of the log, and the triggers that guard it."""
    for number, key in enumerate(keys):
        unique = "" if number else "UNIQUE "
        name = f"idx_{table}_{key.replace(' ', '_')}"
        columns = key.replace(" ", ", ")
        yield f"CREATE {unique}INDEX {name} ON {table} ({columns})", name
    for verb in ("update", "delete"):
        name = f"{table}_no_{verb}"
        guard = "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        yield f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} {guard}", name
