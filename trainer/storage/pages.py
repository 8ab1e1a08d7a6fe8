"""Rows of the log read straight from the pages of a database, as far as they go.

SQLite reads nothing beneath a damaged header, schema or inner page. The rows are there
all the same: each page is looked at for what could be one, and so is each page in the
write-ahead log. Whether it is a row of ours only its checksum tells. Nothing is opened
for writing. The format: https://sqlite.org/fileformat2.html
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple, Self

from trainer.storage.chain import LOG
from trainer.storage.deckfiles import read_plain
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
_FRAME = _WIDEST + 8
"""No more bytes of a cell than these come before what it holds."""
_CLOSE = 100
_MOST_CELLS = 64
"""More rows of ours no page of usual size has."""
_CHECKSUM = 32

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


class Place(NamedTuple):
    """Where a page may hold a row, and the pages on which the rest of it may be."""

    page: bytes
    at: int
    pages: Mapping[int, bytes]
    near: tuple[str, ...]

    def read(self) -> Candidate | None:
        """Return what stands there if it has the shape of a row of ours."""
        with suppress(ValueError, IndexError):
            row = _record(_payload(self.page, self.at, self.pages))
            table = _SHAPES.get(tuple(isinstance(value, int) for value in row))
            if table and None not in row:
                return Candidate(table, row, self.near)
        return None

    def mentions(self, names: Iterable[bytes]) -> bool:
        """Whether one of some names stands close by."""
        return any(name in self.page[self.at : self.at + _CLOSE] for name in names)

    def flipped(self) -> Iterator[Self]:
        """Yield it with each of the bits the other way that say what stands where.

        These are in the first bytes of a cell, and in the numbers of the pages that
        follow.
        """
        for page in flips(self.page, self.at, self.at + _FRAME):
            yield self._replace(page=page)
        with suppress(ValueError, IndexError):
            name, numbers = _following(self.page, self.at, self.pages)
            for page in flips(self.page, name.start, name.stop):
                yield self._replace(page=page)
            for number in numbers:
                for page in flips(self.pages[number], 0, 4):
                    yield self._replace(pages={**self.pages, number: page})


_SHAPES = {
    tuple(name in _NUMBERS for name in (*columns.split(", "), "checksum")): table
    for table, columns in LOG.items()
}
"""Which table has numbers where."""


def candidates(path: str) -> Iterator[Candidate]:
    """Yield what could be rows of the log in a database and its write-ahead log."""
    return filter(None, (place.read() for place in places(path)))


def places(path: str) -> Iterator[Place]:
    """Yield where rows of the log could be."""
    data, log = _content(path), _content(f"{path}-wal")
    for size in sorted({USUAL, _page_size(data)}):
        pages = [data[at : at + size] for at in range(0, len(data), size)]
        latest = dict(enumerate(pages, 1))
        frames = list(_frames(log, size))
        latest |= dict(frames)
        for page in (*pages, *(page for _, page in frames)):
            yield from _places(page, latest)


def _content(path: str) -> bytes:
    try:
        return read_plain(path, -1)
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


def _places(page: bytes, pages: Mapping[int, bytes]) -> Iterator[Place]:
    start = _HEADER if page.startswith(b"SQLite format 3") else 0
    kind = page[start : start + 1]
    if not kind or kind[0] in _INDEX:
        return
    pointers = _pointers(page, start)
    cells = _whole(page, start, pointers)
    near = _near(page, pointers)
    for at in dict.fromkeys(cells or pointers):
        yield Place(page, at, pages, near)
    for at in () if cells else _likely(page, start):
        place = Place(page, at, pages, near)
        if at not in pointers and place.read():
            yield place


def _pointers(page: bytes, start: int) -> list[int]:
    """Return where the cells of a leaf could begin.

    How many there are may be damaged, but mostly zeros follow them.
    """
    first = start + 8
    found = []
    for at in range(first, min(first + 2 * _MOST_CELLS, len(page) - 1), 2):
        cell = int.from_bytes(page[at : at + 2], "big")
        if not cell:
            break
        if cell < len(page):
            found.append(cell)
    return found


def _whole(page: bytes, start: int, pointers: list[int]) -> list[int]:
    """Return the cells of a leaf if they fill what they should, or else nothing."""
    count, lowest = (
        int.from_bytes(page[at : at + 2], "big") for at in (start + 3, start + 5)
    )
    cells = pointers[:count]
    if page[start] != _LEAF or not cells or min(cells) != lowest:
        return []
    with suppress(ValueError, IndexError):
        ends = [lowest, *(_end(page, at) for at in sorted(cells))]
        if ends == [*sorted(cells), len(page)]:
            return cells
    return []


def _near(page: bytes, cells: list[int]) -> tuple[str, ...]:
    """Return what could be checksums: what looks like one, and the ends of cells."""
    found = [match[1] for match in _CHECKSUMS.finditer(page)]
    ends = (page[end - _CHECKSUM : end] for end in (*cells, len(page)))
    found += [one for one in ends if one.isascii() and len(one) == _CHECKSUM]
    return tuple(dict.fromkeys(one.decode() for one in found))


def _likely(page: bytes, start: int) -> Iterator[int]:
    """Yield where a cell of ours could begin, judged by how long its header would be.

    Before that stand two numbers, which end with a byte below 128.
    """
    ends = [at + 1 for at in range(start, len(page)) if page[at] < 0x80]  # noqa: PLR2004 - as above
    for before, first, second in zip([start, *ends], ends, ends[1:], strict=False):
        if second < len(page) and _NARROWEST <= page[second] <= _WIDEST:
            yield from range(max(before, first - 3), first)


def _payload(page: bytes, at: int, pages: Mapping[int, bytes]) -> bytes:
    """Return what a cell of a leaf holds, the parts on other pages with it."""
    length, start, here = _extent(page, at)
    _, others = _following(page, at, pages)
    parts = [page[start : start + here], *(pages[number][4:] for number in others)]
    return b"".join(parts)[:length]


def _following(
    page: bytes, at: int, pages: Mapping[int, bytes]
) -> tuple[range, list[int]]:
    """Return where a cell names the page that follows, and which ones do."""
    length, start, here = _extent(page, at)
    place = range(start + here, start + here + 4 * (here < length))
    left, name = length - here, page[place.start : place.stop]
    found: list[int] = []
    while left > 0 and (number := int.from_bytes(name, "big")) in pages:
        found.append(number)
        name = pages[number][:4]
        left -= max(1, len(pages[number]) - 4)
    return place, found


def _extent(page: bytes, at: int) -> tuple[int, int, int]:
    """Return how long a cell's content is, where it begins, how much is on its page."""
    length, at = _varint(page, at)
    _, at = _varint(page, at)  # the number of the row
    usable = len(page)
    if not 0 < length < _LONGEST:
        raise ValueError
    if length <= usable - 35:
        return length, at, length
    least = (usable - 12) * 32 // 255 - 23
    here = least + (length - least) % (usable - 4)
    return length, at, here if here <= usable - 35 else least


def _end(page: bytes, at: int) -> int:
    length, start, here = _extent(page, at)
    return start + here + 4 * (here < length)


def flips(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """Yield some bytes with each bit of a part the other way."""
    for at in range(start, min(end, len(data))):
        for bit in range(8):
            flipped = bytes([data[at] ^ 1 << bit])
            yield data[:at] + flipped + data[at + 1 :]


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
