"""What a disk may hold after a power cut: what was forced to it, and chance.

The record of a run is followed up to any point. What was forced to disk by then is
there; of each write after that, all, nothing or some sectors may be. Names are changed
in order, as file systems with a journal do: all changes up to some point are there.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the same images each time
from typing import NamedTuple

SECTOR = 512
_HEAD = struct.Struct("<cQqIHH")


class Call(NamedTuple):
    """A call as `disk.c` records it."""

    what: bytes
    node: int
    at: int
    one: str
    two: str
    data: bytes


Change = tuple[int, bytes | None]
"""Bytes written at a place, or nothing: cut off there."""


def calls_in(record: bytes) -> Iterator[Call]:
    """Yield the calls of a record."""
    place = 0
    while place < len(record):
        what, node, at, size, *lengths = _HEAD.unpack_from(record, place)
        place += _HEAD.size
        parts = []
        for length in (*lengths, size):
            parts.append(record[place : place + length])
            place += length
        one, two, data = parts
        yield Call(what, node, at, one.decode(), two.decode(), data)


@dataclass
class Content:
    """A file: what is on disk for certain, and what was written since."""

    forced: bytes = b""
    since: list[Change] = field(default_factory=list)

    def force(self) -> None:
        """Bring all to disk."""
        for change in self.since:
            self.forced = changed(self.forced, change)
        self.since.clear()

    def after_cut(self, chance: Random, keeps: float) -> bytes:
        """Return what is there after a power cut."""
        found = self.forced
        for at, data in self.since:
            if data is None:
                found = changed(found, (at, None)) if chance.random() < keeps else found
                continue
            tears = chance.random() < 1 / 3
            kept = chance.random() < keeps
            for start, end in _sectors(at, len(data)):
                if (chance.random() < keeps) if tears else kept:
                    found = changed(found, (at + start, data[start:end]))
        return found


def changed(data: bytes, change: Change) -> bytes:
    """Return what a file holds after a change."""
    at, new = change
    before = data[:at].ljust(at, b"\0")
    return before if new is None else before + new + data[at + len(new) :]


def _sectors(at: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a write begin and end that are written at once."""
    start = 0
    while start < size:
        end = min(size, start + SECTOR - (at + start) % SECTOR)
        yield start, end
        start = end


class Disk:
    """Files by name, as a record leaves them behind."""

    def __init__(self, folder: Path) -> None:
        """Begin with what a folder holds, all of it on disk."""
        self.names: dict[str, Content] = {}
        self._changes: list[tuple[str, str, Content | None]] = []
        self._open: dict[int, Content] = {}
        self._now: dict[str, Content] = {}
        for path in folder.rglob("*"):
            if path.is_file():
                content = Content(path.read_bytes())
                self._open[path.stat().st_ino] = content
                self._now[str(path)] = self.names[str(path)] = content

    def follow(self, call: Call) -> None:
        """Take a call into account."""
        node = self._open.get(call.node)
        match call.what:
            case b"c":
                content = self._open[call.node] = Content()
                self._name(call.one, content)
            case b"w" if node:
                node.since.append((call.at, call.data))
            case b"t" if node:
                node.since.append((call.at, None))
            case b"s" if node:
                node.force()
            case b"s":  # a folder
                self._force_names(len(self._changes))
            case b"u":
                self._name(call.one, None)
            case b"r":
                self._name(call.two, self._now[call.one], call.one)
            case b"l":
                self._name(call.two, self._now[call.one])
            case _:
                pass  # what happened to no file

    def after_cut(self, chance: Random) -> dict[str, bytes]:
        """Return the files that are there after a power cut now."""
        names = dict(self.names)
        for old, new, content in self._changes[: chance.randint(0, len(self._changes))]:
            _rename(names, old, new, content)
        keeps = chance.choice((0.0, 0.5, 0.5, 0.9, 1.0))
        return {
            name: content.after_cut(chance, keeps)
            for name, content in names.items()
            if not name.endswith("-shm")  # nobody has it open after a cut
        }

    def _name(self, new: str, content: Content | None, old: str = "") -> None:
        _rename(self._now, old, new, content)
        self._changes.append((old, new, content))

    def _force_names(self, count: int) -> None:
        for old, new, content in self._changes[:count]:
            _rename(self.names, old, new, content)
        del self._changes[:count]


def _rename(
    names: dict[str, Content], old: str, new: str, content: Content | None
) -> None:
    names.pop(old, None)
    if content is None:
        names.pop(new, None)
    else:
        names[new] = content
