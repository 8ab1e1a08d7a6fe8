"""`fsrs`: reviews as the optimizer of open-spaced-repetition reads them."""

import csv
from collections.abc import Iterator
from io import StringIO

from trainer.exchange.exporter import Wanted
from trainer.exchange.snapshot import Snapshot
from trainer.scheduling.marks import all_lives
from trainer.scheduling.memory import State, replay_each
from trainer.scheduling.review import Review, log_order

COLUMNS = (
    "card_id",
    "review_time",
    "review_rating",
    "review_state",
    "review_duration",
)

_NEW = 0
_STATES = {State.LEARNING: 1, State.REVIEW: 2, State.RELEARNING: 3}


def export_fsrs(snapshot: Snapshot, wanted: Wanted) -> str:
    """Return the reviews that count as CSV, in the order of the log.

    Times and durations are milliseconds. A card that was reset begins anew: each
    of its lives is a card. One that started with a known strength is known from its
    first answer on, which tells the optimizer that answers before are missing. What is
    outside of the schedule is left out.
    """
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = sorted(_rows(snapshot, wanted), key=lambda row: log_order(row[0]))
    for review, card, state in rows:
        at = round(review.at.timestamp() * 1000)
        writer.writerow([card, at, review.rating.value, state, review.took_ms])
    return stream.getvalue()


def _rows(snapshot: Snapshot, wanted: Wanted) -> Iterator[tuple[Review, str, int]]:
    """Yield each review with the card's name and its state before the answer."""
    counts: dict[str, int] = {}
    for life in all_lives(snapshot.reviews, snapshot.marks):
        for first in life.reviews[:1]:
            counts[first.card] = counts.get(first.card, 0) + 1
        for review, memory in replay_each(life, wanted.settings):
            count = counts[review.card]
            name = review.card if count == 1 else f"{review.card}#{count}"
            yield review, name, _STATES[memory.state] if memory else _NEW
