"""What a learner typed, as it may be judged and kept, or taken for a key."""

import unicodedata

LONGEST = 4096
"""How many characters of an answer count."""


def taken(typed: str) -> str:
    """Return what was typed, without what is too long or was no text."""
    # a terminal's bytes that are no text come as lone surrogates
    return typed[:LONGEST].encode(errors="surrogateescape").decode(errors="replace")


def narrowed(typed: str) -> str:
    """Return what was typed as it is without an input method's full-width signs."""
    return unicodedata.normalize("NFKC", typed).strip()
