"""A question of a quiz: a card in the form in which it is asked there."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from trainer.cards.card import Card, CardId
from trainer.language.digest import digest

Shelf = Mapping[CardId, Card]
"""All cards by id, in the order of study; a card may be made when it is asked for."""


class Made(StrEnum):
    """How a question came about."""

    CARD = "card"  # as it stands in the deck
    CHOICES = "choices"  # the deck's question, with choices made for it
    EFFECT = "effect"  # a line is given, what it does is chosen
    COMMAND = "command"  # what to do is given, the line is chosen
    MISSING = "missing"  # a line lacks an option
    SLIP = "slip"  # a line has a slip in it
    MEANING = "meaning"  # an option is given, what it is for is chosen

    @property
    def is_generated(self) -> bool:
        """Whether no author has written the question as it is asked."""
        return self is not Made.CARD

    @property
    def name_key(self) -> str:
        """The message that says what kind of question it is, if it is generated."""
        return f"questions.made-{self.value}"


class Form(StrEnum):
    """How a question of a quiz is answered."""

    TYPE = "type"
    RECALL = "recall"
    CHOOSE = "choose"
    CLOZE = "cloze"
    ORDER = "order"


class Question(NamedTuple):
    """What is asked, and the deck's card that it tests.

    `card` has the id, kind and reasons of the deck's card `of`; its content is the
    question's own.
    """

    card: Card
    of: CardId
    made: Made


def dealt(card: Card, seed: str) -> Card:
    """Return a card as it is asked with a seed: what is shuffled or drawn, is."""
    return card.deal(number_of(seed))


def number_of(seed: str) -> int:
    """Return a number, below 65,536, that looks drawn and follows from a seed."""
    return int.from_bytes(digest(seed)[:2])
