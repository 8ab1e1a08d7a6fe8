"""Text files from elsewhere: read whole, and refused with a sentence."""

import codecs
import re

from trainer.exchange.imported import Given, Guess, ImportFileError
from trainer.exchange.plainfile import open_plain

MOST_BYTES = 64 << 20
ENCODINGS = (
    *("utf-8", "utf-16", "gb18030", "gbk", "big5", "shift_jis", "euc-kr", "cp1252"),
)
"""Those one can name."""

_GUESS = "gb18030"
"""What spreadsheets save as in China."""
_MOSTLY = 0.9
_RARELY = 0.05
_ENOUGH = 30
_LAST_OF_SYLLABLES = 0xC8
_SAMPLE = 10_000
_LONGEST_LINE = 60


def decoded(given: Given) -> tuple[str, Guess | None]:
    """Return a text in the encoding that was named, or else in a likely one.

    A guess is told, as nobody but the learner can see whether it is right.
    """
    data, path = _read(given.path), given.path
    if name := given.encoding:
        try:
            return _sound(data.decode(name).removeprefix("\ufeff"), path), None
        except UnicodeDecodeError as error:
            said = {"path": path, "encoding": name}
            raise ImportFileError("import-not-encoding", **said) from error
    try:
        return _sound(_unicode(data), path), None
    except UnicodeDecodeError as error:
        text = _guessed(data)
        if text is None:
            raise ImportFileError("import-not-utf8", path=path) from error
    line = re.search(r"[^\r\n]*[^\x00-\x7f][^\r\n]*", text)
    said_in = line[0].strip()[:_LONGEST_LINE] if line else ""
    return _sound(text, path), Guess(_GUESS, said_in)


def _read(path: str) -> bytes:
    try:
        with open_plain(path) as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror
        raise ImportFileError("unreadable-file", path=path, reason=reason) from error
    if len(data) > MOST_BYTES:
        raise ImportFileError("import-too-large", path=path, limit=MOST_BYTES >> 20)
    return data


def _unicode(data: bytes) -> str:
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if is_utf16 else "utf-8-sig")


def _guessed(data: bytes) -> str | None:
    """Return a text if it is one in simplified Chinese.

    Other encodings pass for GB18030, too, but few of their characters are then common.
    """
    try:
        text = data.decode(_GUESS)
    except UnicodeDecodeError:
        return None
    others = re.sub(r"[\x00-\x7f]+", "", text)[:_SAMPLE]
    common = others.encode("gb2312", "ignore")
    is_chinese = len(common) // 2 >= _MOSTLY * len(others)
    return text if is_chinese and not _is_korean(common[::2]) else None


def _is_korean(rows: bytes) -> bool:
    """Whether characters stand in the rows that have the syllables in EUC-KR.

    In GB 2312 these are characters from A to R; a text has hardly fewer from S to Z.
    """
    later = sum(row > _LAST_OF_SYLLABLES for row in rows)
    return len(rows) >= _ENOUGH and later < _RARELY * len(rows)


def _sound(text: str, path: str) -> str:
    if "\0" in text:
        raise ImportFileError("import-not-text", path=path)
    if not text.strip():
        raise ImportFileError("import-empty", path=path)
    return text
