"""Where cards stand: new, learning, known, suspended, flagged, leeches."""

from dataclasses import dataclass

from trainer.cards.card import CardId
from trainer.scheduling.leeches import is_leech_by
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
    intervals = evidence.intervals
    review = intervals.total()
    mature = sum(count for days, count in intervals.items() if days >= MATURE_DAYS)
    standings = evidence.standings.items()
    buried = (one.buried_on for card, one in standings if card in evidence.cards)
    flagged = {card for card, one in standings if one.flagged}
    return CardCounts(
        total=len(evidence.cards),
        new=evidence.unseen,
        learning=len(evidence.active.card) - review,
        young=review - mature,
        mature=mature,
        suspended=len(evidence.away),
        buried=sum(day == evidence.today for day in buried),
        leeches=evidence.in_order(_leeches(evidence)),
        flagged=evidence.in_order(flagged),
        away=evidence.in_order(evidence.away),
    )


def _leeches(evidence: Evidence) -> set[CardId]:
    settings = evidence.settings
    return {
        card
        for card, lapses, interval in evidence.known.lapsed
        if is_leech_by(lapses, interval, settings)
    }
