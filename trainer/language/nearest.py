"""The guess behind "did you mean"."""

from collections.abc import Iterable

_TELLING = 3
"""So many letters tell which word was begun."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`, or nothing if none is near.

    Of words that begin with it, one is always meant, unless it is too short to tell.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong word needs it

    folded = {one.casefold(): one for one in known}
    begun = word.casefold()
    longer = [one for one in folded if one.startswith(begun)]
    if len(begun) >= _TELLING and longer:
        close = get_close_matches(begun, longer, n=1, cutoff=0)
    else:
        close = get_close_matches(begun, folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None
