"""Rule: a draft is not finished."""

from collections.abc import Iterator

from trainer.cards.card import Card, Flaw
from trainer.cards.problem import Severity
from trainer.language.text import message

DRAFT = "draft"
"""The tag of a card that its author has yet to complete."""


def draft(card: Card) -> Iterator[Flaw]:
    """Yield the tag of a draft."""
    if DRAFT in card.tags:
        yield Flaw("tags", message("problems.draft"), Severity.WARNING)
