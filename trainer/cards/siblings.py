"""Siblings: cards of one fact, of which a learner sees one a day."""

from collections.abc import Iterable, Mapping

from trainer.cards.card import CardId


def sibling_groups(named: Mapping[CardId, Iterable[CardId]]) -> dict[CardId, str]:
    """Return the group of each card that has siblings, called by its first id.

    `named` are the siblings that cards name; it is enough if one of two names the
    other, and siblings of siblings are siblings.
    """
    groups: dict[CardId, set[CardId]] = {}
    for card, others in named.items():
        together = {card}.union(*(groups.get(one, {one}) for one in (card, *others)))
        groups.update(dict.fromkeys(together, together))
    return {card: min(group) for card, group in groups.items() if len(group) > 1}
