"""Recovery: a fresh database of every row whose checksum holds.

The damaged one is only read, and kept aside. A row is taken if its checksum holds with
one that the row before it may have had; a wrong one cannot pass. A flipped bit of a
row is put right. What the damaged file lacks comes from the newest good backup; what
both lack is noted as a gap.
"""

import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from trainer.language.errors import TrainerError
from trainer.storage.backup import (
    Backup,
    examine,
    newest_good,
    put_aside,
    read_only,
    unfinished,
)
from trainer.storage.chain import LOG, checksum_of, heads, note_gap, tables_of
from trainer.storage.checkup import Level, check_database
from trainer.storage.database import (
    DatabaseError,
    Schema,
    connect,
    version_of,
    worded,
)
from trainer.storage.deckfiles import STORE, STORE_VERSION
from trainer.storage.marker import Heads, Marker
from trainer.storage.mending import mend
from trainer.storage.pages import Candidate, candidates, places
from trainer.storage.schema import check_schema
from trainer.storage.store import load_migrations
from trainer.storage.wholefile import put_in_place


class RecoveryError(TrainerError):
    """There is nothing that could be recovered."""


class Recovered(NamedTuple):
    """What a recovery brought: rows in all, those only the backup had, those lost."""

    rows: int
    from_backup: int
    lost: int
    backup: str | None
    aside: str | None


class Held(NamedTuple):
    """A row whose checksum holds, and the checksum of the row before it."""

    table: str
    row: tuple[object, ...]
    before: str


def recover(home: str, at: datetime) -> Recovered:
    """Put a fresh database in the place of a damaged one, which is kept aside."""
    store, backup = os.path.join(home, STORE), newest_good(home)
    kept = list(_rows_of(backup)) if backup else []
    with worded(store):
        damaged = salvage(store, kept)
    held = hold(damaged + kept)
    if not held:
        raise RecoveryError("nothing-recovered", path=store)
    alone = {one.row[0] for one in hold(damaged)}
    with worded(store), unfinished(home) as fresh:
        _write(fresh, held)
        examine(fresh)
        with closing(read_only(fresh)) as db:
            found = heads(db, tuple(LOG))
        lost = _lost(held, Marker(home).heads)
        Marker(home).replace(found)
        aside = put_aside(home, "damaged", at)
        put_in_place(fresh, store)
    added = sum(one.row[0] not in alone for one in held)
    return Recovered(len(held), added, lost, backup and backup.name, aside)


def needs_recovery(home: str) -> bool:
    """Whether a database is damaged; raises where it cannot be used for another reason.

    One of another program or of a newer trainer is not damaged, unless only the mark of
    that is: then it holds rows of ours, or has our tables.
    """
    path = os.path.join(home, STORE)
    bad = next((one for one in check_database(home) if one.level is Level.BAD), None)
    if bad is None:
        return False
    key = bad.message.key.removeprefix("errors.")
    is_damaged = bad.check == "chain" or key in _DAMAGES
    if is_damaged or (key in _MARKS and _MARKS[key](path)):
        return True
    raise DatabaseError(key, **bad.message.values)


def _holds_rows(path: str) -> bool:
    return bool(hold(candidates(path)))


def _has_our_tables(path: str) -> bool:
    with closing(read_only(path)) as db:
        try:
            check_schema(db, path, STORE_VERSION)
        except DatabaseError:
            return False
    return True


_DAMAGES = frozenset(
    {"database-damaged", "database-vanished", "database-older", "database-altered"}
)
_MARKS = {"database-foreign": _holds_rows, "database-newer": _has_our_tables}


def salvage(path: str, kept: Sequence[Candidate] = ()) -> list[Candidate]:
    """Return what could be rows of a damaged database, with what could be mended.

    What a backup has kept need not be.
    """
    found = list(candidates(path))
    while True:
        held = {
            (str(one.row[1]), int(str(one.row[2]))): str(one.row[-1])
            for one in hold([*found, *kept])
        }
        mended = mend(places(path), held)
        if not mended:
            return found
        found += mended


