"""Rows of the log in which a bit was flipped, found by trying.

A row's checksum tells whether it is right, and what it hangs on is known from the row
before it. So each bit of a damaged row is tried the other way until the checksum holds.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from operator import eq
from typing import NamedTuple

from trainer.storage.chain import checksum_of
from trainer.storage.pages import Candidate, Place, flips
from trainer.storage.rows import Row

Slot = tuple[str, int]
"""A device and a number of its log."""

_DEVICE = 1
_SLOT = slice(1, 3)
_CHECKSUM = 32
_ENOUGH = 28
"""So many characters of a checksum tell a row; the others may be damaged as well."""

_LONGEST = 1 << 14
"""In longer texts no bit is tried: the time for that grows with the square."""

_BITS = 63
_ESCAPED = [json.dumps(chr(byte))[1:-1].encode() for byte in range(0x80)]
_ESCAPED += [bytes([byte]) for byte in range(0x80, 0x100)]


class Known(NamedTuple):
    """The checksums of the rows that hold, and of others as they stand there."""

    held: Mapping[Slot, str]
    seen: Mapping[Slot, str]

    def before(self, slot: Slot) -> str | None:
        """Return on what a row hangs that is missing; nothing of one that is not."""
        device, seq = slot
        if slot in self.held:
            return None
        last = device, seq - 1
        return "" if seq == 1 else self.held.get(last, self.seen.get(last))


def mend(places: Iterable[Place], held: Mapping[Slot, str]) -> list[Candidate]:
    """Return rows that are missing and hold with a bit of them the other way."""
    read = [(place, place.read()) for place in places]
    seen = {_slot(one): str(one.row[-1]) for _, one in read if one}
    known = Known(held, seen)
    names = {device.encode(errors="surrogateescape") for device, _ in held or seen}
    damaged = (
        (place, one)
        for place, one in read
        if (held.get(_slot(one)) != one.row[-1] if one else place.mentions(names))
    )
    found = (next(_mended(place, one, known), None) for place, one in damaged)
    return list(filter(None, found))


def _slot(one: Candidate) -> Slot:
    device, seq = one.row[_SLOT]
    return device, seq


def _mended(place: Place, one: Candidate | None, known: Known) -> Iterator[Candidate]:
    """Yield what a place may have held, where the checksum says so."""
    if one:
        yield from _with_values(one, known)
        yield from _with_before(one, known)
    for turned in place.flipped():
        if other := turned.read():
            yield from _with_checksum(other, known)
            if not one:
                yield from _with_values(other, known)


def _with_checksum(one: Candidate, known: Known) -> Iterator[Candidate]:
    """Yield a row with the checksum that it must have had, if that is nearly there."""
    before = known.before(_slot(one))
    if before is not None:
        checksum = checksum_of(before, one.row[:-1])
        if _is_close(checksum, one.row[-1]):
            yield Candidate(one.table, (*one.row[:-1], checksum), (before,))


def _with_before(one: Candidate, known: Known) -> Iterator[Candidate]:
    """Yield a row that hangs on a checksum of which a bit was flipped."""
    device, seq = _slot(one)
    last = device, seq - 1
    if seq == 1 or (device, seq) in known.held or last in known.held:
        return
    for guess in [known.seen[last]] if last in known.seen else one.near:
        for before in _flipped(guess):
            if checksum_of(str(before), one.row[:-1]) == one.row[-1]:
                yield one._replace(near=(str(before),))


def _with_values(one: Candidate, known: Known) -> Iterator[Candidate]:
    """Yield a row with a bit of one value the other way."""
    yield from _with_checksum(one, known)
    before = known.before(_slot(one))
    for place, value in enumerate(one.row[:-1]):
        values: Iterable[str | int] = ()
        if isinstance(value, int) or place == _DEVICE:
            values = _flipped(value)
        elif before is not None:
            values = _fitting(before, one.row, place)
        for other in values:
            row = (*one.row[:place], other, *one.row[place + 1 :])
            yield from _with_checksum(one._replace(row=row), known)


def _flipped(value: str | int) -> Iterator[str | int]:
    """Yield a value with each of its bits the other way.

    Which bit of a number is its sign, and counts down, depends on how it was stored.
    """
    if isinstance(value, str):
        data = value.encode(errors="surrogateescape")
        for flipped in flips(data, 0, len(data)):
            yield flipped.decode(errors="surrogateescape")
        return
    for bit in range(_BITS):
        yield value + (1 << bit)
        yield value - (1 << bit)


def _fitting(before: str, row: Row, place: int) -> Iterator[str]:
    """Yield a text of a row with the bit the other way that lets the checksum hold.

    This is `checksum_of` for each of them, but nothing is encoded twice.
    """
    data = row[place].encode(errors="surrogateescape")
    if len(data) > _LONGEST:
        return
    parts = [_json(value) for value in (before, *row[:-1])]
    start = sha256(b"[" + b",".join(parts[: place + 1]) + b',"')
    end = b",".join([b'"', *parts[place + 2 :]]) + b"]"
    rest = memoryview(b"".join(_ESCAPED[byte] for byte in data) + end)
    for at, byte in enumerate(data):
        escaped = _ESCAPED[byte]
        rest = rest[len(escaped) :]
        for bit in range(8):
            flipped = byte ^ 1 << bit
            tried = start.copy()
            tried.update(_ESCAPED[flipped])
            tried.update(rest)
            if _is_close(tried.hexdigest()[:_CHECKSUM], row[-1]):
                fitting = data[:at] + bytes([flipped]) + data[at + 1 :]
                yield fitting.decode(errors="surrogateescape")
        start.update(escaped)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode(errors="surrogateescape")


def _is_close(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(map(eq, one, other)) >= _ENOUGH
