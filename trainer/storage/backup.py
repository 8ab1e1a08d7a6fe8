"""Backups of the database: made while it is in use, verified, and put back whole."""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from trainer.language.errors import Exit, TrainerError
from trainer.storage.chain import breaks, tables_of
from trainer.storage.database import (
    DatabaseError,
    damage,
    key_of,
    make_folder,
    refuse_foreign,
    version_of,
    worded,
)
from trainer.storage.deckfiles import STORE, STORE_VERSION, WAIT_MS
from trainer.storage.duecounts import quoted
from trainer.storage.marker import Heads, Marker
from trainer.storage.refilling import heads_of, refill, write_locked
from trainer.storage.retention import kept
from trainer.storage.schema import check_schema
from trainer.storage.wholefile import put_in_place, synced, write_whole

FOLDER = "backups"
_UNFINISHED = ".unfinished-"
_KEPT = "-kept"
_STAMP = "%Y-%m-%dT%H%M%S"
_STAMP_LENGTH = len("2026-11-25T093000.000Z")


class BackupError(TrainerError):
    """A backup is missing or cannot be used."""


class UnknownBackupError(BackupError):
    """There is no backup of this name, or none at all."""

    exit_code = Exit.USAGE


class Reason(StrEnum):
    """Why a backup was made."""

    ASKED = "asked"
    DAILY = "daily"
    IMPORT = "import"
    MIGRATION = "migration"
    RESTORE = "restore"


class Backup(NamedTuple):
    """A backup: a file of the folder, when it was made, and why."""

    name: str
    path: str
    at: datetime
    reason: Reason
    size: int


class Restored(NamedTuple):
    """What was put in place, and where what it replaced is kept."""

    backup: Backup
    aside: str | None


def backups(home: str) -> list[Backup]:
    """Return the backups of a folder, newest first."""
    folder = os.path.join(home, FOLDER)
    try:
        names = sorted(os.listdir(folder), reverse=True)
    except OSError:
        return []
    return [one for name in names if (one := _backup(folder, name))]


def find_backup(home: str, name: str | None) -> Backup:
    """Return a backup by its name, or the newest good one."""
    every = backups(home)
    if name is None:
        found = newest_good(home)
        if found is None:
            raise UnknownBackupError("backup-none", path=os.path.join(home, FOLDER))
        return found
    wanted = name if name.endswith(".db") else f"{name}.db"
    for one in every:
        if one.name == wanted:
            return one
    raise UnknownBackupError("backup-unknown", name=name)


def newest_good(home: str) -> Backup | None:
    """Return the newest backup that holds what it held when it was made."""
    return next((one for one in backups(home) if _is_good(one.path)), None)


def examine(path: str) -> int:
    """Return how many rows of the log a file has; raises unless all of it is sound.

    The file is only read, and must not be in use.
    """
    try:
        with closing(read_only(path, "immutable=1")) as db:
            refuse_foreign(db, path, STORE_VERSION)
            version = version_of(db)
            if not version:
                raise BackupError("backup-damaged", path=path, reason="0")
            check_schema(db, path, version)
            (found,) = db.execute("PRAGMA integrity_check(1)").fetchone()
            tables = tables_of(version)
            broken = next(iter(breaks(db, tables)), None)
            rows = sum(
                db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in tables
            )
    except (sqlite3.Error, ValueError) as error:
        if isinstance(error, sqlite3.Error) and key_of(error) != "database-damaged":
            raise DatabaseError(key_of(error), path=path, reason=str(error)) from error
        raise BackupError("backup-damaged", path=path, reason=str(error)) from error
    if found != "ok" or broken:
        reason = found if broken is None else f"{broken.table} {broken.seq}"
        raise BackupError("backup-damaged", path=path, reason=reason)
    return int(rows)


def back_up(home: str, at: datetime, reason: Reason) -> Backup:
    """Copy the database as it is now, verify the copy, and give it its name.

    Others may read and write meanwhile. Backups that are kept no longer are removed.
    """
    store = os.path.join(home, STORE)
    folder = os.path.join(home, FOLDER)
    with worded(folder):
        make_folder(folder)
        os.chmod(folder, 0o700)
        name = _free_name(folder, at, reason)
        path = os.path.join(folder, name)
        with unfinished(folder) as copy:
            with worded(store):
                _copy(store, copy)
            try:
                examine(copy)
            except BackupError as error:
                raise damage(store, str(error.message.values["reason"])) from error
            put_in_place(copy, path)
        size = os.path.getsize(path)
        _thin_out(home, at)
    return Backup(name, path, at.astimezone(UTC), reason, size)