def hold(found: Iterable[Candidate]) -> list[Held]:
    """Return the rows whose checksums hold, by device and number, each once."""
    places: dict[str, dict[int, list[Candidate]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one in dict.fromkeys(found):
        _, device, seq, *_ = one.row
        places[device][seq].append(one)
    return [row for device in sorted(places) for row in _hold_of_device(places[device])]


def _hold_of_device(places: dict[int, list[Candidate]]) -> Iterator[Held]:
    """Yield the rows of one device that hold.

    A row that does not hold by what it carries itself may do so by what the next one
    was chained to: then only its checksum was damaged.
    """
    newest = 0
    for seq in sorted(places):
        last = places.get(seq - 1, [])
        mended = _mended(last, places.get(seq - 2, []), first=seq == 2)  # noqa: PLR2004 - the second row
        known = [str(one.row[-1]) for one in last] if seq > 1 else [""]
        around = [one for at in _around(seq) for one in places.get(at, [])]
        held = next(_holding(places[seq], (*known, *mended), around), None)
        if held:
            if newest != seq - 1 and held.before in mended:
                yield mended[held.before]
            yield held
            newest = seq


def _around(seq: int) -> range:
    """Return the numbers of the rows that stand close by a row, in any table."""
    return range(seq - 3, seq + 4)


def _holding(
    found: list[Candidate], known: tuple[str, ...], around: list[Candidate]
) -> Iterator[Held]:
    """Yield the rows that hold with what is known, or else with what stands around."""
    for one in found:
        *row, stored = one.row
        near = (checksum for other in around for checksum in other.near)
        for before in chain(known, near):
            if checksum_of(before, row) == stored:
                yield Held(one.table, one.row, before)


def _mended(
    found: list[Candidate], earlier: list[Candidate], *, first: bool
) -> dict[str, Held]:
    """Return rows as they would be if nothing but their checksum were damaged."""
    known = [""] if first else [str(one.row[-1]) for one in earlier]
    mended = {}
    for one in found:
        for before in known:
            checksum = checksum_of(before, one.row[:-1])
            if checksum != one.row[-1]:
                mended[checksum] = Held(one.table, (*one.row[:-1], checksum), before)
    return mended


def _rows_of(backup: Backup) -> Iterator[Candidate]:
    with closing(read_only(backup.path, "immutable=1")) as db:
        for table in tables_of(version_of(db)):
            for row in db.execute(f"SELECT {LOG[table]}, checksum FROM {table}"):
                yield Candidate(table, row, ())


def _write(path: str, held: list[Held]) -> None:
    """Write a database of these rows; where the one before is missing, note it."""
    schema = Schema(
        STORE_VERSION, load_migrations, lambda _db, _version: None, lambda: None
    )
    with closing(connect(path, schema)) as db:
        db.execute("PRAGMA foreign_keys = OFF")  # what is taken back may be lost
        db.execute("BEGIN")
        places = {(one.row[1], one.row[2]) for one in held}
        for one in held:
            _insert(db, one)
            device, seq = str(one.row[1]), int(str(one.row[2]))
            if seq > 1 and (device, seq - 1) not in places:
                note_gap(db, device, seq, one.before)
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode = DELETE")


def _insert(db: sqlite3.Connection, one: Held) -> None:
    values = ", ".join("?" * len(one.row))
    insert = f"INSERT INTO {one.table} ({LOG[one.table]}, checksum) VALUES ({values})"
    db.execute(insert, one.row)


def _lost(held: list[Held], marked: Heads) -> int:
    """Return how many rows are known to have been there and are not."""
    newest: dict[str, int] = {device: seq for device, (seq, _) in marked.items()}
    for one in held:
        device, seq = str(one.row[1]), int(str(one.row[2]))
        newest[device] = max(newest.get(device, 0), seq)
    return sum(newest.values()) - len(held)
