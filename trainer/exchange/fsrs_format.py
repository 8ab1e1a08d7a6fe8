"""`fsrs`: reviews as the optimizer of open-spaced-repetition reads them."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import merge
from io import StringIO
from itertools import chain, islice

from trainer.cards.card import CardId
from trainer.exchange.exporter import Wanted
from trainer.exchange.snapshot import Snapshot
from trainer.scheduling.marks import BEGINNINGS, Entry, Mark, MarkKind, counting
from trainer.scheduling.memory import State
from trainer.scheduling.review import log_order
from trainer.scheduling.wholelog import Places

COLUMNS = (
    "card_id",
    "review_time",
    "review_rating",
    "review_state",
    "review_duration",
)

_AT_ONCE = 1000
_BEGINNING, _KNOWN = 0, 1
_NEW = 0
_STATES = {State.LEARNING: 1, State.REVIEW: 2, State.RELEARNING: 3}


class _Standing:
    """Where a card stands: how many lives it had, and its place in this one.

    `is_new` tells that nothing was answered yet in this life.
    """

    __slots__ = ("is_new", "lives", "place")

    def __init__(self) -> None:
        self.lives = 0
        self.begin(MarkKind.RESET)

    def begin(self, kind: MarkKind) -> None:
        """Begin another life, or go on from a known strength."""
        self.is_new = True
        self.place = _BEGINNING if kind is MarkKind.RESET else _KNOWN


def export_fsrs(snapshot: Snapshot, wanted: Wanted) -> Iterator[str]:
    """Yield the reviews that count as CSV, in the order of the log.

    Times and durations are milliseconds. A card that was reset begins anew: each
    of its lives is a card. One that started with a known strength is known from its
    first answer on, which tells the optimizer that answers before are missing. What is
    outside of the schedule is left out.
    """
    rows = chain([COLUMNS], _rows(snapshot, Places(wanted.settings)))
    while some := list(islice(rows, _AT_ONCE)):
        stream = StringIO(newline="")
        csv.writer(stream, lineterminator="\n").writerows(some)
        yield stream.getvalue()


def _rows(snapshot: Snapshot, places: Places) -> Iterator[Sequence[str | int]]:
    """Yield a row for each review, with the card's state before the answer."""
    cards: defaultdict[CardId, _Standing] = defaultdict(_Standing)
    for entry in _entries(snapshot):
        one = cards[entry.card]
        if isinstance(entry, Mark):
            one.begin(entry.kind)
            continue
        is_first, one.is_new = one.is_new, False
        one.lives += is_first
        name = entry.card if one.lives == 1 else f"{entry.card}#{one.lives}"
        starts = is_first and one.place == _BEGINNING
        state = _NEW if starts else _STATES[places.places[one.place][0]]
        one.place = places.moves[one.place][entry.rating][0]
        at = round(entry.at.timestamp() * 1000)
        yield name, at, entry.rating.value, state, entry.took_ms


def _entries(snapshot: Snapshot) -> Iterator[Entry]:
    """Yield all that schedules, in the order of the log, and where cards begin anew."""
    reviews = (one for one in snapshot.reviews if one.mode.schedules)
    beginnings = [one for one in counting(snapshot.marks) if one.kind in BEGINNINGS]
    return merge(reviews, beginnings, key=log_order) if beginnings else reviews