def set_aside(home: str, paths: Iterable[str], at: datetime, reason: Reason) -> None:
    """Copy deck files that are to change into the folder of backups."""
    folder = os.path.join(home, FOLDER)
    with worded(folder):
        for path in paths:
            make_folder(folder)
            with open(path, "rb") as stream:
                name = f"{_stamp(at)}-{reason}-{os.path.basename(path)}"
                write_whole(stream.read(), os.path.join(folder, name))


def before_migration(home: str) -> None:
    """Back up a database that is to be changed, as of its last change."""
    changed = os.path.getmtime(os.path.join(home, STORE))
    back_up(home, datetime.fromtimestamp(changed, UTC), Reason.MIGRATION)


def has_daily(home: str, at: datetime) -> bool:
    """Whether the day of an instant has a backup, by the calendar of its zone."""
    return any(
        one.reason is not Reason.MIGRATION
        and one.at.astimezone(at.tzinfo).date() == at.date()
        for one in backups(home)
    )


def restore(home: str, backup: Backup, at: datetime) -> Restored:
    """Put a backup in the place of the database, which is kept under another name.

    At each moment the old database or the restored one is in place. One that is sound
    is backed up before, and keeps its file: others may have it open.
    """
    store = os.path.join(home, STORE)
    with worded(store), unfinished(home) as copy:
        _copy(backup.path, copy)
        if examine(copy) != examine(backup.path):
            raise BackupError("backup-damaged", path=backup.path, reason="")
        return Restored(backup, _put_back(home, copy, at))


def _put_back(home: str, copy: str, at: datetime) -> str | None:
    """Put a copy in the place of the database; return under what name that is kept."""
    try:
        return _exchanged(home, copy, at)
    except DatabaseError as error:
        if error.message.key not in _UNUSABLE:
            raise
        return _renamed(home, copy, at)


_UNUSABLE = {
    f"errors.database-{state}"
    for state in ("altered", "damaged", "foreign", "newer", "vanished")
}
"""What is wrong with a database that is put aside as it is."""


def _exchanged(home: str, copy: str, at: datetime) -> str:
    """Give the database what a copy holds; return the name of what it held."""
    store, marker = os.path.join(home, STORE), Marker(home)
    marker.refuse_vanished(store)
    if not os.path.exists(store) or not os.path.getsize(store):
        raise DatabaseError("database-vanished", path=store)
    made = back_up(home, at, Reason.RESTORE)  # before a damaged one is opened to write
    with worded(store), write_locked(store) as db:
        if heads_of(db) != _heads_in(made.path):
            made = back_up(home, at, Reason.RESTORE)
        found = _renamed_device(copy, marker.heads, heads_of(db))
        aside = _aside_name(home, "replaced", at)
        kept = f"{copy}{_KEPT}"
        shutil.copyfile(made.path, kept)
        put_in_place(kept, os.path.join(home, aside))
        marker.replace({})  # which holds for the old one and the new
        refill(db, copy)
    marker.replace(found)
    return aside


def _renamed(home: str, copy: str, at: datetime) -> str | None:
    """Give a copy the name of a database that is damaged, or not there."""
    store, marker = os.path.join(home, STORE), Marker(home)
    found = _renamed_device(copy, marker.heads)
    synced(copy)
    marker.replace(found)
    aside = put_aside(home, "replaced", at)
    put_in_place(copy, store)
    return aside


def put_aside(home: str, why: str, at: datetime) -> str | None:
    """Keep the database under a name that says why; return the name.

    Its write-ahead log goes with it, for it must not be read with another database.
    """
    store, name = os.path.join(home, STORE), _aside_name(home, why, at)
    aside = os.path.join(home, name)
    found = os.path.exists(store) and os.path.getsize(store)
    if found:
        try:
            os.link(store, aside)
        except OSError:  # a file system without second names
            os.rename(store, aside)
    for tail in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            os.rename(store + tail, aside + tail)
    return name if found else None


