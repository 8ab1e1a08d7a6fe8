"""Notes of Anki as cards: fields in HTML or plain, clozes, pictures and sounds."""

import re
from collections.abc import Mapping, Sequence

from trainer.cards.shapes import NAME, Json
from trainer.exchange.html_text import markdown_of
from trainer.exchange.tidy import tidied

_MEDIA = re.compile(r"\[sound:[^\]\n]{0,300}\]|<img\b[^<>]{0,3000}>", re.IGNORECASE)
_CLOZE = re.compile(r"\{\{c\d{1,3}::((?:(?!\{\{c\d|\}\}).){1,2000})\}\}", re.DOTALL)
_LONGEST_TAG = 64


def media_in(fields: Sequence[str]) -> int:
    """Count the pictures and sounds in the fields of a note."""
    return sum(len(_MEDIA.findall(field)) for field in fields)


def note_fields(
    fields: Sequence[str], tags: str, *, is_html: bool
) -> dict[str, Json] | None:
    """Return a note as fields of a card: front, back, and the rest as the reason.

    A text with clozes is a cloze card. Without a front or a back it is none.
    """
    texts = [_text(field, is_html=is_html) for field in fields]
    front, back, *rest = [*texts, "", ""]
    more: Mapping[str, Json] = {"tags": found} if (found := tag_names(tags)) else {}
    if _CLOZE.search(front):
        why = "\n\n".join(filter(None, [back, *rest]))
        ask = _CLOZE.sub(_blank, front)
        return {"form": "cloze", "ask": ask, **({"why": why} if why else {}), **more}
    if not (front and back):
        return None
    why = "\n\n".join(filter(None, rest))
    return {"ask": front, "answer": back, **({"why": why} if why else {}), **more}


def _blank(found: re.Match[str]) -> str:
    """Return a cloze as a blank, without its hint."""
    return f"[[{found[1].partition('::')[0]}]]"


def tag_names(tags: str) -> list[str]:
    """Return tags as a deck can hold them: in lower case, parted by hyphens."""
    plain = (re.sub(r"[^a-z0-9]+", "-", tag.lower()).strip("-") for tag in tags.split())
    names = dict.fromkeys(tag[:_LONGEST_TAG].strip("-") for tag in plain)
    return [name for name in names if re.fullmatch(NAME, name)]


def _text(field: str, *, is_html: bool) -> str:
    without = _MEDIA.sub("", field)
    return str(tidied(markdown_of(without) if is_html else without)).strip()
