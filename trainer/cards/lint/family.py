"""Rule: siblings exist and name each other."""

from collections.abc import Iterator

from trainer.cards.card import Card, CardId, Flaw, deck_of
from trainer.cards.lint.shelf import Shelf
from trainer.cards.problem import Severity
from trainer.language.nearest import nearest
from trainer.language.text import message


def broken_sibling(shelf: Shelf) -> Iterator[tuple[Card, Flaw]]:
    """Yield siblings that are none."""
    for card in shelf.cards.values():
        for other in card.siblings:
            for flaw in _sibling(card, other, shelf):
                yield card, flaw


def _sibling(card: Card, other: CardId, shelf: Shelf) -> Iterator[Flaw]:
    if other == card.id:
        yield Flaw("sibling", message("problems.own-sibling"))
    elif other not in shelf.known:
        near = nearest(other, _likely(other, shelf))
        key = "unknown-sibling-near" if near else "unknown-sibling"
        names = {"name": _written(other, card), "near": _written(near or other, card)}
        yield Flaw("sibling", message(f"problems.{key}", **names))
    elif _is_one_sided(card, other, shelf):
        place = shelf.place(shelf.cards[other])
        names = {"name": _written(other, card), "place": place}
        said = message("problems.one-sided-sibling", **names)
        yield Flaw("sibling", said, Severity.WARNING)


def _is_one_sided(card: Card, other: CardId, shelf: Shelf) -> bool:
    twin = shelf.cards.get(other)
    return twin is not None and card.id not in twin.siblings


def _likely(other: CardId, shelf: Shelf) -> list[CardId]:
    """Return the cards of the deck that is named, or those of that name elsewhere."""
    deck, _, name = other.partition("/")
    own = [one for one in shelf.known if deck_of(one) == deck]
    return sorted(own or (one for one in shelf.known if one.endswith(f"/{name}")))


def _written(other: str, card: Card) -> str:
    """Return a card's id as the author of another card writes it."""
    return other.removeprefix(f"{deck_of(card.id)}/")
