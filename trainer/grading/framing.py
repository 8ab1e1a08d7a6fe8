"""Answers in a frame: what the question says already may stand around them."""

import re
import unicodedata
from collections.abc import Sequence

_LONGEST = 200
_LATIN = re.compile(r"[a-z0-9]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_WORD = re.compile(r"[A-Za-z0-9\u4e00-\u9fff]")
_HEDGES = frozenset({"and", "or", "not", "no", "nor", "never", "but", "instead", "vs"})
_DENIALS = frozenset("不非没无和或与及")
_FILLERS = frozenset({"a", "an", "the", "is", "it", "of", "s", "called"})
_LINKS = re.compile("[的是为叫它个即]")
_SIGNS = r"A-Za-z0-9_+#/\\@"
_EDGES = rf"(?<![{_SIGNS}.:-])", rf"(?![{_SIGNS}=-]|[.:]\w)"

RULE = {
    "longest": _LONGEST,
    "edges": _EDGES,
    "hedges": sorted(_HEDGES),
    "denials": sorted(_DENIALS),
    "fillers": sorted(_FILLERS),
    "links": _LINKS.pattern,
}
"""The rule as data, for a page that judges without us."""


def may_be_framed(answer: str) -> bool:
    """Tell whether words may stand around an answer at all."""
    # quotes around what begins with a dollar make something else of it
    return bool(_WORD.search(answer)) and "$" not in answer


def is_framed(answer: str, given: str, said: Sequence[str], *, exact: bool) -> bool:
    """Tell whether `given` is the answer among words of `said`, and says no more.

    What denies, or offers a choice, is no frame. In an `exact` answer case counts.
    """
    if not may_be_framed(answer) or len(given) > _LONGEST:
        return False
    wide, inner = _wide(given), _wide(answer)
    if not exact:
        wide, inner = wide.casefold(), inner.casefold()
    pattern = f"{_EDGES[0]}{re.escape(inner)}{_EDGES[1]}"
    found = re.search(pattern, wide, re.ASCII)
    if found is None:
        return False
    frame = f"{wide[: found.start()]} {wide[found.end() :]}"
    return _is_said(frame.casefold(), _wide(" ".join(said)).casefold())


def _is_said(frame: str, known: str) -> bool:
    words = {_singular(word) for word in _LATIN.findall(known)} | _FILLERS
    latin = _LATIN.findall(frame)
    if _HEDGES.intersection(latin) or _DENIALS.intersection(frame):
        return False
    if any(_singular(word) not in words for word in latin):
        return False
    return all(_LINKS.sub("", run) in known for run in _CHINESE.findall(frame))


def _singular(word: str) -> str:
    return word.removesuffix("s") or word


def _wide(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
