"""Answers of one kind in one topic: paths beside paths, numbers beside numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from trainer.cards.card import Card, CardId, deck_of
from trainer.cards.forms.cloze import Cloze
from trainer.cards.forms.typed import Typed
from trainer.cards.shuffle import shuffled
from trainer.grading.grammar import Command, Grammar
from trainer.grading.verdict import Outcome
from trainer.language.text import Language
from trainer.study.quiz.question import Shelf, number_of

_SHAPES = {
    "year": re.compile(r"(?:19|20)\d\d"),
    "number": re.compile(r"\d{2,}"),
    "version": re.compile(r"\d+(?:\.\d+)+"),
    "path": re.compile(r"~?/[\w.~/-]+"),
    "variable": re.compile(r"[A-Z]+(?:_[A-Z]+)+"),
    "letters": re.compile(r"[A-Z]{2,}(?:-[A-Z]+)*"),
    "option": re.compile(r"--[a-z][a-z-]+"),
    "letter-option": re.compile(r"-[A-Za-z]"),
    "address": re.compile(r"[a-z]+(?:\.[a-z]+)+"),
}
_CODE = re.compile(r"`([^`]+)`")
_MOST_READ = 60
_WANTED = 3


def answers_alike(card: Card, shelf: Shelf, seed: str) -> tuple[str, tuple[str, ...]]:
    """Return a card's answer, and wrong ones of the same kind, none if unsure."""
    answer = _answer(card)
    shape = _shape(answer)
    if not shape:
        return answer, ()
    others: Iterable[str]
    if shape in {"year", "number"}:
        others = _numbers(answer, seed)
    elif shape == "option":
        others = _long_names(card, answer, seed)
    else:
        others = _of_topic(card, shape, shelf, seed)
    asked = "\n".join(card.content.prompt(language).question for language in Language)
    kept: list[str] = []
    for other in others:
        if other not in asked and _are_apart(other, [answer, *kept]):
            wrong = card.content.grade(other).outcome is Outcome.WRONG
            kept += [other] if wrong else []
    return answer, tuple(kept[:_WANTED])


def topic_of(card: CardId, shelf: Shelf, seed: str) -> Iterator[CardId]:
    """Yield the other cards of a card's deck, in an order that the seed decides."""
    deck = deck_of(card) + "/"
    others = [one for one in shelf if one.startswith(deck) and one != card]
    start = number_of(seed) % max(len(others), 1)
    yield from others[start:]
    yield from others[:start]


def _answer(card: Card) -> str:
    """Return an answer that reads alike in all languages, or nothing."""
    content = card.content
    if isinstance(content, Typed):
        return content.answer.en or "" if content.answer.is_same else ""
    if isinstance(content, Cloze):
        written = {content.blanks(language)[:2] for language in Language}
        blanks = written.pop() if len(written) == 1 else ()
        return blanks[0][0] if len(blanks) == 1 else ""
    return ""


def _shape(answer: str) -> str:
    return next((name for name, one in _SHAPES.items() if one.fullmatch(answer)), "")


def _are_apart(text: str, others: Sequence[str]) -> bool:
    """Tell whether a text neither is nor holds, or is held by, one of others."""
    plain = text.casefold()
    return not any(plain in one.casefold() or one.casefold() in plain for one in others)


def _of_topic(card: Card, shape: str, shelf: Shelf, seed: str) -> Iterator[str]:
    """Yield answers of other cards to which this card's answer would be wrong."""
    mine = _answer(card)
    for name in islice(topic_of(card.id, shelf, seed), _MOST_READ):
        other = shelf[name]
        answer = _answer(other)
        is_like = _shape(answer) == shape and other.kind is card.kind
        if is_like and other.content.grade(mine).outcome is Outcome.WRONG:
            yield answer


def _numbers(answer: str, seed: str) -> list[str]:
    """Return numbers on both sides of another, as round and with as many digits."""
    unit = 10 ** (len(answer) - len(answer.rstrip("0")))
    near = [str(int(answer) + step * unit) for step in (-4, -2, -1, 1, 2, 5)]
    fit = [one for one in near if len(one) == len(answer)]
    return [fit[at] for at in shuffled(len(fit), seed)]


def _long_names(card: Card, answer: str, seed: str) -> list[str]:
    """Return long options of the command asked about, if a short one is spelled out."""
    rules = card.content.context.rules()  # type: ignore[attr-defined]
    asked = card.content.prompt(Language.EN).question
    command = _command(asked, answer, rules) if rules else None
    option = command.option(answer) if command else None
    if command is None or option is None or f"`-{option.short}`" not in asked:
        return []
    others = [
        f"--{one.long}"
        for one in command.options
        if one.takes_value is option.takes_value
        and not (one.hidden or one.removed or one.deprecated)
        and abs(len(one.long) - len(option.long)) <= _WANTED
    ]
    return [others[at] for at in shuffled(len(others), seed)]


def _command(asked: str, answer: str, rules: Grammar) -> Command | None:
    """Return the command that a question speaks of and that has an option."""
    for code in _CODE.findall(asked):
        words = code.split()
        found, _ = rules.find(words[1:]) if words[:1] == [rules.program] else (None, 0)
        if found and found.option(answer):
            return found
    return None
