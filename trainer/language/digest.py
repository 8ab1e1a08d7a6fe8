"""What stands for a text: the same on every machine, and for no other text."""

from collections.abc import Callable
from functools import cache
from typing import Any


def digest(text: str) -> bytes:
    """Return the SHA-256 of a text."""
    found: bytes = _sha256()(text.encode(errors="surrogateescape")).digest()
    return found


@cache
def _sha256() -> Callable[[bytes], Any]:
    """Return what makes it; to import it each time takes longer than to use it."""
    from hashlib import sha256  # noqa: PLC0415 - loads OpenSSL, which no question needs

    return sha256
