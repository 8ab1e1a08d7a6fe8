"""What a package says of its pictures and sounds: they are counted and left out.

One whose media are an attack on whoever unpacks them is none to trust in the rest.
"""

import json
import re
from collections.abc import Iterator

from trainer.exchange.anki.reading import message_parts

_ENTRY = _NAME = 1
"""Fields of the messages that a list of media and its entries are."""


def media_names(raw: bytes, *, is_message: bool) -> Iterator[str]:
    """Yield the names in a list of media: JSON, or in new packages a message.

    Raises `ValueError` or `IndexError` where it is none.
    """
    if is_message:
        for number, entry in message_parts(raw):
            if number == _ENTRY and isinstance(entry, bytes):
                names = [part for at, part in message_parts(entry) if at == _NAME]
                yield from (bytes(name).decode() for name in names)
        return
    found = json.loads(raw)
    if not isinstance(found, dict):
        raise TypeError(type(found))
    yield from map(str, found.values())


def leads_out(name: str) -> bool:
    """Whether a file of this name might be written outside of a folder."""
    parts = re.split(r"[/\\]", name)
    return ".." in parts or not parts[0] or ":" in parts[0] or "\0" in name
