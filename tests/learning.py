"""Answers given straight to a store, as a session gives them."""

from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from trainer.cards.card import CardId
from trainer.grading.verdict import Outcome
from trainer.scheduling.marks import (
    BEGINNINGS,
    Entry,
    Mark,
    MarkKind,
    counting,
    make_mark,
)
from trainer.scheduling.memory import Memory, after_review, starting
from trainer.scheduling.placing import Loads
from trainer.scheduling.queue import Dated, dated
from trainer.scheduling.review import Mode, Noted, Rating, Review, Stamp, log_order
from trainer.scheduling.settings import Settings
from trainer.storage.backup import read_only
from trainer.storage.chain import LOG, breaks
from trainer.storage.store import Store
from trainer.study.quiz.question import Made
from trainer.study.quiz.record import QuizAnswer, QuizBegun, QuizMode
from trainer.study.session import review_id

STRENGTHS = ("0.3,9.5", "2.9,7.125", "12.5,5.25", "140.0,1.0")
"""Of cards that another program knew."""

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
        self.loads = self.store.loads()
        self.memories: dict[CardId, Memory | None] = {**self.store.memories()}

    def answer(self, card: str, rating: int, response: str = "echo") -> Review:
        """Answer a card and write it down."""
        self.now += timedelta(minutes=1)
        review = self.review(card, rating, response)
        before = self.memories.get(review.card)
        memory = after_review(before, review, Settings(), self.loads)
        self.store.append(review, memory)
        self._remember(review.card, memory)
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
            self._remember(taken.entry.card, taken.memory)

    def mark(self, card: str, kind: MarkKind, value: str = "") -> Mark:
        """Mark a card and write it down."""
        self.now += timedelta(minutes=1)
        mark = make_mark(self.store.stamp(), self.now, CardId(card), kind, value)
        self.store.mark(mark)
        if kind in BEGINNINGS:
            self._remember(mark.card, None)
        if kind is MarkKind.START:
            self._remember(mark.card, starting(mark, Settings(), self.loads))
        return mark

    def _remember(self, card: CardId, memory: Memory | None) -> None:
        before = self.memories.get(card)
        was, is_now = (one.due_day if one else None for one in (before, memory))
        self.loads = self.loads.moved(was, is_now)
        self.memories[card] = memory


def answered(home: Path, *answers: tuple[str, int, str]) -> None:
    """Give answers (card, rating, response) in the hour before the tests' Monday."""
    with open_store(home) as store:
        sitting = Sitting(store, MONDAY - timedelta(hours=1))
        for card, rating, response in answers:
            sitting.answer(card, rating, response)


def chain_is_whole(home: Path) -> bool:
    """Whether each row of the log still carries its checksum, as `doctor` looks."""
    with closing(read_only(str(home / "trainer.db"))) as db:
        return not any(breaks(db, tuple(LOG)))


def replayed(store: Store, settings: Settings | None = None) -> dict[CardId, Memory]:
    """Return what the log says is remembered, by going through it answer by answer."""
    chosen = settings or Settings()
    marks = [one for one in counting(store.log.marks()) if one.kind in BEGINNINGS]
    entries: list[Entry] = [*store.log.reviews(), *marks]
    memories: dict[CardId, Memory] = {}
    for entry in sorted(entries, key=log_order):
        due = Counter(one.due_day.toordinal() for one in memories.values())
        if isinstance(entry, Mark):
            if gone := memories.pop(entry.card, None):
                due[gone.due_day.toordinal()] -= 1
            if entry.kind is MarkKind.START:
                memories[entry.card] = starting(entry, chosen, Loads(due))
        elif entry.mode.schedules:
            before = memories.get(entry.card)
            memories[entry.card] = after_review(before, entry, chosen, Loads(due))
    return memories


def all_dated(
    memories: Mapping[CardId, Memory], settings: Settings | None = None
) -> dict[CardId, Dated]:
    """Return when cards are due by what is remembered of them."""
    chosen = settings or Settings()
    return {card: dated(memory, chosen) for card, memory in memories.items()}


def without_place(review: Review) -> Review:
    """Return a review without its place in the log, which the store decides."""
    return review._replace(stamp=review.stamp._replace(seq=0))


ASKED = QuizBegun(
    id="quiz-1",
    stamp=Stamp("device-of-tests", 3),
    at=MONDAY + timedelta(hours=1),
    mode=QuizMode.EXAM,
    seed="7",
    selection="images --count 2",
    questions=2,
    limit_ms=60_000,
    pass_mark=80,
)
GIVEN = QuizAnswer(
    id="answer-1",
    stamp=Stamp("device-of-tests", 4),
    at=MONDAY + timedelta(hours=1, minutes=1),
    quiz="quiz-1",
    position=1,
    card=CardId("a/x"),
    made=Made.CHOICES,
    outcome=Outcome.PARTIAL,
    points=50,
    response="docker ps ——all",
    choice="`docker ps -a`",
    took_ms=900,
    findings=(Noted("wrong-option", "--all", ((10, 15),)),),
)
