"""SQLite files: opening them safely, and saying what is wrong with one."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import ENOSPC
from typing import NamedTuple

from trainer.language.errors import TrainerError
from trainer.language.text import message
from trainer.storage.deckfiles import NO_ROOM_TO_SHARE, WAIT_MS

APPLICATION_ID = 0x74726E72  # "trnr"

MOST_PAGES = 4000
"""From so many pages of the WAL on, SQLite itself moves them into the database."""

_SPELL_MS = 5
"""For so long SQLite asks every other millisecond whether others still write."""

_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    f"wal_autocheckpoint = {MOST_PAGES}",
)

Migration = Callable[[sqlite3.Connection], None]


class Schema(NamedTuple):
    """The tables of one kind of database: a number, and the steps that lead there.

    The steps are loaded only when one is due. `check` gets a database with its version
    and refuses one that cannot be used; `secure` backs up one that is to be changed.
    """

    number: int
    load: Callable[[], tuple[Migration, ...]]
    check: Callable[[sqlite3.Connection, int], None]
    secure: Callable[[], None]


class DatabaseError(TrainerError):
    """A database cannot be used as it is."""


@contextmanager
def worded(path: str) -> Iterator[None]:
    """Turn SQLite's errors, and those of odd values, into sentences about the file."""
    try:
        yield
    except sqlite3.Error as error:
        key = key_of(error)
        if key == "database-damaged":
            raise damage(path, str(error)) from error
        raise DatabaseError(key, path=path, reason=str(error)) from error
    except UnicodeEncodeError:
        raise  # what was to be written is at fault
    except (ValueError, OverflowError, TypeError, LookupError) as error:
        raise damage(path, str(error)) from error
    except OSError as error:
        if error.errno == ENOSPC:
            raise DatabaseError("disk-full", path=path) from error
        reason = error.strerror or str(error)
        raise DatabaseError("database-unusable", path=path, reason=reason) from error


def damage(path: str, reason: str) -> DatabaseError:
    """Return the error of a damaged database: its newest backup, and what to do."""
    return with_backup("database-damaged", path, reason=reason)


def with_backup(key: str, path: str, **values: object) -> DatabaseError:
    """Return an error that names the newest good backup, if there is any."""
    from trainer.storage.backup import newest_good  # noqa: PLC0415 - only when something is wrong

    found = newest_good(os.path.dirname(path))
    backup = (
        message("errors.newest-backup", name=found.name)
        if found
        else message("errors.no-backup")
    )
    return DatabaseError(key, path=path, backup=backup, **values)


_KEYS = {
    "SQLITE_BUSY": "database-locked",
    "SQLITE_LOCKED": "database-locked",
    "SQLITE_NOTADB": "database-damaged",
    "SQLITE_CORRUPT": "database-damaged",
    "SQLITE_READONLY": "database-read-only",
    "SQLITE_PERM": "database-read-only",
    "SQLITE_FULL": "disk-full",
    NO_ROOM_TO_SHARE: "disk-full",
}


def key_of(error: sqlite3.Error) -> str:
    """Return the key of the sentence about an error of SQLite."""
    if str(error).startswith("Could not decode"):
        return "database-damaged"
    name: str = getattr(error, "sqlite_errorname", "")
    exact = (key for code, key in _KEYS.items() if name.startswith(code))
    return next(exact, "database-unusable")


def connect(path: str, schema: Schema, wait_ms: int = WAIT_MS) -> sqlite3.Connection:
    """Open a database of ours for reading and writing, brought up to date.

    A file of another program or of a newer trainer is refused and left as it is.
    Commits are on disk when they return (WAL, synchronous FULL).
    """
    with worded(path):
        make_folder(os.path.dirname(path))
        try:
            return _opened(path, schema, wait_ms, "NORMAL")
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorname", "") != NO_ROOM_TO_SHARE:
                raise
        return _opened(path, schema, wait_ms, "EXCLUSIVE")


def _opened(
    path: str, schema: Schema, wait_ms: int, locking: str
) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(f"PRAGMA locking_mode = {locking}")
        connection.execute(f"PRAGMA busy_timeout = {wait_ms}")
        connection.execute("PRAGMA trusted_schema = OFF")
        _refuse(connection, path, schema)
        _prepare(connection, schema)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse(connection: sqlite3.Connection, path: str, schema: Schema) -> None:
    """Look without writing whether the file is ours, not too new, and as it should be.

    It is looked at as it is at one moment, for others may be making it just now.
    """
    connection.execute("BEGIN")
    refuse_foreign(connection, path, schema.number)
    schema.check(connection, version_of(connection))
    connection.execute("COMMIT")


def refuse_foreign(connection: sqlite3.Connection, path: str, known: int) -> None:
    """Raise `DatabaseError` at a database of another program or a newer trainer."""
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    version = version_of(connection)
    if tables and owner != APPLICATION_ID:
        raise DatabaseError("database-foreign", path=path)
    if version > known:
        raise DatabaseError("database-newer", path=path, version=version, known=known)


def _prepare(connection: sqlite3.Connection, schema: Schema) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if 0 < version_of(connection) < schema.number:
        schema.secure()
    if version_of(connection) < schema.number:
        _migrate(connection, schema)


def make_folder(folder: str) -> None:
    """Make a folder for the learner's data, and keep what is made there private."""
    os.umask(0o077)
    os.makedirs(folder, mode=0o700, exist_ok=True)


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of a database's tables; 0 is an empty one."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def data_version(connection: sqlite3.Connection) -> int:
    """Return a number that changes when another connection has written."""
    (version,) = connection.execute("PRAGMA data_version").fetchone()
    return int(version)


def _migrate(connection: sqlite3.Connection, schema: Schema) -> None:
    """Apply the missing migrations in one transaction: all of them or none."""
    with transaction(connection):
        for migration in schema.load()[version_of(connection) :]:
            migration(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {schema.number}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all or nothing; when this ends without an error it is on disk."""
    _begin(connection)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _begin(connection: sqlite3.Connection) -> None:
    """Begin to write; wait as long as the connection does for others that write.

    While it waits, SQLite asks ever more rarely, at last ten times a second: among some
    who write without a pause it would not get its turn. So it is made to ask anew.
    """
    (wait,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {min(wait, _SPELL_MS)}")
    try:
        for _ in range(wait // _SPELL_MS - 1):
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if key_of(error) != "database-locked":
                    raise
            else:
                return
        connection.execute("BEGIN IMMEDIATE")
    finally:
        connection.execute(f"PRAGMA busy_timeout = {wait}")
