"""What is at risk: known cards that are likely to be forgotten."""

from dataclasses import dataclass
from heapq import nsmallest
from itertools import compress
from math import fsum

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
    active = evidence.active
    every = zip(active.recall, active.card, strict=True)
    found = list(compress(every, evidence.at_risk(active)))
    few = tuple(AtRisk(card, recall) for recall, card in nsmallest(_FEW, found))
    return Risk(len(found), len(active.recall) - fsum(active.recall), few)
