"""The words of a text, as lint compares them."""

import re
import unicodedata
from collections.abc import Sequence

HAN = "\u3400-\u9fff"
_WORD = re.compile(rf"[{HAN}]|[^\s{HAN}`'\"“”‘’()（）\[\]{{}}|、，。；：！？,;!?…—]+")


def words(text: str) -> tuple[str, ...]:
    """Split a text into words, each Chinese character being one; capitals stay.

    Punctuation is none of it, but what stands within a path or an option is.
    """
    plain = unicodedata.normalize("NFKC", text)
    return tuple(one.rstrip(".:") or one for one in _WORD.findall(plain))


def folded(found: Sequence[str]) -> tuple[str, ...]:
    """Return words without regard to capitals."""
    return tuple(one.casefold() for one in found)


def stands_in(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Tell whether words stand side by side among others."""
    length = len(part)
    starts = range(len(whole) - length + 1)
    return any(tuple(whole[at : at + length]) == tuple(part) for at in starts)
