"""Packages from elsewhere: nothing in them is trusted, and nothing is unpacked to disk.

The collection is read into memory within limits, and opened there so that SQLite can
do no more than read its tables.
"""

import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from stat import S_ISLNK
from typing import IO, Protocol
from zipfile import BadZipFile, ZipFile, ZipInfo

from trainer.exchange.imported import ImportFileError

MOST_BYTES = 512 << 20
"""More no collection has: a hundred thousand cards with their log are a tenth of it."""
MOST_RATIO = 200
"""More than this no collection is packed, from `RATIO_FROM` bytes on."""
RATIO_FROM = 16 << 20

_COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The newest one counts; beside it stands an old one that asks for a newer Anki."""
_PACKED = "collection.anki21b"
_CHUNK = 1 << 20
_MAGIC = b"SQLite format 3\0"
_FILE_VERSIONS = slice(18, 20)
_ROLLBACK = b"\x01\x01"
_IS_ENCRYPTED = 1
_READS = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ))
_VIRTUAL = re.compile(r"\s*CREATE\s+VIRTUAL\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Package:
    """An open package: its collection, and how many files of media it has."""

    db: sqlite3.Connection
    media: int


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@contextmanager
def opened(path: str) -> Iterator[Package]:
    """Open a package to read; raises `ImportFileError` on all that is none.

    What SQLite finds damaged while it is read is told alike.
    """
    try:
        with ZipFile(path) as file:
            members = _checked(file, path)
            media = sum(name.isdecimal() for name in members)
            raw = _collection(file, members, path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ImportFileError("unreadable-file", path=path, reason=reason) from error
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise ImportFileError("import-not-package", path=path) from error
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _take(db, raw, path)
        yield Package(db, media)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise ImportFileError("import-damaged-collection", path=path) from error
    finally:
        db.close()


def _checked(file: ZipFile, path: str) -> dict[str, ZipInfo]:
    """Return the members by name; names that lead out of a folder are an attack."""
    found: dict[str, ZipInfo] = {}
    for member in file.infolist():
        name = member.orig_filename
        parts = re.split(r"[/\\]", name)
        leads_out = ".." in parts or not parts[0] or ":" in parts[0] or "\0" in name
        if leads_out or name in found or S_ISLNK(member.external_attr >> 16):
            raise ImportFileError("import-unsafe-member", path=path, name=name[:80])
        found[name] = member
    return found


def _collection(file: ZipFile, members: dict[str, ZipInfo], path: str) -> bytearray:
    name = next((one for one in _COLLECTIONS if one in members), None)
    if name is None or members[name].flag_bits & _IS_ENCRYPTED:
        raise ImportFileError("import-no-collection", path=path)
    packed = members[name].compress_size
    with file.open(members[name]) as stream:
        if name == _PACKED:
            return _decompressed(stream, packed, path)
        return _limited(stream, packed, path)


def _decompressed(stream: IO[bytes], packed: int, path: str) -> bytearray:
    from zstandard import ZstdDecompressor, ZstdError  # noqa: PLC0415 - few packages need it

    decompressor = ZstdDecompressor(max_window_size=1 << 27)
    try:
        with decompressor.stream_reader(stream, closefd=False) as reader:
            return _limited(reader, packed, path)
    except ZstdError as error:
        raise ImportFileError("import-not-package", path=path) from error


def _limited(stream: _Readable, packed: int, path: str) -> bytearray:
    """Read all there is, as long as it is no bomb, whatever the zip says of sizes."""
    whole = bytearray()
    while chunk := stream.read(_CHUNK):
        whole += chunk
        if len(whole) > MOST_BYTES:
            limit = MOST_BYTES >> 20
            raise ImportFileError("import-too-large", path=path, limit=limit)
        if len(whole) > max(RATIO_FROM, MOST_RATIO * packed):
            raise ImportFileError("import-bomb", path=path, ratio=MOST_RATIO)
    return whole


def _take(db: sqlite3.Connection, raw: bytearray, path: str) -> None:
    """Open a collection in memory, for reading tables and nothing else."""
    if not raw.startswith(_MAGIC):
        raise ImportFileError("import-damaged-collection", path=path)
    # a database in memory cannot have the write-ahead log that the header may promise
    raw[_FILE_VERSIONS] = _ROLLBACK
    db.deserialize(raw)
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")
    db.execute("PRAGMA ignore_check_constraints = ON")
    db.execute("PRAGMA query_only = ON")
    db.create_collation("unicase", _without_case)
    if _computes(db):
        raise ImportFileError("import-active-collection", path=path)
    (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise ImportFileError("import-damaged-collection", path=path)
    db.set_authorizer(_only_reads)


def _computes(db: sqlite3.Connection) -> bool:
    """Whether a schema holds more than tables of what was written, and indexes."""
    schema = db.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    hidden = "SELECT count(*) FROM pragma_table_xinfo(?) WHERE hidden"
    return any(
        kind not in {"table", "index"}
        or _VIRTUAL.match(sql or "")
        or (kind == "table" and db.execute(hidden, [name]).fetchone() != (0,))
        for kind, name, sql in schema
    )


def _without_case(one: str, other: str) -> int:
    first, second = one.casefold(), other.casefold()
    return (first > second) - (first < second)


def _only_reads(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY
