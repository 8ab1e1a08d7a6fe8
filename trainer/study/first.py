"""The very first sitting: short and easy."""

from collections.abc import Iterable

from trainer.cards.card import Card, CardId

_COUNT = 5
_EASIEST = ("choose", "cloze", "recall")


def first_cards(cards: Iterable[Card]) -> tuple[CardId, ...]:
    """Return the cards to start with: those to pick or turn before those to type.

    `cards` are those of the first topic, in the order of study.
    """
    ranks = {form: rank for rank, form in enumerate(_EASIEST)}
    found = sorted(cards, key=lambda card: ranks.get(card.form, len(ranks)))
    return tuple(card.id for card in found[:_COUNT])
