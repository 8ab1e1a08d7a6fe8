"""Cards as Anki's notes: which text stands in which field."""

import re
from collections.abc import Mapping, Sequence

from trainer.cards.card import Card, Notes, Source, Status
from trainer.exchange.anki.cardhtml import card_html, plain_html
from trainer.exchange.anki.notetypes import (
    ALSO,
    CARD,
    DATA,
    FIELDS,
    PER_LANGUAGE,
    SECOND,
)
from trainer.language.catalogue import say
from trainer.language.text import Language

_BLANK = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
_PLACE = "\x01"
"""Stands for a blank while the text around it is written; no card holds one."""

LISTED = frozenset({"choose", "order"})
"""The forms that show choices or steps to pick."""


def note_fields(card: Card, languages: Sequence[Language], data: str) -> list[str]:
    """Return the fields of a card's note; the first language leads."""
    values = {CARD: card.id, ALSO: _also(card, languages[0]), DATA: plain_html(data)}
    values |= text_fields(card, languages)
    return [values.get(name, "") for name in FIELDS]


def text_fields(card: Card, languages: Sequence[Language]) -> dict[str, str]:
    """Return the fields that differ by language.

    A second language says nothing where it would only say the same again.
    """
    first = _in_language(card, languages[0])
    if len(languages) == 1:
        return first
    second = _in_language(card, languages[1])
    return first | {
        name + SECOND: value for name, value in second.items() if value != first[name]
    }


def _in_language(card: Card, language: Language) -> dict[str, str]:
    front, back = card.content.sides(language)
    is_typed = card.form == "type"
    values = (
        cloze_html(card, language) if card.form == "cloze" else card_html(front),
        _choices(card, language),
        "" if card.form == "cloze" else (plain_html if is_typed else card_html)(back),
        card_html(card.why.in_language(language)) if card.why else "",
        _notes(card.notes, language) if card.notes else "",
        plain_html(_source(card.source, language)) if card.source else "",
    )
    return dict(zip(PER_LANGUAGE, values, strict=True))


def cloze_html(card: Card, language: Language) -> str:
    """Return the text of a cloze with Anki's blanks, all of them asked at once.

    Braces and colons of the text are written so that Anki reads none of its own.
    """
    text = dict(card.content.texts())["ask"].in_language(language)
    answers = [one.split("|")[0].strip() for one in _BLANK.findall(text)]
    html = card_html(_BLANK.sub(_PLACE, text))
    html = html.replace("{", "&#123;").replace("}", "&#125;")
    for answer in answers:
        filled = plain_html(answer).replace("{", "&#123;").replace("}", "&#125;")
        blank = filled.replace(":", "&#58;")
        html = html.replace(_PLACE, f"{{{{c1::{blank}}}}}", 1)
    return html


def _choices(card: Card, language: Language) -> str:
    """Return what there is to pick, shuffled by the card alone."""
    if card.form not in LISTED:
        return ""
    choices = card.content.deal(card.id).prompt(language).choices
    return "".join(f"<li>{card_html(choice.text)}</li>" for choice in choices)


def _also(card: Card, language: Language) -> str:
    accept: Sequence[str] = getattr(card.content, "accept", ())
    if not accept:
        return ""
    lines = "".join(f'<div class="line">{plain_html(one)}</div>' for one in accept)
    return plain_html(say(language, "anki.also")) + lines


def _notes(notes: Notes, language: Language) -> str:
    """Say what the notes had, where that is not what holds."""
    if notes.status is Status.OK or not notes.said:
        return ""
    return card_html(
        say(language, f"words.notes-{notes.status.value}", said=notes.said)
    )


def _source(source: Source, language: Language) -> str:
    section = source.title.in_language(language) if source.title else source.section
    if source.lines is None:
        return section
    first, last = source.lines
    key = "words.source-line" if first == last else "words.source-lines"
    return say(language, key, section=section, first=first, last=last)


def deck_name(title: str, grammar: str | None) -> str:
    """Return a deck's name in Anki, below the program that it is about."""
    own = re.sub(r":{2,}", ":", title).replace('"', "'").strip() or "-"
    return f"{grammar.capitalize()}::{own}" if grammar else own


def by_name(fields: Sequence[str]) -> Mapping[str, str]:
    """Return a note's fields by their names."""
    return dict(zip(FIELDS, fields, strict=False))
