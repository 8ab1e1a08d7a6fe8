"""What a learner typed, as it may be judged and kept."""

LONGEST = 4096
"""How many characters of an answer count."""


def taken(typed: str) -> str:
    """Return what was typed, without what is too long or was no text."""
    # a terminal's bytes that are no text come as lone surrogates
    return typed[:LONGEST].encode(errors="surrogateescape").decode(errors="replace")
