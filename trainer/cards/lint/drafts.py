"""Rule: a draft is not finished."""

from collections.abc import Iterator

from trainer.cards.card import DRAFT, Card, Flaw
from trainer.cards.problem import Severity
from trainer.language.text import message


def draft(card: Card) -> Iterator[Flaw]:
    """Yield the tag of a draft."""
    if DRAFT in card.tags:
        yield Flaw("tags", message("problems.draft"), Severity.WARNING)
