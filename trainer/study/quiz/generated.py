"""Questions made from the answers of cards, judged by the grammar."""

from trainer.cards.card import Card
from trainer.study.quiz.question import Question, Shelf


def generated(card: Card, shelf: Shelf, seed: str) -> tuple[Question, ...]:
    """Return all questions that can be made from a card, at most one of each kind."""
    del card, shelf, seed
    return ()
