"""All cards side by side, for rules about several."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trainer.cards.card import Card, CardId, deck_of
from trainer.cards.collection import DeckReading


@dataclass(frozen=True, slots=True)
class Shelf:
    """The cards of all decks by id, in the order they were read.

    `paths` are the files of the decks by id. `known` are the ids of all cards, also
    of those that could not be read.
    """

    cards: Mapping[CardId, Card]
    paths: Mapping[str, str]
    known: frozenset[CardId]

    def place(self, card: Card) -> str:
        """Return where a card stands, in a form that editors can follow."""
        return f"{self.paths[deck_of(card.id)]}:{card.line}"


def shelve(readings: Mapping[str, DeckReading]) -> Shelf:
    """Put all cards together; of two decks with one id the first counts."""
    shelf = _Filling()
    for path, reading in readings.items():
        deck = reading.deck
        if deck and deck.id not in shelf.paths:
            shelf.paths[deck.id] = path
            shelf.known.update(reading.places)
            shelf.cards.update((card.id, card) for card in deck.cards)
    return Shelf(shelf.cards, shelf.paths, frozenset(shelf.known))


@dataclass(slots=True)
class _Filling:
    cards: dict[CardId, Card] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    known: set[CardId] = field(default_factory=set)
