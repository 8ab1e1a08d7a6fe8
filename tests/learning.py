"""Answers given straight to a store, as a session gives them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from trainer.cards.card import CardId
from trainer.grading.verdict import Outcome
from trainer.scheduling.marks import Mark, MarkKind, lives, make_mark
from trainer.scheduling.memory import Memory, advance, replay
from trainer.scheduling.queue import Dated, dated
from trainer.scheduling.review import Mode, Rating, Review
from trainer.scheduling.settings import Settings
from trainer.storage.store import Store
from trainer.study.session import review_id

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=8)))


def open_store(home: Path, settings: Settings | None = None) -> Store:
    """Open the store of a home folder."""
    return Store(str(home), settings or Settings(), lambda: "device-of-tests")


@dataclass
class Sitting:
    """Someone who answers cards, a minute each, and knows the memories at the start."""

    store: Store
    now: datetime = MONDAY

    def __post_init__(self) -> None:
        """See what is remembered."""
        self.memories: dict[CardId, Memory | None] = {**self.store.memories()}

    def answer(self, card: str, rating: int, response: str = "echo") -> Review:
        """Answer a card and write it down."""
        self.now += timedelta(minutes=1)
        review = self.review(card, rating, response)
        memory = advance(
            self.memories.get(review.card), review.rating, self.now, Settings()
        )
        self.store.append(review, memory)
        self.memories[review.card] = memory
        return review

    def review(self, card: str, rating: int, response: str = "echo") -> Review:
        """Make a review of this moment."""
        stamp = self.store.stamp()
        return Review(
            id=review_id(stamp, self.now, CardId(card)),
            stamp=stamp,
            at=self.now,
            card=CardId(card),
            rating=Rating(rating),
            outcome=Outcome.WRONG if rating == 1 else Outcome.CORRECT,
            response=response,
            took_ms=1234,
            mode=Mode.REVIEW,
        )

    def undo(self, count: int = 1) -> None:
        """Take back the last answers."""
        self.now += timedelta(minutes=1)
        for taken in self.store.take_back(self.now, count):
            self.memories[taken.entry.card] = taken.memory

    def mark(self, card: str, kind: MarkKind, value: str = "") -> Mark:
        """Mark a card and write it down."""
        self.now += timedelta(minutes=1)
        mark = make_mark(self.store.stamp(), self.now, CardId(card), kind, value)
        self.store.mark(mark)
        if kind is MarkKind.RESET:
            self.memories[mark.card] = None
        return mark


def answered(home: Path, *answers: tuple[str, int, str]) -> None:
    """Give answers (card, rating, response) in the hour before the tests' Monday."""
    with open_store(home) as store:
        sitting = Sitting(store, MONDAY - timedelta(hours=1))
        for card, rating, response in answers:
            sitting.answer(card, rating, response)


def replayed(store: Store, settings: Settings | None = None) -> dict[CardId, Memory]:
    """Return what the log says is remembered."""
    reviews, marks = store.reviews(), store.marks()
    memories: dict[CardId, Memory | None] = {}
    for card in {one.card for one in reviews}:
        own = [one for one in reviews if one.card == card]
        *_, life = lives(own, [one for one in marks if one.card == card])
        memories[card] = replay(life, settings or Settings())
    return {card: memory for card, memory in memories.items() if memory}


def all_dated(
    memories: Mapping[CardId, Memory], settings: Settings | None = None
) -> dict[CardId, Dated]:
    """Return when cards are due by what is remembered of them."""
    chosen = settings or Settings()
    return {card: dated(memory, chosen) for card, memory in memories.items()}


def without_place(review: Review) -> Review:
    """Return a review without its place in the log, which the store decides."""
    return replace(review, stamp=replace(review.stamp, seq=0))
