"""A review session as a value: each answer and each rating leads to the next one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from trainer.cards.card import Card, CardId
from trainer.grading.verdict import Finding, Verdict
from trainer.scheduling.marks import Entry, Mark, MarkKind, Standing
from trainer.scheduling.memory import Memory, State, advance_all
from trainer.scheduling.queue import Left, Queue
from trainer.scheduling.review import (
    Mode,
    Noted,
    Rating,
    Review,
    Stamp,
    suggested_rating,
)
from trainer.scheduling.settings import Settings


@dataclass(frozen=True, slots=True)
class Asking:
    """A question is shown."""

    card: Card


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer was given and judged; the rating is still open."""

    card: Card
    response: str
    verdict: Verdict
    took_ms: int
    suggested: Rating
    next: Mapping[Rating, Memory]


@dataclass(frozen=True, slots=True)
class Finished:
    """Nothing is left for now."""

    next_step: datetime | None


Phase = Asking | Judged | Finished


@dataclass(frozen=True, slots=True)
class Done:
    """A card that was rated in this session, and what it led to."""

    card: Card
    review: Review
    was: State | None
    memory: Memory


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A review or mark that no longer counts, and how its card is without it."""

    entry: Entry
    memory: Memory | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Session:
    """A sitting: what is shown, what is left, what is done."""

    phase: Phase
    queue: Queue
    cards: Mapping[CardId, Card]
    memories: Mapping[CardId, Memory]
    changed: Mapping[CardId, Memory | None]
    settings: Settings
    done: tuple[Done, ...] = ()

    def memory(self, card: CardId) -> Memory | None:
        """Return what is remembered of a card; nothing if it is new."""
        return self.changed[card] if card in self.changed else self.memories.get(card)

    def left(self, now: datetime) -> Left:
        """Count what is left, the card being shown included."""
        return self.queue.left(now)


def begin(
    queue: Queue,
    cards: Mapping[CardId, Card],
    memories: Mapping[CardId, Memory],
    settings: Settings,
    now: datetime,
) -> Session:
    """Start a session with its first question."""
    session = Session(Finished(None), queue, cards, memories, {}, settings)
    return _ask_next(session, now, None)


def answer(session: Session, response: str, now: datetime, took_ms: int) -> Session:
    """Judge an answer to the question shown."""
    if not isinstance(session.phase, Asking):
        msg = "no question is open"
        raise TypeError(msg)
    card = session.phase.card
    verdict = card.content.grade(response)
    ahead = advance_all(session.memory(card.id), now, session.settings)
    suggested = suggested_rating(verdict.outcome)
    return replace(
        session, phase=Judged(card, response, verdict, took_ms, suggested, ahead)
    )


def rate(
    session: Session, rating: Rating, now: datetime, stamp: Stamp
) -> tuple[Session, Done]:
    """Rate the answer judged; return the session with the next question.

    The review in `Done` must be on disk before that question is shown.
    """
    if not isinstance(session.phase, Judged):
        msg = "no answer is open"
        raise TypeError(msg)
    judged = session.phase
    card, memory = judged.card, judged.next[rating]
    review = Review(
        id=review_id(stamp, now, card.id),
        stamp=stamp,
        at=memory.last,
        card=card.id,
        rating=rating,
        outcome=judged.verdict.outcome,
        response=judged.response,
        took_ms=judged.took_ms,
        mode=Mode.REVIEW,
        findings=tuple(map(_noted, judged.verdict.findings)),
    )
    before = session.memory(card.id)
    done = Done(card, review, before.state if before else None, memory)
    rated = replace(
        session,
        queue=session.queue.answered(card.id, memory),
        changed={**session.changed, card.id: memory},
        done=(*session.done, done),
    )
    return _ask_next(rated, now, card.id), done


def take_back(session: Session, taken: TakenBack, now: datetime) -> Session:
    """Ask a card again, of which a review or mark was taken back.

    What was taken back may be older than the session. A card without a deck is not
    asked, nor one that is suspended, buried or not due; a flag moves no card.
    """
    entry, memory = taken.entry, taken.memory
    if isinstance(entry, Mark) and entry.kind is MarkKind.FLAG:
        return session
    done = tuple(one for one in session.done if one.review.id != entry.id)
    changed = {**session.changed, entry.card: memory}
    queue = session.queue.left_out(entry.card)
    if entry.card in session.cards and _is_wanted(taken, queue.today):
        queue = queue.put_back(entry.card, is_new=memory is None)
    return _ask_next(
        replace(session, queue=queue, changed=changed, done=done), now, None
    )


def set_aside(session: Session, now: datetime) -> Session:
    """Leave out the card shown, which was suspended or buried; ask the next one."""
    queue = session.queue.left_out(_shown(session).id)
    return _ask_next(replace(session, queue=queue), now, None)


def skip(session: Session, now: datetime) -> Session:
    """Put the card shown behind all others; ask the next one."""
    card = _shown(session).id
    queue = session.queue.put_last(card)
    return _ask_next(replace(session, queue=queue), now, card)


def _shown(session: Session) -> Card:
    if isinstance(session.phase, Finished):
        msg = "no card is shown"
        raise TypeError(msg)
    return session.phase.card


def _is_wanted(taken: TakenBack, today: date) -> bool:
    """Whether a card is to be asked after something of it was taken back."""
    if taken.standing.is_away(today):
        return False
    is_due = taken.memory is None or taken.memory.due_day <= today
    return is_due or isinstance(taken.entry, Review)


def review_id(stamp: Stamp, at: datetime, card: CardId) -> str:
    """Return a review's id, made before it is written: writing twice adds nothing."""
    text = f"{stamp.device}\n{stamp.seq}\n{at.isoformat()}\n{card}"
    return sha256(text.encode()).hexdigest()[:20]


def _noted(finding: Finding) -> Noted:
    spans = tuple((span.start, span.end) for span in finding.spans)
    return Noted(finding.code, finding.subject, spans)


def right_at_first(session: Session) -> int:
    """Count the cards whose first answer in this session was a success."""
    first: dict[CardId, Rating] = {}
    for one in session.done:
        first.setdefault(one.card.id, one.review.rating)
    return sum(rating is not Rating.AGAIN for rating in first.values())


def _ask_next(session: Session, now: datetime, last: CardId | None) -> Session:
    card = session.queue.next(now, last)
    if card is None:
        return replace(session, phase=Finished(session.queue.next_step()))
    memory = session.memory(card)
    dealt = session.cards[card].deal(memory.reps if memory else 0)
    return replace(session, phase=Asking(dealt))
