"""The log as a learner looks back on it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from trainer.scheduling.marks import BEGINNINGS, Entry, lives
from trainer.scheduling.memory import Memory, after_review, starting
from trainer.scheduling.review import Review
from trainer.scheduling.settings import Settings


class Logged(NamedTuple):
    """A review or a mark in the log, and whether it was taken back since."""

    entry: Entry
    taken_back: bool


def repetitions(history: Iterable[Logged]) -> dict[str, int]:
    """Return by review after how many answers its card was asked, to deal it again.

    `history` is all there is of one card, in order.
    """
    found: dict[str, int] = {}
    count = 0
    for one in history:
        if isinstance(one.entry, Review):
            found[one.entry.id] = count
            count += one.entry.mode.schedules and not one.taken_back
        elif one.entry.kind in BEGINNINGS and not one.taken_back:
            count = 0
    return found


def memories_after(
    history: Iterable[Logged], settings: Settings, now: Memory | None
) -> dict[str, Memory]:
    """Return by review what was remembered of one card after it; `now` is the last.

    After a start, too. `history` is all there is of the card; what was taken back led
    to nothing. How far earlier intervals were moved is left out: it depends on all
    cards of that time.
    """
    unmoved = replace(settings, spread=False)
    counting = [one.entry for one in history if not one.taken_back]
    reviews = [entry for entry in counting if isinstance(entry, Review)]
    marks = [entry for entry in counting if not isinstance(entry, Review)]
    after: dict[str, Memory] = {}
    for life in lives(reviews, marks):
        memory = None
        if life.start:
            memory = after[life.start.id] = starting(life.start, unmoved)
        for review in life.reviews:
            memory = after_review(memory, review, unmoved)
            after[review.id] = memory
    if now and after:
        after[next(reversed(after))] = now
    return after
