"""Packages from elsewhere: nothing in them is trusted, and nothing is unpacked to disk.

The collection is read into memory within limits, and opened there so that SQLite can
do no more than read its tables.
"""

import os
import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from stat import S_ISLNK
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from trainer.exchange.anki.media import leads_out, media_names
from trainer.exchange.imported import ImportFileError
from trainer.exchange.plainfile import open_plain

MOST_BYTES = 128 << 20
"""More no collection has: a hundred thousand cards with their log take half of it."""
MOST_MEMBERS = 100_000
MOST_RATIO = 50
"""More than this no file is packed, from `RATIO_FROM` bytes on."""
RATIO_FROM = 16 << 20

_COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The newest one counts; beside it stands an old one that asks for a newer Anki."""
_PACKED = "collection.anki21b"
_MEDIA = "media"
_METHODS = frozenset((ZIP_STORED, ZIP_DEFLATED))
"""Anki writes no others, and those of others unpack without end at once."""
_NO_PACKAGE = (
    *(BadZipFile, zlib.error, EOFError, RuntimeError),
    *(IndexError, TypeError, ValueError),
)
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


def is_too_large_package(path: str) -> bool:
    """Whether a package of ours holds more than what is read, or looks like a bomb."""
    with ZipFile(path) as file:
        return any(
            one.file_size > MOST_BYTES or _is_bomb(one.file_size, one.compress_size)
            for one in file.infolist()
        )


@contextmanager
def opened(path: str) -> Iterator[Package]:
    """Open a package to read; raises `ImportFileError` on all that is none.

    What SQLite finds damaged while it is read is told alike.
    """
    try:
        with open_plain(path) as plain, ZipFile(plain) as file:
            members = _checked(file, path)
            _refuse_overlaps(members, os.fstat(plain.fileno()).st_size, path)
            media = _media(file, members, path)
            raw = _collection(file, members, path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ImportFileError("unreadable-file", path=path, reason=reason) from error
    except _NO_PACKAGE as error:
        raise ImportFileError("import-not-package", path=path) from error
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _take(db, raw, path)
        del raw
        yield Package(db, media)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise ImportFileError("import-damaged-collection", path=path) from error
    finally:
        db.close()


def _checked(file: ZipFile, path: str) -> dict[str, ZipInfo]:
    """Return the members by name; names that lead out of a folder are an attack."""
    found: dict[str, ZipInfo] = {}
    if len(file.infolist()) > MOST_MEMBERS:
        raise ImportFileError("import-members", path=path, limit=MOST_MEMBERS)
    for member in file.infolist():
        name = member.orig_filename
        is_link = S_ISLNK(member.external_attr >> 16)
        if leads_out(name) or name in found or is_link:
            raise ImportFileError("import-unsafe-member", path=path, name=name[:80])
        if member.flag_bits & _IS_ENCRYPTED or member.compress_type not in _METHODS:
            raise ImportFileError("import-other-zip", path=path)
        found[name] = member
    return found


def _refuse_overlaps(members: dict[str, ZipInfo], size: int, path: str) -> None:
    """Raise where members share bytes, so that little would unpack to much."""
    if sum(member.compress_size for member in members.values()) > size:
        raise ImportFileError("import-not-package", path=path)


def _media(file: ZipFile, members: dict[str, ZipInfo], path: str) -> int:
    """Count the files of media, of which none is a bomb or to be written elsewhere."""
    is_new = _PACKED in members
    found = [member for name, member in members.items() if name.isdecimal()]
    unpacked = packed = 0
    for member in found:
        packed += member.compress_size
        unpacked += member.file_size
        if is_new:
            for chunk in _unpacked(file, member, path):
                unpacked += len(chunk)
                _refuse_bomb(unpacked, packed, path)
        _refuse_bomb(unpacked, packed, path)
    if _MEDIA in members:
        raw = bytes(_content(file, members[_MEDIA], path, is_packed=is_new))
        bad = next(filter(leads_out, media_names(raw, is_message=is_new)), None)
        if bad is not None:
            raise ImportFileError("import-unsafe-member", path=path, name=bad[:80])
    return len(found)


def _collection(file: ZipFile, members: dict[str, ZipInfo], path: str) -> bytearray:
    name = next((one for one in _COLLECTIONS if one in members), None)
    if name is None:
        raise ImportFileError("import-no-collection", path=path)
    return _content(file, members[name], path, is_packed=name == _PACKED)


def _content(
    file: ZipFile, member: ZipInfo, path: str, *, is_packed: bool
) -> bytearray:
    """Return all that a member holds, as long as it is no bomb.

    What the zip says of sizes does not count.
    """
    whole = bytearray()
    chunks = _unpacked if is_packed else _stored
    for chunk in chunks(file, member, path):
        whole += chunk
        if len(whole) > MOST_BYTES:
            limit = MOST_BYTES >> 20
            raise ImportFileError("import-too-large", path=path, limit=limit)
        _refuse_bomb(len(whole), member.compress_size, path)
    return whole


def _stored(file: ZipFile, member: ZipInfo, path: str) -> Iterator[bytes]:
    del path
    with file.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _unpacked(file: ZipFile, member: ZipInfo, path: str) -> Iterator[bytes]:
    """Yield what a member holds that is packed once more within the zip."""
    from zstandard import ZstdDecompressor, ZstdError  # noqa: PLC0415 - few packages need it

    decompressor = ZstdDecompressor(max_window_size=1 << 27)
    try:
        with (
            file.open(member) as stream,
            decompressor.stream_reader(stream, closefd=False) as reader,
        ):
            while chunk := reader.read(_CHUNK):
                yield chunk
    except ZstdError as error:
        raise ImportFileError("import-not-package", path=path) from error


def _refuse_bomb(size: int, packed: int, path: str) -> None:
    if _is_bomb(size, packed):
        raise ImportFileError("import-bomb", path=path, ratio=MOST_RATIO)


def _is_bomb(size: int, packed: int) -> bool:
    return size > max(RATIO_FROM, MOST_RATIO * packed)


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
