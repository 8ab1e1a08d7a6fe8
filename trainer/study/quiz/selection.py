"""Which cards a quiz asks, and in what order: spread over the notes, by a seed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import zip_longest

from trainer.cards.card import Card, CardId, deck_of
from trainer.cards.siblings import Siblings
from trainer.language.digest import digest
from trainer.scheduling.memory import Memory, State

_DIFFICULT = 7.0
_MOST_DRAWS = 12


class CardState(StrEnum):
    """Where a card stands for its learner, as a quiz may choose by it."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"
    WEAK = "weak"  # forgotten before, or difficult


def weakness(memory: Memory | None) -> int:
    """Return how weak a card is: 0 if it is not, else 2 and more.

    Each lapse counts, and so does a difficulty from 7 of 10 on.
    """
    if memory is None:
        return 0
    found = memory.lapses + (memory.state is State.RELEARNING)
    if memory.difficulty >= _DIFFICULT:
        found += 1 + int(memory.difficulty - _DIFFICULT)
    return found and min(1 + found, _MOST_DRAWS)


def in_states(
    cards: Iterable[Card],
    states: Collection[CardState],
    memories: Mapping[CardId, Memory],
) -> list[Card]:
    """Return the cards in any of some states; in any at all, if none is named."""
    return [
        card
        for card in cards
        if not states or not _states(memories.get(card.id)).isdisjoint(states)
    ]


def _states(memory: Memory | None) -> set[CardState]:
    if memory is None:
        return {CardState.NEW}
    found = {CardState.LEARNING if memory.is_learning else CardState.REVIEW}
    return found | ({CardState.WEAK} if weakness(memory) else set())


def lined_up(
    cards: Iterable[Card],
    siblings: Siblings,
    seed: str,
    weights: Mapping[CardId, int],
) -> list[Card]:
    """Return the cards in the order in which a quiz takes them.

    It goes from section to section of the notes. Of siblings, which would give each
    other away, one is taken. What has more weight comes sooner, for it is drawn so
    many times and its best draw counts.
    """

    def luck(card: Card) -> str:
        draws = range(max(1, weights.get(card.id, 1)))
        return min(draw(f"{seed}/{card.id}/{one}") for one in draws)

    sections: dict[str, list[Card]] = {}
    for card in _one_of_siblings(sorted(cards, key=luck), siblings):
        sections.setdefault(_section(card), []).append(card)
    rows = sorted(sections.values(), key=lambda own: luck(own[0]))
    return list(_in_turns(rows))


def draw(text: str) -> str:
    """Return what looks like chance and is the same on every machine."""
    return digest(text).hex()


def _section(card: Card) -> str:
    return card.source.section if card.source else deck_of(card.id)


def _in_turns(rows: Sequence[Sequence[Card]]) -> Iterator[Card]:
    for turn in zip_longest(*rows):
        yield from (card for card in turn if card is not None)


def _one_of_siblings(cards: Iterable[Card], siblings: Siblings) -> Iterator[Card]:
    taken: set[CardId] = set()
    for card in cards:
        if taken.isdisjoint(siblings.get(card.id, ())):
            taken.add(card.id)
            yield card
