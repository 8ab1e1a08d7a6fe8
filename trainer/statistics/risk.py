"""What is at risk: known cards that are likely to be forgotten."""

from dataclasses import dataclass

from trainer.cards.card import CardId


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A card and the probability that it is recalled today."""

    card: CardId
    recall: float


@dataclass(frozen=True, slots=True)
class Risk:
    """Cards whose recall is below the retention wanted, the likeliest lost first.

    Suspended cards are left out. `cards` are a few of them, `total` counts all, and
    `lost` is how many of all one has to expect to have forgotten.
    """

    total: int
    lost: float
    cards: tuple[AtRisk, ...]
