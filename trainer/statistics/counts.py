"""Where cards stand: new, learning, known, suspended, flagged, leeches."""

from dataclasses import dataclass

from trainer.cards.card import CardId
from trainer.statistics.daily import MATURE_DAYS
from trainer.statistics.evidence import Evidence


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


def card_counts(evidence: Evidence) -> CardCounts:
    """Count where cards stand."""
    active = evidence.active.values()
    away = _marked(evidence, "suspended")
    review = [one for one in active if not one.is_learning]
    mature = sum(one.interval >= MATURE_DAYS for one in review)
    standings = evidence.standings.items()
    buried = (one.buried_on for card, one in standings if card in evidence.cards)
    known = evidence.known.items()
    return CardCounts(
        total=len(evidence.cards),
        new=len(evidence.cards) - len(away) - len(active),
        learning=len(active) - len(review),
        young=len(review) - mature,
        mature=mature,
        suspended=len(away),
        buried=sum(day == evidence.today for day in buried),
        leeches=tuple(card for card, memory in known if evidence.is_leech(memory)),
        flagged=_marked(evidence, "flagged"),
        away=away,
    )


def _marked(evidence: Evidence, name: str) -> tuple[CardId, ...]:
    marked = {card for card, one in evidence.standings.items() if getattr(one, name)}
    return tuple(card for card in evidence.cards if card in marked) if marked else ()
