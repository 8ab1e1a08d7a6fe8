"""Siblings: cards of one fact, of which a learner sees one a day."""

from collections.abc import Iterable, Mapping

from trainer.cards.card import CardId

Siblings = Mapping[CardId, frozenset[CardId]]
"""The siblings of each card that has any."""


def all_siblings(named: Mapping[CardId, Iterable[CardId]]) -> dict[CardId, set[CardId]]:
    """Return the siblings of each card that has any.

    `named` are the siblings that cards name; it is enough if one of two names the
    other. Siblings of siblings are none: a fact may touch two others.
    """
    found: dict[CardId, set[CardId]] = {}
    for card, others in named.items():
        for other in others:
            if other != card:
                found.setdefault(card, set()).add(other)
                found.setdefault(other, set()).add(card)
    return found
