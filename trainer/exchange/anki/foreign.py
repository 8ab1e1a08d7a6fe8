"""Notes of other people's note types as cards of ours."""

import re
from collections.abc import Mapping
from html import unescape

from trainer.cards.shapes import Json
from trainer.exchange.anki.reading import ReadNote, ReadType
from trainer.exchange.anki.templates import (
    ANSWER_RULE,
    PLACE,
    rendered,
    typed_field,
    with_places,
)
from trainer.exchange.html_text import markdown_of

LONGEST = 50_000
"""Fields and templates with more characters are no text to learn."""

_PLAYED = re.compile(r"\[(?:sound|anki):[^\]\n]{0,300}\]")
_CLOZE_TAG = re.compile(r"\{\{(?:[^{}:]{1,20}:){0,5}cloze:([^{}:]{1,200})\}\}")
_TAG = re.compile(r"<[^<>]*>")
_IS_BLANK = "____"


def foreign_card(note: ReadNote, kind: ReadType, number: int) -> dict[str, Json] | None:
    """Return the fields of a note's card, but for its id; `None` where text is lacking.

    A cloze is one, a note to type into is typed, all others are recalled.
    """
    fields = dict(zip(kind.fields, note.fields, strict=False))
    templates = [side for sides in kind.templates for side in sides]
    if any(len(text) > LONGEST for text in (*fields.values(), *templates)):
        return None
    if kind.is_cloze:
        card = _cloze(fields, kind, number + 1)
    elif 0 <= number < len(kind.templates):
        card = _two_sides(fields, *kind.templates[number])
    else:
        return None
    is_whole = card and card["ask"] and card.get("answer", card["ask"])
    return {"kind": "concept"} | card if card and is_whole else None


def _two_sides(fields: Mapping[str, str], front: str, back: str) -> dict[str, Json]:
    ask = _markdown(rendered(front, fields))
    typed = typed_field(front)
    line = plain_text(fields.get(typed, "")) if typed else ""
    if line:
        return {"form": "type", "ask": ask, "answer": line}
    said = rendered(back, fields)
    return {"ask": ask, "answer": _markdown(ANSWER_RULE.split(said)[-1])}


def _cloze(
    fields: Mapping[str, str], kind: ReadType, number: int
) -> dict[str, Json] | None:
    """Return a cloze, or a card to recall where an answer holds signs of our blanks."""
    front, back = kind.templates[0] if kind.templates else ("", "")
    found = _CLOZE_TAG.search(front)
    name = found[1].strip() if found else ""
    html = _PLAYED.sub("", fields.get(name, ""))
    more = _markdown(rendered(_CLOZE_TAG.sub("", back), fields))
    rest: dict[str, Json] = {"why": more} if more else {}
    if text := cloze_text(html, number):
        return {"form": "cloze", "ask": text} | rest
    placed, blanks = with_places(html, number)
    if not blanks:
        return None
    ask = _markdown(placed).replace(PLACE, _IS_BLANK)
    answers = (plain_text(answer) for answer, _ in blanks)
    return {"ask": ask, "answer": "; ".join(answers)} | rest


def cloze_text(html: str, number: int) -> str | None:
    """Return a text with our blanks for Anki's of one number; `None` if it has none.

    It has none, too, where our way of writing blanks could not hold it.
    """
    placed, blanks = with_places(html, number)
    text = _markdown(placed)
    said = [(plain_text(answer), plain_text(hint)) for answer, hint in blanks]
    is_sound = "[[" not in text and "]]" not in text and text.count(PLACE) == len(said)
    if not (said and is_sound and all(_can_be_blank(answer) for answer, _ in said)):
        return None
    for answer, hint in said:
        shown = f"[[{answer}]] ({hint})" if hint else f"[[{answer}]]"
        text = text.replace(PLACE, shown, 1)
    return text


def _can_be_blank(answer: str) -> bool:
    """Whether an answer can stand in a blank, in which a bar parts several."""
    return bool(answer) and not any(sign in answer for sign in ("|", "[", "]"))


def plain_text(html: str) -> str:
    """Return what a piece of HTML says in one line, without any marks."""
    text = _TAG.sub("", re.sub(r"<br\s*/?>|</div>|</p>", " ", _PLAYED.sub("", html)))
    return " ".join(unescape(text).split())


def _markdown(html: str) -> str:
    return markdown_of(_PLAYED.sub("", html))
