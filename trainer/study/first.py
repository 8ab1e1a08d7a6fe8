"""The very first sitting: short and easy."""

from collections.abc import Iterable

from trainer.cards.card import Card, CardId

_COUNT = 5
_EASIEST = ("choose", "cloze", "recall")


def first_cards(cards: Iterable[Card]) -> tuple[CardId, ...]:
    """Return the cards to start with: those to pick or turn before those to type.

    `cards` are those of the first topic, in the order of study. Of siblings one is
    taken.
    """
    ranks = {form: rank for rank, form in enumerate(_EASIEST)}
    chosen: list[CardId] = []
    for card in sorted(cards, key=lambda one: ranks.get(one.form, len(ranks))):
        if set(chosen).isdisjoint(card.siblings):
            chosen.append(card.id)
    return tuple(chosen[:_COUNT])
