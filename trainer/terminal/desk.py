"""What a learner can look up or do beside the cards."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from trainer.cards.card import Card, CardId
from trainer.study.recap import Recap
from trainer.study.session import Session


def _nothing_known(_: CardId) -> Iterable[str]:
    return ()


def _unchanged(card: Card) -> Card | None:
    return card


@dataclass(frozen=True, slots=True)
class Desk:
    """What a learner can look up or do beside the cards.

    `titles` are those of the decks by id, `recap` sums a sitting up, `about` tells
    what is known of a card, `edit` opens an editor and returns the card as it is
    then, or nothing if it is gone.
    """

    titles: Mapping[str, str]
    recap: Callable[[Session], Recap]
    about: Callable[[CardId], Iterable[str]] = _nothing_known
    edit: Callable[[Card], Card | None] = _unchanged

    def title(self, card: CardId) -> str:
        """Return the title of a card's deck."""
        deck, _, _ = card.partition("/")
        return self.titles.get(deck, deck)
