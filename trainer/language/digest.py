"""What stands for a text: the same on every machine, and for no other text."""


def digest(text: str) -> bytes:
    """Return the SHA-256 of a text."""
    from hashlib import sha256  # noqa: PLC0415 - loads OpenSSL, which no question needs

    return sha256(text.encode(errors="surrogateescape")).digest()
