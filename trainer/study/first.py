"""The very first sitting: short and easy."""

from collections.abc import Collection

from trainer.cards.card import Card, CardId
from trainer.cards.siblings import all_siblings

_COUNT = 5
_EASIEST = ("choose", "cloze", "recall")


def first_cards(cards: Collection[Card]) -> tuple[CardId, ...]:
    """Return the cards to start with: those to pick or turn before those to type.

    `cards` are those of the first topic, in the order of study. Of siblings one is
    taken.
    """
    ranks = {form: rank for rank, form in enumerate(_EASIEST)}
    siblings = all_siblings({card.id: card.siblings for card in cards})
    chosen: list[CardId] = []
    for card in sorted(cards, key=lambda one: ranks.get(one.form, len(ranks))):
        if siblings.get(card.id, set()).isdisjoint(chosen):
            chosen.append(card.id)
    return tuple(chosen[:_COUNT])
