"""What is at risk: known cards that are likely to be forgotten."""

from dataclasses import dataclass

from trainer.cards.card import CardId
from trainer.statistics.evidence import Evidence

_FEW = 10


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


def risk(evidence: Evidence) -> Risk:
    """Return the cards at risk."""
    recalls = {card: one.recall for card, one in evidence.active.items()}
    found = [
        AtRisk(card, recall)
        for card, recall in recalls.items()
        if evidence.is_at_risk(card, recall)
    ]
    found.sort(key=lambda one: (one.recall, one.card))
    lost = sum(1 - recall for recall in recalls.values())
    return Risk(len(found), lost, tuple(found[:_FEW]))
