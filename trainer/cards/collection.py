"""All decks together."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from trainer.cards.card import CardId, Deck
from trainer.cards.problem import Place, Problem
from trainer.language.text import message


class DeckReading(NamedTuple):
    """A deck file as far as it could be read, and what is wrong with it.

    `places` are where the fields of its cards stand, also of cards that were left out.
    """

    deck: Deck | None
    problems: tuple[Problem, ...]
    places: Mapping[CardId, Mapping[str, Place]] = MappingProxyType({})


class Collection(NamedTuple):
    """The decks in order of study, with the problems of their files.

    `paths` are the files of the decks by id.
    """

    decks: tuple[Deck, ...]
    problems: tuple[Problem, ...]
    paths: Mapping[str, str]

    def of_file(self, path: str) -> "Collection":
        """Return what one file holds of it."""
        return Collection(
            tuple(deck for deck in self.decks if self.paths[deck.id] == path),
            tuple(problem for problem in self.problems if problem.path == path),
            {name: own for name, own in self.paths.items() if own == path},
        )


def collect(readings: Mapping[str, DeckReading]) -> Collection:
    """Put deck files together; of two decks with one id the first path stays."""
    decks: dict[str, tuple[Deck, str]] = {}
    problems: list[Problem] = []
    for path, reading in readings.items():
        problems += reading.problems
        deck = reading.deck
        if deck is None:
            continue
        if deck.id in decks:
            said = message(
                "problems.duplicate-deck", id=deck.id, other=decks[deck.id][1]
            )
            problems.append(Problem(path, Place(1, 1), said))
        else:
            decks[deck.id] = deck, path
    return Collection(
        in_study_order(deck for deck, _ in decks.values()),
        tuple(problems),
        {name: path for name, (_, path) in decks.items()},
    )


def in_study_order(decks: Iterable[Deck]) -> tuple[Deck, ...]:
    """Sort decks by their `order`, then by id."""
    return tuple(sorted(decks, key=lambda deck: (deck.order, deck.id)))
