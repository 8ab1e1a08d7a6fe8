"""JSON from elsewhere, an entry at a time: no more of a file is held than one needs."""

import codecs
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import SEEK_END, TextIOWrapper
from typing import Any, NamedTuple, TextIO

from trainer.exchange.imported import ImportFileError
from trainer.exchange.plainfile import open_plain

MOST_BYTES = 512 << 20
"""A million answers take two thirds of it."""
MOST_CHARACTERS = 1 << 21
"""So many one entry may have."""
MOST_NAMES = 100
"""So many fields the whole may have."""
_CHUNK = 1 << 22
_BLANKS = re.compile(r"[ \t\r\n]*")


class Entry(NamedTuple):
    """An item of one of the lists in a file, or a field that is no list.

    `place` tells which, as in `reviews[3]`; `size` is its number of characters.
    """

    name: str
    place: str
    value: Any
    size: int


def is_too_large_json(path: str) -> bool:
    """Whether a file is larger than what is read."""
    with open_plain(path) as stream:
        return stream.seek(0, SEEK_END) > MOST_BYTES


def json_entries(path: str) -> Iterator[Entry]:
    """Yield the entries of a mapping in the order of the file.

    Raises `ImportFileError` where the file is none, or not JSON.
    """
    with _opened(path) as stream:
        source = _Source(stream, path)
        try:
            yield from _entries(source)
        except UnicodeDecodeError as error:
            raise ImportFileError("import-not-unicode", path=path) from error
        except (ValueError, RecursionError) as error:
            if source.is_whole:
                raise ImportFileError("import-not-json", path=path) from error
            raise _too_long(path) from error


@contextmanager
def _opened(path: str) -> Iterator[TextIO]:
    try:
        with open_plain(path) as stream:
            if stream.seek(0, SEEK_END) > MOST_BYTES:
                limit = MOST_BYTES >> 20
                raise ImportFileError("import-too-large", path=path, limit=limit)
            stream.seek(0)
            is_utf16 = stream.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
            stream.seek(0)
            encoding = "utf-16" if is_utf16 else "utf-8-sig"
            yield TextIOWrapper(stream, encoding, newline="")
    except OSError as error:
        reason = error.strerror
        raise ImportFileError("unreadable-file", path=path, reason=reason) from error


class _Source:
    """A text that is read on as its values are taken."""

    def __init__(self, stream: TextIO, path: str) -> None:
        self.path = path
        self.is_whole = False
        self._stream = stream
        self._text, self._at = "", 0
        self._decode = json.JSONDecoder().raw_decode

    def sign(self) -> str:
        """Return the next character that is no blank, or nothing at the end."""
        while True:
            self._fill()
            found = _BLANKS.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or self.is_whole:
                return self._text[self._at : self._at + 1]

    def take(self, *signs: str) -> str:
        """Take one of some signs; raises `ValueError` on anything else."""
        sign = self.sign()
        if sign not in signs:
            raise ValueError(sign)
        self._at += len(sign)
        return sign

    def value(self) -> tuple[Any, int]:
        """Take the next value; return it and how many characters it has.

        Raises `ValueError` where none begins.
        """
        self.sign()
        begin = self._at
        value, self._at = self._decode(self._text, begin)
        size = self._at - begin
        if size > MOST_CHARACTERS:
            raise _too_long(self.path)
        return value, size

    def _fill(self) -> None:
        """Read on, unless as much is there as an entry may have."""
        while not self.is_whole and len(self._text) - self._at <= MOST_CHARACTERS:
            more = self._stream.read(_CHUNK)
            self.is_whole = not more
            if "\0" in more:
                raise ImportFileError("import-not-text", path=self.path)
            self._text, self._at = self._text[self._at :] + more, 0


def _entries(source: _Source) -> Iterator[Entry]:
    begin = source.sign()
    if not begin:
        raise ImportFileError("import-empty", path=source.path)
    if begin != "{":
        source.value()
        raise ImportFileError("import-not-ours", path=source.path)
    names = set[str]()
    for _ in _parts(source, "{", "}"):
        name, _ = source.value()
        if not isinstance(name, str):
            raise ValueError(name)  # noqa: TRY004 - what else is not JSON raises
        if name in names or len(names) >= MOST_NAMES:
            raise ImportFileError("import-not-ours", path=source.path)
        names.add(name)
        source.take(":")
        if source.sign() == "[":
            for number in _parts(source, "[", "]"):
                yield Entry(name, f"{name}[{number}]", *source.value())
        else:
            yield Entry(name, name, *source.value())
    source.take("")


def _parts(source: _Source, begin: str, end: str) -> Iterator[int]:
    """Yield numbers from 0 on, each where the next part of a list is to be taken."""
    source.take(begin)
    if source.sign() == end:
        source.take(end)
        return
    number = 0
    while True:
        yield number
        number += 1
        if source.take(",", end) == end:
            return


def _too_long(path: str) -> ImportFileError:
    return ImportFileError("import-json-entry", path=path, limit=MOST_CHARACTERS)
