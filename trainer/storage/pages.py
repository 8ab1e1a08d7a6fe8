"""Rows of the log read straight from the pages of a database, as far as they go.

SQLite reads nothing beneath a damaged header, schema or inner page. The rows are there
all the same: each page is looked at for what could be one, and so is each page in the
write-ahead log. Whether it is a row of ours only its checksum tells. Nothing is opened
for writing. The format: https://sqlite.org/fileformat2.html
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from trainer.storage.chain import LOG
from trainer.storage.rows import Row

USUAL = 4096
"""The size of a page, unless the header says another."""

_HEADER = 100
_WAL_HEADER, _FRAME_HEADER = 32, 24
_LEAF = 0x0D
_INDEX = frozenset({0x02, 0x0A})
_LONGEST = 1 << 20
_NARROWEST, _WIDEST = 8, 32
"""Between these are the bytes in the header of any row of ours."""

_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_BLOB, _TEXT = 12, 13
_CHECKSUMS = re.compile(rb"(?=([0-9a-f]{32}))")
_NUMBERS = frozenset(
    {
        *("seq", "at", "zone", "rating", "took_ms"),
        *("questions", "limit_ms", "pass_mark", "position", "points"),
    }
)


class Candidate(NamedTuple):
    """What could be a row of the log, its checksum at the end.

    `near` is what could be the checksum of a row close by.
    """

    table: str
    row: Row
    near: tuple[str, ...]


_SHAPES = {
    tuple(name in _NUMBERS for name in (*columns.split(", "), "checksum")): table
    for table, columns in LOG.items()
}
"""Which table has numbers where."""


def candidates(path: str) -> Iterator[Candidate]:
    """Yield what could be rows of the log in a database and its write-ahead log."""
    data, log = _content(path), _content(f"{path}-wal")
    for size in sorted({USUAL, _page_size(data)}):
        pages = [data[at : at + size] for at in range(0, len(data), size)]
        latest = dict(enumerate(pages, 1))
        frames = list(_frames(log, size))
        latest |= dict(frames)
        for page in (*pages, *(page for _, page in frames)):
            yield from _rows(page, latest)


def _content(path: str) -> bytes:
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except FileNotFoundError:
        return b""


def _page_size(data: bytes) -> int:
    size = int.from_bytes(data[16:18], "big")
    size = 1 << 16 if size == 1 else size
    is_possible = 512 <= size <= 1 << 16 and not size & (size - 1)  # noqa: PLR2004 - SQLite's bounds
    return size if is_possible else USUAL


def _frames(log: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    """Yield the pages in a write-ahead log, with their numbers."""
    for at in range(_WAL_HEADER, len(log), _FRAME_HEADER + size):
        start = at + _FRAME_HEADER
        yield int.from_bytes(log[at : at + 4], "big"), log[start : start + size]


def _rows(page: bytes, pages: dict[int, bytes]) -> Iterator[Candidate]:
    start = _HEADER if page.startswith(b"SQLite format 3") else 0
    if page[start : start + 1] and page[start] in _INDEX:
        return
    near: tuple[str, ...] | None = None
    for at in _cells(page, start, pages):
        with suppress(ValueError, IndexError):
            row = _record(_payload(page, at, pages))
            table = _SHAPES.get(tuple(isinstance(value, int) for value in row))
            if table and None not in row:
                if near is None:
                    near = tuple({m[1].decode() for m in _CHECKSUMS.finditer(page)})
                yield Candidate(table, row, near)


def _cells(page: bytes, start: int, pages: dict[int, bytes]) -> Iterable[int]:
    """Return where the cells of a page begin; anywhere, if that is damaged."""
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    first = start + 8
    pointers = [
        int.from_bytes(page[at : at + 2], "big")
        for at in range(first, min(first + 2 * count, len(page)), 2)
    ]
    if page[start : start + 1] == bytes([_LEAF]) and len(pointers) == count:
        with suppress(ValueError, IndexError):
            for at in pointers:
                _record(_payload(page, at, pages))
            return pointers
    return _likely(page, start)


def _likely(page: bytes, start: int) -> Iterator[int]:
    """Yield where a cell of ours could begin, judged by how long its header would be.

    Before that stand two numbers, which end with a byte below 128.
    """
    ends = [at + 1 for at in range(start, len(page)) if page[at] < 0x80]  # noqa: PLR2004 - as above
    for before, first, second in zip([start, *ends], ends, ends[1:], strict=False):
        if second < len(page) and _NARROWEST <= page[second] <= _WIDEST:
            yield from range(max(before, first - 3), first)


def _payload(page: bytes, at: int, pages: dict[int, bytes]) -> bytes:
    """Return what a cell of a leaf holds, the parts on other pages with it."""
    length, at = _varint(page, at)
    _, at = _varint(page, at)  # the number of the row
    usable = len(page)
    if not 0 < length < _LONGEST:
        raise ValueError
    if length <= usable - 35:
        return page[at : at + length]
    least = (usable - 12) * 32 // 255 - 23
    here = least + (length - least) % (usable - 4)
    here = here if here <= usable - 35 else least
    parts = [page[at : at + here]]
    following = int.from_bytes(page[at + here : at + here + 4], "big")
    while following and sum(map(len, parts)) < length and len(parts) < _LONGEST:
        other = pages.get(following, b"\0\0\0\0")
        following = int.from_bytes(other[:4], "big")
        parts.append(other[4:])
        if len(other) <= 4:  # noqa: PLR2004 - such a page there is not
            raise ValueError
    return b"".join(parts)[:length]


def _record(payload: bytes) -> Row:
    """Return the values of a record; raises ValueError or IndexError at none."""
    header, at = _varint(payload, 0)
    if not at < header <= _WIDEST:
        raise ValueError
    kinds = []
    while at < header:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    sizes = list(map(_size, kinds))
    if header + sum(sizes) != len(payload):
        raise ValueError
    values: list[object] = []
    for kind, size in zip(kinds, sizes, strict=True):
        values.append(_value(kind, payload[at : at + size]))
        at += size
    return tuple(values)


def _size(kind: int) -> int:
    if kind >= _BLOB:
        return (kind - _BLOB) // 2
    return 8 if kind == 7 else _INTEGERS.get(kind, 0)  # noqa: PLR2004 - a float


def _value(kind: int, data: bytes) -> object:
    """Return a value; what is no text or number of the log's is nothing."""
    if kind >= _TEXT and kind % 2:
        return data.decode(errors="surrogateescape")
    if kind in _INTEGERS:
        return int.from_bytes(data, "big", signed=True)
    return {8: 0, 9: 1}.get(kind)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where it ends."""
    number = 0
    for end in range(at, at + 8):
        number = number << 7 | data[end] & 0x7F
        if data[end] < 0x80:  # noqa: PLR2004 - the last byte
            return number, end + 1
    return number << 8 | data[at + 8], at + 9
