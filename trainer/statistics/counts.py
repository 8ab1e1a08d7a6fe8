"""Where cards stand: new, learning, known, suspended, flagged, leeches."""

from dataclasses import dataclass

from trainer.cards.card import CardId


@dataclass(frozen=True, slots=True)
class CardCounts:
    """How many cards stand where; a suspended one counts as nothing else of these.

    `review` are known cards, `young` below an interval of 21 days and `mature` from
    there. Leeches, flagged and suspended cards are named, wherever else they count.
    """

    total: int
    new: int
    learning: int
    young: int
    mature: int
    suspended: int
    buried: int
    leeches: tuple[CardId, ...]
    flagged: tuple[CardId, ...]
    away: tuple[CardId, ...]

    @property
    def review(self) -> int:
        """How many are known."""
        return self.young + self.mature
