"""What is mistaken for what."""

from dataclasses import dataclass

from trainer.cards.card import CardId


@dataclass(frozen=True, slots=True)
class Confused:
    """One form that is given where another is due: how often, and on which cards."""

    taken: str
    due: str
    count: int
    cards: tuple[CardId, ...]
