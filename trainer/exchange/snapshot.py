"""What an exporter is given: cards, log and memory at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trainer.cards.card import CardId, Deck
from trainer.scheduling.marks import Mark
from trainer.scheduling.memory import Memory
from trainer.scheduling.parameters import Fit
from trainer.scheduling.review import Retraction, Review


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything there is: `retracted` reviews were taken back by `retractions`.

    `marks` are all of them; those of kind `undo` take others back. The
    parameters of the last of the `fits` are in force; without one the defaults are.
    """

    decks: Sequence[Deck]
    reviews: Sequence[Review]
    retracted: Sequence[Review]
    retractions: Sequence[Retraction]
    marks: Sequence[Mark]
    fits: Sequence[Fit]
    memories: Mapping[CardId, Memory]
