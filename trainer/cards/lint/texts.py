"""Rules about how texts are written: length, backticks, punctuation."""

import re
from collections.abc import Iterator

from trainer.cards.card import Card, Flaw, Kind
from trainer.cards.forms.choose import Choose
from trainer.cards.forms.recall import Recall
from trainer.cards.forms.typed import Typed
from trainer.cards.lint.words import HAN
from trainer.cards.problem import Severity
from trainer.language.text import Language, Text, message
from trainer.language.width import text_width

LINES, COLUMNS = 2, 88
"""So much of an answer is read at a glance."""

_CODE = re.compile(r"`[^`]*`|\[\[.*?\]\]|[a-z]+://[^\s，。；：？！）]+")
_HAN = re.compile(rf"[{HAN}]")
_NARROW = re.compile(rf"[{HAN}] ?([,;:?!()\"'])|([,;:?!()\"']) ?[{HAN}]")
_WIDE = re.compile(rf"[{HAN}，。；：？！（）、【】《》「」]")
_SIGN = "\ufffc"
"""Stands for what is no prose."""


def long_answer(card: Card) -> Iterator[Flaw]:
    """Yield answers about a concept that are no quick reading."""
    content = card.content
    if card.kind is not Kind.CONCEPT or not isinstance(content, Recall | Choose):
        return
    for language, answer in _versions(content.answer):
        if _rows(answer) > LINES:
            width = text_width(answer)
            limits = {"width": width, "limit": LINES * COLUMNS, "name": language}
            said = message("problems.long-answer", **limits)
            yield Flaw("answer", said, Severity.WARNING)


def open_backtick(card: Card) -> Iterator[Flaw]:
    """Yield texts in which code begins and never ends."""
    for field, language, text in _prose(card):
        if text.count("`") % 2:
            said = message("problems.open-backtick", name=language)
            yield Flaw(field, said, Severity.WARNING)


def foreign_punctuation(card: Card) -> Iterator[Flaw]:
    """Yield ASCII punctuation in Chinese, and full-width characters in English."""
    for field, language, text in _prose(card):
        prose = _CODE.sub(_SIGN, text)
        if language is Language.ZH:
            found, key = _NARROW.search(prose), "narrow-punctuation"
        else:
            found, key = _WIDE.search(prose), "wide-character"
        if found:
            character = found[found.lastindex or 0]
            said = message(f"problems.{key}", character=character)
            yield Flaw(field, said, Severity.WARNING)


def _prose(card: Card) -> Iterator[tuple[str, Language, str]]:
    """Yield the texts of a card that are sentences, with their fields."""
    is_typed_code = isinstance(card.content, Typed) and card.kind is not Kind.CONCEPT
    for field, text in card.content.texts():
        if not (field == "answer" and is_typed_code):
            for language, version in _versions(text):
                yield field, language, version
    for language, version in _versions(card.why) if card.why else ():
        yield "why", language, version


def _versions(text: Text) -> Iterator[tuple[Language, str]]:
    """Yield what is written, by language; what reads alike is of either."""
    if text.is_same:
        alike = text.in_language(Language.EN)
        yield Language.ZH if _HAN.search(alike) else Language.EN, alike
        return
    for language in Language:
        if language not in text.missing():
            yield language, text.in_language(language)


def _rows(text: str) -> int:
    return sum(max(1, -(-text_width(line) // COLUMNS)) for line in text.split("\n"))
