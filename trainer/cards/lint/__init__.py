"""Lint: what can be checked of cards beyond their fields, one function a rule."""

from collections.abc import Callable, Iterator, Mapping

from trainer.cards.card import Card, Flaw, deck_of
from trainer.cards.collection import DeckReading
from trainer.cards.lint.answer_keys import answer_key
from trainer.cards.lint.choices import right_distractor, telling_form
from trainer.cards.lint.doubles import repeated_question
from trainer.cards.lint.drafts import draft
from trainer.cards.lint.family import broken_sibling
from trainer.cards.lint.giveaways import giveaway
from trainer.cards.lint.shelf import Shelf, shelve
from trainer.cards.lint.texts import foreign_punctuation, long_answer, open_backtick
from trainer.cards.lint.values import each_value, shared_value, stray_marker
from trainer.cards.problem import Place, Problem
from trainer.cards.reading import in_file_order

CARD_RULES: tuple[Callable[[Card], Iterator[Flaw]], ...] = (
    answer_key,
    giveaway,
    long_answer,
    open_backtick,
    foreign_punctuation,
    telling_form,
    right_distractor,
    draft,
    stray_marker,
    shared_value,
)
"""Rules about a card alone."""

SHELF_RULES: tuple[Callable[[Shelf], Iterator[tuple[Card, Flaw]]], ...] = (
    repeated_question,
    broken_sibling,
)
"""Rules about all cards together; each flaw comes with the card it is in."""


def lint_card(card: Card) -> Iterator[Flaw]:
    """Yield what is wrong with a card alone, whatever its values."""
    return each_value(card, _by_all_rules)


def _by_all_rules(card: Card) -> Iterator[Flaw]:
    for rule in CARD_RULES:
        yield from rule(card)


def lint_together(readings: Mapping[str, DeckReading]) -> dict[str, DeckReading]:
    """Return the readings by path, with what is wrong between their cards added."""
    shelf = shelve(readings)
    found: dict[str, list[Problem]] = {path: [] for path in readings}
    for rule in SHELF_RULES:
        for card, flaw in rule(shelf):
            path = shelf.paths[deck_of(card.id)]
            places = readings[path].places.get(card.id, {})
            place = places.get(flaw.field, Place(card.line, 1))
            found[path].append(Problem(path, place, flaw.message, flaw.severity))
    return {
        path: one._replace(problems=in_file_order((*one.problems, *found[path])))
        for path, one in readings.items()
    }
