"""A database given other content while others have it open.

Its file stays. SQLite finds the write-ahead log by name: whoever has a file open that
was renamed would write into the log of the one that took its place.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from trainer.storage.chain import heads, tables_of
from trainer.storage.database import transaction, version_of
from trainer.storage.deckfiles import WAIT_MS
from trainer.storage.duecounts import quoted
from trainer.storage.marker import Heads

_OURS = "sql IS NOT NULL AND name NOT GLOB 'sqlite_*'"


@contextmanager
def write_locked(path: str) -> Iterator[sqlite3.Connection]:
    """Open a database, and keep others from writing until the block ends.

    What is written in it is on disk then, and in the file itself.
    """
    name, wait = f"file:{quoted(path)}?mode=rw", WAIT_MS / 1000
    opened = sqlite3.connect(name, uri=True, timeout=wait, isolation_level=None)
    with closing(opened) as db:
        for pragma in ("trusted_schema = OFF", "synchronous = FULL"):
            db.execute(f"PRAGMA {pragma}")
        with transaction(db):
            yield db
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def heads_of(db: sqlite3.Connection) -> Heads:
    """Return number and checksum of each device's newest row, in any version."""
    return heads(db, tables_of(version_of(db)))


def refill(db: sqlite3.Connection, path: str) -> None:
    """Give a database in a transaction the tables and rows of another one of ours."""
    for (table,) in _made(db, "type = 'table'", "name"):
        db.execute(f"DROP TABLE {table}")
    with closing(sqlite3.connect(f"file:{quoted(path)}?mode=ro", uri=True)) as source:
        for (sql,) in _made(source, "type = 'table'", "sql"):
            db.execute(sql)
        for (table,) in _made(source, "type = 'table'", "name"):
            rows = source.execute(f"SELECT * FROM {table}")
            values = ", ".join("?" * len(rows.description))
            db.executemany(f"INSERT INTO {table} VALUES ({values})", rows)
        for (sql,) in _made(source, "type <> 'table'", "sql"):
            db.execute(sql)
        db.execute(f"PRAGMA user_version = {version_of(source)}")


def _made(db: sqlite3.Connection, kind: str, column: str) -> list[tuple[str]]:
    """Return names or statements of what a database is made of."""
    query = f"SELECT {column} FROM sqlite_schema WHERE {_OURS} AND {kind}"
    return db.execute(query).fetchall()
