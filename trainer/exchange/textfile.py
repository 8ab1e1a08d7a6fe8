"""Text files from elsewhere: read whole, and refused with a sentence."""

import codecs

from trainer.exchange.imported import ImportFileError
from trainer.exchange.plainfile import open_plain

MOST_BYTES = 64 << 20


def read_text(path: str) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with its mark.

    Raises `ImportFileError` where it is none, or larger than anyone's cards.
    """
    try:
        with open_plain(path) as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror
        raise ImportFileError("unreadable-file", path=path, reason=reason) from error
    if len(data) > MOST_BYTES:
        raise ImportFileError("import-too-large", path=path, limit=MOST_BYTES >> 20)
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportFileError("import-not-utf8", path=path) from error
    if "\0" in text:
        raise ImportFileError("import-not-text", path=path)
    if not text.strip():
        raise ImportFileError("import-empty", path=path)
    return text
