"""The schema of `trainer.db`, step by step. A released step never changes."""

import sqlite3

from sqlite_utils import Database


def create_log(connection: sqlite3.Connection) -> None:
    """1: the append-only log, and the cache of what follows from it."""
    db = Database(connection)
    stamped = {"id": str, "device": str, "seq": int, "at": int, "zone": int}
    answer = {"card": str, "rating": int, "outcome": str, "response": str}
    rest = {"took_ms": int, "mode": str, "findings": str, "checksum": str}
    reviews = db.table("reviews")
    reviews.create(
        {**stamped, **answer, **rest},
        pk="id",
        not_null={*stamped, *answer, *rest},
        strict=True,
    )
    retractions = db.table("retractions")
    retractions.create(
        {**stamped, "review": str, "checksum": str},
        pk="id",
        not_null={*stamped, "review", "checksum"},
        foreign_keys=[("review", "reviews", "id")],
        strict=True,
    )
    for table in (reviews, retractions):
        table.create_index(["device", "seq"], unique=True)
        _make_append_only(db, table.name)
    reviews.create_index(["card"])
    retractions.create_index(["review"])
    _create_caches(db)


def _make_append_only(db: Database, table: str) -> None:
    for verb in ("update", "delete"):
        db.execute(
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        )


def _create_caches(db: Database) -> None:
    """`memory` is the replay of the log, days as ordinals, instants in ms."""
    known = {"card": str, "state": str, "stability": float, "difficulty": float}
    days = {"due_day": int, "first_day": int, "last_day": int, "last_at": int}
    counts = {"zone": int, "reps": int, "lapses": int}
    db.table("memory").create(
        {**known, **days, **counts, "step": int, "due_at": int},
        pk="card",
        not_null={*known, *days, *counts},
        strict=True,
    )
    db.table("meta").create(
        {"key": str, "value": str}, pk="key", not_null={"key", "value"}, strict=True
    )


def add_marks(connection: sqlite3.Connection) -> None:
    """2: marks in the log, and the cache of where the marked cards stand."""
    db = Database(connection)
    stamped = {"id": str, "device": str, "seq": int, "at": int, "zone": int}
    rest = {"card": str, "kind": str, "value": str, "checksum": str}
    marks = db.table("marks")
    marks.create({**stamped, **rest}, pk="id", not_null={*stamped, *rest}, strict=True)
    marks.create_index(["device", "seq"], unique=True)
    marks.create_index(["card"])
    _make_append_only(db, marks.name)
    known = {"card": str, "suspended": int, "flagged": int, "zone": int}
    db.table("standing").create(
        {**known, "buried_on": int, "reset_at": int},
        pk="card",
        not_null=set(known),
        strict=True,
    )


def add_fits(connection: sqlite3.Connection) -> None:
    """3: fitted parameters in the log; the newest ones are in force."""
    db = Database(connection)
    stamped = {"id": str, "device": str, "seq": int, "at": int, "zone": int}
    rest = {"parameters": str, "basis": str, "checksum": str}
    fits = db.table("fits")
    fits.create({**stamped, **rest}, pk="id", not_null={*stamped, *rest}, strict=True)
    fits.create_index(["device", "seq"], unique=True)
    _make_append_only(db, fits.name)


def add_quizzes(connection: sqlite3.Connection) -> None:
    """4: quizzes in the log, and the answers given in them."""
    db = Database(connection)
    stamped = {"id": str, "device": str, "seq": int, "at": int, "zone": int}
    what = {"mode": str, "seed": str, "selection": str, "questions": int}
    terms = {**what, "limit_ms": int, "pass_mark": int, "checksum": str}
    quizzes = db.table("quizzes")
    quizzes.create(
        {**stamped, **terms}, pk="id", not_null={*stamped, *terms}, strict=True
    )
    asked = {"quiz": str, "position": int, "card": str, "made": str}
    judged = {"outcome": str, "points": int, "response": str, "choice": str}
    rest = {**asked, **judged, "took_ms": int, "findings": str, "checksum": str}
    answers = db.table("quiz_answers")
    answers.create(
        {**stamped, **rest},
        pk="id",
        not_null={*stamped, *rest},
        foreign_keys=[("quiz", "quizzes", "id")],
        strict=True,
    )
    for table in (quizzes, answers):
        table.create_index(["device", "seq"], unique=True)
        _make_append_only(db, table.name)
    answers.create_index(["quiz"])


def add_rollups(connection: sqlite3.Connection) -> None:
    """5: the cache of what the log came to by study day."""
    by_day = "deck TEXT NOT NULL, day INTEGER NOT NULL"
    counts = "passed INTEGER NOT NULL, failed INTEGER NOT NULL"
    tables = {
        "rolled_answers": f"{by_day}, kind TEXT NOT NULL, rating INTEGER NOT NULL, "
        "count INTEGER NOT NULL, took_ms INTEGER NOT NULL, "
        "PRIMARY KEY (deck, day, kind, rating)",
        "rolled_asked": f"{by_day}, hour INTEGER NOT NULL, kind TEXT NOT NULL, "
        f"is_first INTEGER NOT NULL, language TEXT NOT NULL, {counts}, "
        "PRIMARY KEY (deck, day, hour, kind, is_first, language)",
        "rolled_notes": f"{by_day}, introduced INTEGER NOT NULL, "
        "hinted INTEGER NOT NULL, overruled INTEGER NOT NULL, "
        "hinted_passed INTEGER NOT NULL, hinted_failed INTEGER NOT NULL, "
        "PRIMARY KEY (deck, day)",
        "rolled_foretold": "deck TEXT NOT NULL, days INTEGER NOT NULL, "
        "answers INTEGER NOT NULL, lapses INTEGER NOT NULL, level INTEGER NOT NULL, "
        f"{counts}, chance REAL NOT NULL, loss REAL NOT NULL, "
        "PRIMARY KEY (deck, days, answers, lapses, level)",
        "rolled_held": f"{by_day}, lives INTEGER NOT NULL, cards REAL NOT NULL, "
        "PRIMARY KEY (deck, day)",
    }
    for table, columns in tables.items():
        # in the order of their keys, so that the rows of a deck lie together
        connection.execute(f"CREATE TABLE {table} ( {columns} ) STRICT, WITHOUT ROWID")


def add_trail(connection: sqlite3.Connection) -> None:
    """6: the cache of how cards were before the last answers and resets.

    A card that was new has no more than its name there.
    """
    connection.execute(
        "CREATE TABLE trail ( number INTEGER PRIMARY KEY NOT NULL, "
        "entry TEXT NOT NULL, newest INTEGER NOT NULL, card TEXT NOT NULL, "
        "state TEXT, step INTEGER, stability REAL, difficulty REAL, due_day INTEGER, "
        "due_at INTEGER, first_day INTEGER, last_day INTEGER, last_at INTEGER, "
        "zone INTEGER, reps INTEGER, lapses INTEGER ) STRICT"
    )


def index_memory(connection: sqlite3.Connection) -> None:
    """7: cards in a step, and of the others the most at risk, are found at once.

    Each card is in one of the two, so an answer changes no more than it must.
    """
    connection.execute(
        "CREATE INDEX idx_memory_by_risk "
        "ON memory (last_day, stability, card, due_day, due_at) WHERE due_at IS NULL"
    )
    connection.execute(
        "CREATE INDEX idx_memory_in_steps ON memory (due_at) WHERE due_at IS NOT NULL"
    )


MIGRATIONS = (
    create_log,
    add_marks,
    add_fits,
    add_quizzes,
    add_rollups,
    add_trail,
    index_memory,
)
