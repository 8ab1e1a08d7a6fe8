"""What may be wrong with what is kept, looked at piece by piece."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from trainer.language.errors import TrainerError
from trainer.language.text import Message, message
from trainer.storage.backup import FOLDER, backups, newest_good, read_only
from trainer.storage.chain import LOG, breaks, tables_of
from trainer.storage.database import (
    damage,
    refuse_foreign,
    version_of,
    worded,
)
from trainer.storage.deckfiles import STORE, STORE_VERSION
from trainer.storage.marker import Marker
from trainer.storage.rows import milliseconds
from trainer.storage.schema import check_schema
from trainer.storage.sittinglock import clear_lock, holder_of, is_held

_PRIVATE = 0o077
_ROOM = 100 << 20
_MOST_NAMED = 1000
_TOLERATED = timedelta(minutes=5)


class Level(StrEnum):
    """How bad a finding is."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"
    FIXED = "fixed"


class Finding(NamedTuple):
    """What a check found, and what to do about it."""

    check: str
    level: Level
    message: Message
    remedy: Message | None = None


def finding(check: str, level: Level, state: str = "", **values: object) -> Finding:
    """Make a finding; the catalogue has its words, and its remedy unless it is good."""
    key = f"doctor.{check}-{state}" if state else f"doctor.{check}"
    needs = level in {Level.NOTE, Level.BAD}
    remedy = message(f"{key}-remedy", **values) if needs else None
    return Finding(check, level, message(key, **values), remedy)


def check_lock(home: str, *, fix: bool) -> Finding:
    """Look whether a sitting is open, or one left its name behind."""
    holder = holder_of(home)
    if is_held(home):
        values = holder._asdict() if holder else {"pid": "?", "host": "?", "since": "?"}
        return finding("lock", Level.GOOD, "held", **values)
    if holder is None:
        return finding("lock", Level.GOOD)
    if fix:
        clear_lock(home)
    level = Level.FIXED if fix else Level.NOTE
    return finding("lock", level, "stale", **holder._asdict())


def check_database(home: str) -> Iterator[Finding]:
    """Read the database whole, without writing: schema, structure, checksums."""
    path, marker = os.path.join(home, STORE), Marker(home)
    try:
        marker.refuse_vanished(path)
        if not os.path.exists(path) or not os.path.getsize(path):
            yield finding("schema", Level.GOOD, "none")
            return
        with worded(path), closing(read_only(path)) as db:
            yield from _look(db, path, marker)
    except TrainerError as error:
        yield Finding("database", Level.BAD, error.message)


def _look(db: sqlite3.Connection, path: str, marker: Marker) -> Iterator[Finding]:
    refuse_foreign(db, path, STORE_VERSION)
    version = version_of(db)
    check_schema(db, path, version)
    yield finding("schema", Level.GOOD, version=version)
    (found,) = db.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise damage(path, found)
    yield finding("structure", Level.GOOD)
    broken = list(islice(breaks(db, tables_of(version)), _MOST_NAMED))
    if broken:
        rows = ", ".join(f"{one.device}:{one.seq}" for one in broken[:5])
        yield finding("chain", Level.BAD, "broken", count=len(broken), rows=rows)
    else:
        count = sum(
            db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in tables_of(version)
        )
        yield finding("chain", Level.GOOD, count=count)
    marker.refuse_older(db, path, tables_of(version))


def is_damaged(home: str) -> bool:
    """Whether a database cannot be used as it is."""
    return any(one.level is Level.BAD for one in check_database(home))


def check_clock(home: str, now: datetime) -> Finding:
    """Look whether the clock is behind what was answered last."""
    newest = 0
    path = os.path.join(home, STORE)
    with worded(path), closing(read_only(path)) as db:
        for table in LOG:
            (at,) = db.execute(f"SELECT max(at) FROM {table}").fetchone()
            newest = max(newest, at or 0)
    if newest <= milliseconds(now + _TOLERATED):
        return finding("clock", Level.GOOD)
    then = datetime.fromtimestamp(newest / 1000, now.tzinfo)
    return finding("clock", Level.NOTE, "behind", at=f"{then:%Y-%m-%d %H:%M}")


def check_backups(home: str, now: datetime) -> Finding:
    """Look for the newest good backup, and for bad ones newer than it."""
    every, good = backups(home), newest_good(home)
    if good is None or not every:
        return finding("backups", Level.NOTE, "none")
    if every[0] != good:
        return finding("backups", Level.NOTE, "bad", name=every[0].name, good=good.name)
    at = good.at.astimezone(now.tzinfo)
    shown = f"{at:%Y-%m-%d %H:%M}"
    return finding("backups", Level.GOOD, count=len(every), at=shown)


def check_permissions(home: str, *, fix: bool) -> Finding:
    """Look whether others can read what the learner answered."""
    open_to_all = [path for path in _kept(home) if os.stat(path).st_mode & _PRIVATE]
    if not open_to_all:
        return finding("permissions", Level.GOOD)
    try:
        for path in open_to_all if fix else ():
            os.chmod(path, os.stat(path).st_mode & ~_PRIVATE)
    except OSError:
        fix = False
    level = Level.FIXED if fix else Level.NOTE
    return finding("permissions", level, "open", path=open_to_all[0])


def check_space(home: str) -> Finding:
    """Look whether there is room for the log and its backups."""
    folder = home
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    free = shutil.disk_usage(folder).free
    path = os.path.join(home, STORE)
    size = os.path.getsize(path) if os.path.exists(path) else 0
    state, level = ("", Level.GOOD) if free > _ROOM + 4 * size else ("low", Level.NOTE)
    return finding("space", level, state, free=f"{free / 2**30:.1f}")


def _kept(home: str) -> Iterator[str]:
    """Yield the folder of the data, and what the trainer keeps in it."""
    for folder in (home, os.path.join(home, FOLDER)):
        if os.path.isdir(folder):
            yield folder
            names: list[str] = []
            with suppress(OSError):  # the other checks tell what cannot be read
                names = sorted(os.listdir(folder))
            for name in names:
                path = os.path.join(folder, name)
                if os.path.isfile(path) and name.startswith(("trainer", "decks.", "2")):
                    yield path
