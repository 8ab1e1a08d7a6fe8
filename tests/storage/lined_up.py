"""Queues by what a review reads of the store, and by all that is remembered."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tests.learning import all_dated
from trainer.cards.card import CardId
from trainer.scheduling.marks import away, present
from trainer.scheduling.queue import (
    Known,
    Queue,
    allowance,
    build_queue,
    sought,
)
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day
from trainer.storage.library import Library
from trainer.storage.store import Store

Way = tuple[int, bool]
"""How many days ahead, and whether it is to catch up."""
WAYS: tuple[Way, ...] = ((0, False), (1, True), (30, False))


def cards_of(found: Library, topics: Sequence[str]) -> list[CardId]:
    """Return the cards of some topics, or of all."""
    return [
        card for name in topics or found.topics for card in found.topics[name].cards
    ]


def queue_by(
    known: Known,
    found: Library,
    now: datetime,
    chosen: Settings,
    way: Way = (0, False),
) -> Queue:
    """Line up so many days ahead, or to catch up."""
    ahead, is_catching_up = way
    left = allowance(known.dated.values(), study_day(now, chosen.rollover), chosen)
    allowed = left._replace(ahead=ahead, is_catching_up=is_catching_up)
    return build_queue(known, found.siblings, allowed, now, chosen)


def known_of_all(
    found: Library,
    store: Store,
    now: datetime,
    chosen: Settings,
    topics: Sequence[str] = (),
) -> Known:
    """Return all cards that may be asked, with all that is remembered."""
    today = study_day(now, chosen.rollover)
    cards = present(cards_of(found, topics), store.standings(), today)
    return Known(cards, all_dated(store.memories(), chosen))


def queue_read(
    found: Library,
    store: Store,
    now: datetime,
    chosen: Settings,
    topics: Sequence[str] = (),
    way: Way = (0, False),
) -> Queue:
    """Line up what a review does, by what it reads of the store."""
    today, standings = study_day(now, chosen.rollover), store.standings()
    cards = present(cards_of(found, topics), standings, today)
    until = today + timedelta(days=way[0])
    asked = sought(cards, found.siblings, until, now, chosen)
    aside = away(standings, today)
    known = (
        store.recall(asked)
        if topics
        else store.recall(asked, lambda log: aside | found.strays(log))
    )
    return queue_by(known, found, now, chosen, way)


def check_what_is_read(
    found: Library,
    store: Store,
    now: datetime,
    chosen: Settings,
    choices: Sequence[Sequence[str]],
) -> None:
    """Check that what is read leads to the same as all that is remembered."""
    for topics in choices:
        whole = known_of_all(found, store, now, chosen, topics)
        for way in WAYS:
            read = queue_read(found, store, now, chosen, topics, way)
            assert read == queue_by(whole, found, now, chosen, way)