def _aside_name(home: str, why: str, at: datetime) -> str:
    """Return a name that no file has, for a database that is put aside."""
    stem = f"trainer-{why}-{_stamp(at)}"
    name, number = f"{stem}.db", 1
    while os.path.exists(os.path.join(home, name)):
        number += 1
        name = f"{stem}-{number}.db"
    return name


def read_only(path: str, how: str = "mode=ro") -> sqlite3.Connection:
    """Open a database to read it, without the tricks that a file may bring."""
    name, wait = f"file:{quoted(path)}?{how}", WAIT_MS / 1000
    db = sqlite3.connect(name, uri=True, timeout=wait)
    db.execute("PRAGMA trusted_schema = OFF")
    return db


def _is_good(path: str) -> bool:
    try:
        examine(path)
    except TrainerError:
        return False
    return True


def _copy(source: str, target: str) -> None:
    """Copy a database with what its write-ahead log holds, into one file."""
    with (
        closing(read_only(source)) as old,
        closing(sqlite3.connect(target, isolation_level=None)) as new,
    ):
        new.execute("PRAGMA synchronous = OFF")  # it is forced to disk as a whole
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")


def _renamed_device(copy: str, *known: Heads) -> Heads:
    """Return the heads of a copy that is to be the database.

    Where the database had more of this device's rows, they may live on elsewhere; the
    device gets a new name, so that no number of its log is ever given twice.
    """
    with closing(sqlite3.connect(copy, isolation_level=None)) as db:
        found = heads_of(db)
        if any(
            found.get(name, (0,))[0] < seq
            for had in known
            for name, (seq, _) in had.items()
        ):
            db.execute("DELETE FROM meta WHERE key = 'device'")
    return found


def _heads_in(path: str) -> Heads:
    with closing(read_only(path, "immutable=1")) as db:
        return heads_of(db)


def _thin_out(home: str, now: datetime) -> None:
    every = backups(home)
    wanted = kept((one.at for one in every), now)
    for one in every:
        if one.at not in wanted:
            os.unlink(one.path)


@contextmanager
def unfinished(folder: str) -> Iterator[str]:
    """Give a name for a file in the making, which is gone unless it was renamed."""
    _sweep(folder)
    path = os.path.join(folder, f"{_UNFINISHED}{os.getpid()}.db")
    try:
        yield path
    finally:
        for tail in ("", "-journal", "-wal", "-shm", _KEPT):
            with suppress(FileNotFoundError):
                os.unlink(path + tail)


def _sweep(folder: str) -> None:
    """Remove what backups that were killed left behind."""
    for name in os.listdir(folder):
        if name.startswith(_UNFINISHED):
            pid = name.removeprefix(_UNFINISHED).partition(".")[0]
            try:
                os.kill(int(pid), 0)
            except (ValueError, ProcessLookupError):
                with suppress(FileNotFoundError):  # another one sweeps, too
                    os.unlink(os.path.join(folder, name))
            except PermissionError:
                pass


def _stamp(at: datetime) -> str:
    utc = at.astimezone(UTC)
    return f"{utc.strftime(_STAMP)}.{utc.microsecond // 1000:03}Z"


def _free_name(folder: str, at: datetime, reason: Reason) -> str:
    """Return a name that no backup has; those of one instant are numbered."""
    name = f"{_stamp(at)}-{reason}"
    taken = {one.rpartition(".")[0] for one in os.listdir(folder)}
    numbers = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    free = (one for one in (name, *numbers) if one not in taken)
    return f"{next(free)}.db"


def _backup(folder: str, name: str) -> Backup | None:
    """Return the backup of a name, if it is one."""
    stamp, rest = name[:_STAMP_LENGTH], name[_STAMP_LENGTH:].strip("-")
    reason = next(islice(rest.removesuffix(".db").split("-"), 1), "")
    path = os.path.join(folder, name)
    try:
        at = datetime.strptime(stamp, f"{_STAMP}.%fZ").replace(tzinfo=UTC)
        size = os.path.getsize(path)
        return Backup(name, path, at, Reason(reason), size)
    except (ValueError, OSError):
        return None
