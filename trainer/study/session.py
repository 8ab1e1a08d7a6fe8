"""A review session as a value: each answer and each rating leads to the next one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple, Protocol

from trainer.cards.card import Card, CardId
from trainer.grading.verdict import Verdict
from trainer.language.digest import digest
from trainer.scheduling.leeches import becomes_leech
from trainer.scheduling.marks import Entry, Mark, MarkKind, Standing
from trainer.scheduling.memory import Memory, State, advance_all
from trainer.scheduling.placing import NOTHING_DUE, Loads
from trainer.scheduling.queue import Left, Queue, queue_of
from trainer.scheduling.review import (
    HINTED,
    LANGUAGE,
    OVERRULED,
    Mode,
    Noted,
    Rating,
    Review,
    Stamp,
    suggested_rating,
)
from trainer.scheduling.settings import Settings


class Remembered(Protocol):
    """What is remembered of cards; nothing of those that are new."""

    def get(self, card: CardId, /) -> Memory | None:
        """Return what is remembered of a card."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question is shown."""

    card: Card


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer was given and judged; the rating is still open.

    `next` holds the memories that the ratings lead to; none where the schedule is
    left alone. `hints` counts those that were looked at.
    """

    card: Card
    response: str
    verdict: Verdict
    took_ms: int
    next: Mapping[Rating, Memory]
    hints: int = 0

    def suggested(self, *, overruled: bool = False) -> Rating:
        """Return the rating to take unless the learner says otherwise."""
        return suggested_rating(
            self.verdict.outcome, overruled=overruled, hinted=self.hints > 0
        )


@dataclass(frozen=True, slots=True)
class Finished:
    """Nothing is left for now."""

    next_step: datetime | None


Phase = Asking | Judged | Finished


class Done(NamedTuple):
    """A card that was rated in this session, and what it led to.

    `is_leech` is set where this answer made the card one, or once more.
    """

    card: Card
    verdict: Verdict
    review: Review
    was: State | None
    memory: Memory | None
    is_leech: bool = False


class TakenBack(NamedTuple):
    """A review or mark that no longer counts, and how its card is without it."""

    entry: Entry
    memory: Memory | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Session:
    """A sitting: what is shown, what is left, what is done.

    While failures are gone over, `scheduled` keeps what is left of the review, and
    `earlier` counts what was done before. `loads` says how many cards are due on each
    day, those answered in the session where they are now. `language` is the one that
    is spoken, where it is to be noted.
    """

    phase: Phase
    queue: Queue
    cards: Mapping[CardId, Card]
    memories: Remembered
    changed: Mapping[CardId, Memory | None]
    settings: Settings
    loads: Loads = NOTHING_DUE
    mode: Mode = Mode.REVIEW
    language: str = ""
    flagged: frozenset[CardId] = frozenset()
    done: tuple[Done, ...] = ()
    scheduled: Queue | None = None
    earlier: int = 0

    def memory(self, card: CardId) -> Memory | None:
        """Return what is remembered of a card; nothing if it is new."""
        return self.changed[card] if card in self.changed else self.memories.get(card)

    def left(self, now: datetime) -> Left:
        """Count what is left, the card being shown included."""
        return self.queue.left(now)

    def left_today(self, now: datetime) -> int:
        """Count what the schedule still has for today."""
        return (self.scheduled or self.queue).left(now).total


def begin(
    queue: Queue,
    cards: Mapping[CardId, Card],
    memories: Remembered,
    settings: Settings,
    now: datetime,
    loads: Loads = NOTHING_DUE,
) -> Session:
    """Start a session with its first question."""
    session = Session(Finished(None), queue, cards, memories, {}, settings, loads)
    return _ask_next(session, now, None)


def answer(
    session: Session, response: str, now: datetime, took_ms: int, hints: int = 0
) -> Session:
    """Judge an answer to the question shown."""
    if not isinstance(session.phase, Asking):
        msg = "no question is open"
        raise TypeError(msg)
    card = session.phase.card
    verdict = card.content.grade(response)
    ahead: Mapping[Rating, Memory] = {}
    if session.mode.schedules:
        before, settings = session.memory(card.id), session.settings
        ahead = advance_all(before, now, settings, card.id, session.loads)
    return replace(
        session, phase=Judged(card, response, verdict, took_ms, ahead, hints)
    )


def rehearse(session: Session, now: datetime) -> None:
    """Answer the question shown and forget it: what judging needs is loaded then."""
    if isinstance(session.phase, Asking):
        answer(session, "", now, 0)


def rate(
    session: Session,
    rating: Rating,
    now: datetime,
    stamp: Stamp,
    *,
    overruled: bool = False,
) -> tuple[Session, Done]:
    """Rate the answer judged; return the session with the next question.

    The review in `Done` must be on disk before that question is shown.
    """
    if not isinstance(session.phase, Judged):
        msg = "no answer is open"
        raise TypeError(msg)
    judged = session.phase
    card, before = judged.card, session.memory(judged.card.id)
    memory = judged.next.get(rating, before)
    review = Review(
        id=review_id(stamp, now, card.id),
        stamp=stamp,
        at=memory.last if memory and session.mode.schedules else now,
        card=card.id,
        rating=rating,
        outcome=judged.verdict.outcome,
        response=judged.response,
        took_ms=judged.took_ms,
        mode=session.mode,
        findings=tuple(_noted(judged, session.language, overruled=overruled)),
    )
    was = before.state if before else None
    is_leech = becomes_leech(before, memory, session.settings)
    done = Done(card, judged.verdict, review, was, memory, is_leech)
    rated = replace(
        session,
        queue=_queue_after(session, done),
        changed={**session.changed, card.id: memory},
        loads=_moved(session.loads, before, memory),
        done=(*session.done, done),
    )
    return _ask_next(rated, now, card.id), done


def _queue_after(session: Session, done: Done) -> Queue:
    """Return what is left; without a schedule, what failed comes back at the end."""
    card = done.card.id
    if done.is_leech and session.settings.leech_suspends:
        return session.queue.left_out(card)
    if session.mode.schedules and done.memory:
        return session.queue.answered(card, done.memory)
    if done.review.rating is Rating.AGAIN:
        return session.queue.put_last(card)
    return session.queue.left_out(card)


def _moved(loads: Loads, before: Memory | None, after: Memory | None) -> Loads:
    was, is_now = (memory.due_day if memory else None for memory in (before, after))
    return loads.moved(was, is_now)


def take_back(session: Session, taken: TakenBack, now: datetime) -> Session:
    """Ask a card again, of which a review or mark was taken back.

    What was taken back may be older than the session. A card without a deck is not
    asked, nor one that is suspended, buried or not due, nor an answer outside of the
    schedule while there is one; a flag moves no card.
    """
    entry, memory = taken.entry, taken.memory
    if isinstance(entry, Mark) and entry.kind is MarkKind.FLAG:
        others = session.flagged - {entry.card}
        flagged = others | {entry.card} if taken.standing.flagged else others
        return replace(session, flagged=flagged)
    done = tuple(one for one in session.done if one.review.id != entry.id)
    changed = {**session.changed, entry.card: memory}
    loads = _moved(session.loads, session.memory(entry.card), memory)
    session = replace(session, changed=changed, loads=loads, done=done)
    if isinstance(entry, Review) and entry.mode is not session.mode:
        if session.scheduled is None:
            return session
        session = _back_to_schedule(session, session.scheduled)
    queue = session.queue.left_out(entry.card)
    if entry.card in session.cards and _is_wanted(taken, queue.today):
        queue = queue.put_back(entry.card, is_new=memory is None)
    return _ask_next(replace(session, queue=queue), now, None)


def flag(session: Session) -> tuple[Session, bool]:
    """Flag the card shown, or take its flag away; say which."""
    card = shown_card(session).id
    flagged = session.flagged ^ {card}
    return replace(session, flagged=flagged), card in flagged


def edited(session: Session, card: Card | None, now: datetime) -> Session:
    """Ask the card shown again as it is now; one that is gone leaves the queue."""
    if card is None:
        return set_aside(session, now)
    return replace(session, phase=Asking(_dealt(session, card)))


def stop(session: Session) -> Session:
    """End the sitting with what is left still to come."""
    return replace(session, phase=Finished(None))


def failures(session: Session) -> tuple[CardId, ...]:
    """Return the cards that were failed in this round, in the order they came."""
    round_ = session.done[session.earlier :]
    failed = (one.card.id for one in round_ if one.review.rating is Rating.AGAIN)
    return tuple(dict.fromkeys(failed))


def go_over(session: Session, now: datetime) -> Session:
    """Ask the failed cards again, which leaves the schedule alone."""
    queue = queue_of(failures(session), now, session.settings)
    scheduled = session.scheduled or (session.queue if session.mode.schedules else None)
    again = replace(
        session,
        queue=queue,
        mode=Mode.CRAM,
        scheduled=scheduled,
        earlier=len(session.done),
    )
    return _ask_next(again, now, None)


def _back_to_schedule(session: Session, scheduled: Queue) -> Session:
    return replace(
        session, queue=scheduled, mode=Mode.REVIEW, scheduled=None, earlier=0
    )


def shown_card(session: Session) -> Card:
    """Return the card that is asked or judged; raises if there is none."""
    if isinstance(session.phase, Finished):
        msg = "no card is shown"
        raise TypeError(msg)
    return session.phase.card


def set_aside(session: Session, now: datetime) -> Session:
    """Leave out the card shown, which was suspended or buried; ask the next one."""
    queue = session.queue.left_out(shown_card(session).id)
    return _ask_next(replace(session, queue=queue), now, None)


def skip(session: Session, now: datetime) -> Session:
    """Put the card shown behind all others; ask the next one."""
    card = shown_card(session).id
    queue = session.queue.put_last(card)
    return _ask_next(replace(session, queue=queue), now, card)


def _is_wanted(taken: TakenBack, today: date) -> bool:
    """Whether a card is to be asked after something of it was taken back."""
    if taken.standing.is_away(today):
        return False
    is_due = taken.memory is None or taken.memory.due_day <= today
    return is_due or isinstance(taken.entry, Review)


def review_id(stamp: Stamp, at: datetime, card: CardId) -> str:
    """Return a review's id, made before it is written: writing twice adds nothing."""
    text = f"{stamp.device}\n{stamp.seq}\n{at.isoformat()}\n{card}"
    return digest(text).hex()[:20]


def _noted(judged: Judged, language: str, *, overruled: bool) -> Iterator[Noted]:
    """Yield what is kept beside the rating: findings, and how it came about."""
    for finding in judged.verdict.findings:
        spans = tuple((span.start, span.end) for span in finding.spans)
        yield Noted(finding.code, finding.subject, spans)
    if judged.hints:
        yield Noted(HINTED, str(judged.hints), ())
    if overruled:
        yield Noted(OVERRULED, judged.verdict.outcome.value, ())
    if language:
        yield Noted(LANGUAGE, language, ())


def _ask_next(session: Session, now: datetime, last: CardId | None) -> Session:
    queue = session.queue
    while (card := queue.next(now, last)) is not None:
        shown = session.cards.get(card)
        if shown is not None:
            return replace(session, queue=queue, phase=Asking(_dealt(session, shown)))
        queue = queue.left_out(card)  # an edit took it out of its deck
    step = (session.scheduled or queue).next_step()
    return replace(session, queue=queue, phase=Finished(step))


def _dealt(session: Session, card: Card) -> Card:
    memory = session.memory(card.id)
    return card.deal(memory.reps if memory else 0)
