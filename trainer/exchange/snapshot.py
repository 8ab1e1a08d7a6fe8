"""What an exporter is given: cards, log and memory at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trainer.cards.card import CardId, Deck
from trainer.scheduling.memory import Memory
from trainer.scheduling.review import Retraction, Review


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything there is: `retracted` reviews were taken back by `retractions`."""

    decks: Sequence[Deck]
    reviews: Sequence[Review]
    retracted: Sequence[Review]
    retractions: Sequence[Retraction]
    memories: Mapping[CardId, Memory]
