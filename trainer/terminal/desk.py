"""What a learner can look up or do beside the cards."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from trainer.cards.card import Card, CardId, deck_of
from trainer.study.recap import Recap
from trainer.study.session import Session
from trainer.terminal.look import Look


def _nothing_known(_: CardId, __: Look) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True)
class AfterEdit:
    """A card as it is after the editor, none if it is gone, and what is to be said."""

    card: Card | None
    remarks: Sequence[str] = ()


def _nothing_to_tidy() -> None:
    return


def _unchanged(card: Card) -> AfterEdit:
    return AfterEdit(card)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a learner can look up or do beside the cards.

    `titles` are those of the decks by id, `recap` sums a sitting up, `about` tells
    what is known of a card, `edit` opens an editor on it. `tidy` is called while a page
    is read, and does what would be in the way between a key and the next page.
    """

    titles: Mapping[str, str]
    recap: Callable[[Session], Recap]
    about: Callable[[CardId, Look], Iterable[str]] = _nothing_known
    edit: Callable[[Card], AfterEdit] = _unchanged
    tidy: Callable[[], None] = _nothing_to_tidy

    def title(self, card: CardId) -> str:
        """Return the title of a card's deck."""
        deck = deck_of(card)
        return self.titles.get(deck, deck)
