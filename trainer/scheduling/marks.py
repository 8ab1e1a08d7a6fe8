"""Marks: what a learner decides about a card beside answering it.

They stand in the log with the reviews, and nothing else is kept: where a card stands
follows from its marks.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from trainer.cards.card import CardId
from trainer.language.digest import digest
from trainer.scheduling.model import Strength
from trainer.scheduling.review import Review, Stamp, log_order
from trainer.scheduling.studyday import study_day


class MarkKind(StrEnum):
    """What a mark does."""

    SUSPEND = "suspend"  # the card is not asked until it is resumed
    RESUME = "resume"  # a suspended or buried card is asked again
    BURY = "bury"  # the card is not asked until the next study day
    FLAG = "flag"  # the card is flagged, or no longer
    RESET = "reset"  # the card is new again; its reviews stay in the log
    START = "start"  # the card goes on from a strength that another program knew
    UNDO = "undo"  # another mark is taken back


FLAGGED = "1"
"""The value of a flag that is set; one that is removed is empty."""


BEGINNINGS = frozenset({MarkKind.RESET, MarkKind.START})
"""With these a card begins anew: what was answered before leads to nothing."""


class Mark(NamedTuple):
    """One decision about a card.

    `value` is the flag, the id of the mark undone, or the strength to start from:
    FSRS's starting state, as it was when the card was seen last, which is the instant.
    """

    id: str
    stamp: Stamp
    at: datetime
    card: CardId
    kind: MarkKind
    value: str = ""


Entry = Review | Mark
"""What a learner did, and can take back."""


class Standing(NamedTuple):
    """Where a card stands by its marks. The ordinary standing is the empty one."""

    suspended: bool = False
    buried_on: date | None = None
    flagged: bool = False
    reset_at: datetime | None = None

    def is_away(self, today: date) -> bool:
        """Whether the card is not to be asked on a study day."""
        return self.suspended or self.buried_on == today


ORDINARY = Standing()


def make_mark(
    stamp: Stamp, at: datetime, card: CardId, kind: MarkKind, value: str = ""
) -> Mark:
    """Make a mark with its id, so that writing it twice adds nothing."""
    text = f"{stamp.device}\n{stamp.seq}\n{at.isoformat()}\n{card}\n{kind}\n{value}"
    return Mark(digest(text).hex()[:20], stamp, at, card, kind, value)


def strength_text(strength: Strength) -> str:
    """Return the value of a start, without loss."""
    return ",".join(map(repr, strength))


def strength_of(value: str) -> Strength:
    """Return the strength that the value of a start tells."""
    stability, difficulty = map(float, value.split(","))
    return stability, difficulty


def undo_mark(mark: Mark, stamp: Stamp, at: datetime) -> Mark:
    """Make the mark that takes another one back."""
    return Mark(f"undo-{mark.id}", stamp, at, mark.card, MarkKind.UNDO, mark.id)


def counting(marks: Collection[Mark]) -> list[Mark]:
    """Return the marks that were not taken back, in the order of the log."""
    undone = {mark.value for mark in marks if mark.kind is MarkKind.UNDO}
    kept = [m for m in marks if m.kind is not MarkKind.UNDO and m.id not in undone]
    return sorted(kept, key=log_order)


def standing_of(marks: Collection[Mark], rollover: timedelta) -> Standing:
    """Return where a card stands after its marks, in any order given."""
    found = ORDINARY
    for mark in counting(marks):
        found = after_mark(found, mark, rollover)
    return found


def standings_of(marks: Iterable[Mark], rollover: timedelta) -> dict[CardId, Standing]:
    """Return where each card stands that was ever marked by the learner."""
    by_card = _by_card(one for one in marks if one.kind is not MarkKind.START)
    return {card: standing_of(own, rollover) for card, own in by_card.items()}


def away(standings: Mapping[CardId, Standing], today: date) -> set[CardId]:
    """Return the cards that are suspended or buried."""
    return {card for card, standing in standings.items() if standing.is_away(today)}


def present(
    cards: Sequence[CardId], standings: Mapping[CardId, Standing], today: date
) -> Sequence[CardId]:
    """Leave out the cards that are suspended or buried."""
    gone = away(standings, today)
    return [card for card in cards if card not in gone] if gone else cards


class Life(NamedTuple):
    """A card's reviews in order since it was new, or since its start."""

    reviews: list[Review]
    start: Mark | None = None


def lives(reviews: Iterable[Review], marks: Collection[Mark]) -> Iterator[Life]:
    """Yield a card's lives in order, cut where it began anew; the last one counts."""
    beginnings = [m for m in counting(marks) if m.kind in BEGINNINGS]
    scheduling = (one for one in reviews if one.mode.schedules)
    entries: list[Entry] = [*scheduling, *beginnings]
    life = Life([])
    for entry in sorted(entries, key=log_order):
        if isinstance(entry, Review):
            life.reviews.append(entry)
        else:
            yield life
            life = Life([], entry if entry.kind is MarkKind.START else None)
    yield life


def all_lives(reviews: Iterable[Review], marks: Iterable[Mark]) -> Iterator[Life]:
    """Yield the lives of all cards that were ever answered."""
    by_card: dict[CardId, list[Review]] = {}
    for review in reviews:
        by_card.setdefault(review.card, []).append(review)
    marked = _by_card(marks)
    for card, own in by_card.items():
        yield from lives(own, marked.get(card, ()))


def _by_card(marks: Iterable[Mark]) -> dict[CardId, list[Mark]]:
    by_card: dict[CardId, list[Mark]] = {}
    for mark in marks:
        by_card.setdefault(mark.card, []).append(mark)
    return by_card


def after_mark(standing: Standing, mark: Mark, rollover: timedelta) -> Standing:
    """Return where a card stands after one more mark, which takes none back."""
    match mark.kind:
        case MarkKind.SUSPEND:
            return standing._replace(suspended=True)
        case MarkKind.RESUME:
            return standing._replace(suspended=False, buried_on=None)
        case MarkKind.BURY:
            return standing._replace(buried_on=study_day(mark.at, rollover))
        case MarkKind.FLAG:
            return standing._replace(flagged=mark.value == FLAGGED)
        case MarkKind.RESET:
            return standing._replace(reset_at=mark.at)
        case _:
            return standing
