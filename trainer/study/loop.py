"""The loop that drives a learner and a journal through a session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Protocol

from trainer.cards.card import Card, CardId
from trainer.scheduling.marks import FLAGGED, Entry, Mark, MarkKind, make_mark
from trainer.scheduling.memory import Memory
from trainer.scheduling.review import Rating, Review, Stamp
from trainer.study.session import (
    Asking,
    Done,
    Judged,
    Phase,
    Session,
    TakenBack,
    answer,
    edited,
    flag,
    go_over,
    rate,
    set_aside,
    shown_card,
    skip,
    stop,
    take_back,
)
from trainer.study.view import View, view_of


@dataclass(frozen=True, slots=True)
class Answered:
    """The learner answered, after so many hints; for a card to flip, with nothing."""

    response: str
    hints: int = 0


@dataclass(frozen=True, slots=True)
class Rated:
    """The learner rated the answer, and maybe overruled the verdict."""

    rating: Rating
    overruled: bool = False


@dataclass(frozen=True, slots=True)
class Edited:
    """The learner edited the card; it is gone where there is none."""

    card: Card | None


class Wish(Enum):
    """What a learner may want beside answering and rating."""

    UNDO = auto()  # to take the last answer or mark back
    SKIP = auto()  # to see the card later
    BURY = auto()  # to see it tomorrow
    SUSPEND = auto()  # to see it no more
    FLAG = auto()  # to flag it, or no longer
    GO_OVER = auto()  # to go over the failures once more
    QUIT = auto()  # to leave


Said = Answered | Rated | Edited | Wish


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the instant with the local zone offset."""
        ...

    def ticks(self) -> int:
        """Return milliseconds of a clock that never jumps."""
        ...


class Learner(Protocol):
    """Whoever answers: a terminal, a pipe, a test."""

    def ask(self, asking: Asking, view: View) -> Answered | Edited | Wish:
        """Show a question and wait for the answer."""
        ...

    def judge(self, judged: Judged, view: View) -> Rated | Edited | Wish:
        """Show the verdict and wait for the rating."""
        ...

    def finish(self, session: Session, view: View) -> Wish:
        """Show that nothing is left, and wait for what the learner wants."""
        ...

    def recorded(self, done: Done, view: View) -> None:
        """Hear that a review is on disk."""
        ...

    def marked(self, mark: Mark) -> None:
        """Hear that a mark is on disk."""
        ...

    def taken_back(self, entry: Entry | None) -> None:
        """Hear what was taken back; nothing if there was nothing."""
        ...


class Journal(Protocol):
    """Keeps the log."""

    def stamp(self) -> Stamp:
        """Return the next place in this device's log."""
        ...

    def append(
        self, review: Review, memory: Memory | None, mark: Mark | None = None
    ) -> None:
        """Write a review, and a mark that it led to: both of them or neither.

        When this returns they survive a power cut.
        """
        ...

    def mark(self, mark: Mark) -> None:
        """Write a mark; when this returns it survives a power cut."""
        ...

    def take_back(self, at: datetime, count: int) -> Sequence[TakenBack]:
        """Take back the last `count` reviews and marks of this device that count."""
        ...


def run(
    session: Session,
    learner: Learner,
    journal: Journal,
    clock: Clock,
    limit_ms: int | None = None,
    began: int | None = None,
) -> Session:
    """Go on until the learner leaves; return the last state.

    After `limit_ms` the card in hand is finished, and no other is asked. `began` is
    when the first question was shown, by the clock's ticks, if that is so already.
    """
    began = clock.ticks() if began is None else began
    sitting = _Sitting(learner, journal, clock, limit_ms, began, session.phase, began)
    while True:
        said = sitting.listen(session)
        if said is Wish.QUIT:
            return session
        session = sitting.after(session, said)


@dataclass(slots=True)
class _Sitting:
    """Who takes part in a session, and since when the question is shown."""

    learner: Learner
    journal: Journal
    clock: Clock
    limit_ms: int | None
    began: int
    asked: Phase | None
    shown: int

    def listen(self, session: Session) -> Said:
        """Show the session's phase and return what the learner says."""
        view = self._view(session)
        match session.phase:
            case Asking():
                if session.phase != self.asked:
                    self.asked, self.shown = session.phase, self.clock.ticks()
                return self.learner.ask(session.phase, view)
            case Judged():
                return self.learner.judge(session.phase, view)
            case _:
                self.asked = None
                return self.learner.finish(session, view)

    def after(self, session: Session, said: Said) -> Session:
        """Return what a session becomes by what was said."""
        now = self.clock.now()
        match said:
            case Answered(response, hints):
                took_ms = self.clock.ticks() - self.shown
                return answer(session, response, now, took_ms, hints)
            case Rated():
                return self._rate(session, said, now)
            case Edited(card):
                return edited(session, card, now)
            case Wish.UNDO:
                return self._undo(session, now)
            case _ if said in _MOVES:
                return _MOVES[said](session, now)
            case _:
                return self._mark(session, said, now)

    def _view(self, session: Session) -> View:
        elapsed_ms = self.clock.ticks() - self.began
        return view_of(session, self.clock.now(), elapsed_ms)

    def _rate(self, session: Session, said: Rated, now: datetime) -> Session:
        stamp = self.journal.stamp()
        session, done = rate(session, said.rating, now, stamp, overruled=said.overruled)
        self.asked = None
        mark = _suspension(session, done, now)
        self.journal.append(done.review, done.memory, mark)
        self.learner.recorded(done, self._view(session))
        if mark:
            self.learner.marked(mark)
        elapsed = self.clock.ticks() - self.began
        if self.limit_ms is not None and elapsed >= self.limit_ms:
            return stop(session)
        return session

    def _mark(self, session: Session, wish: Wish, now: datetime) -> Session:
        card = shown_card(session).id
        kind, value = _MARKS[wish], ""
        if kind is MarkKind.FLAG:
            session, is_flagged = flag(session)
            value = FLAGGED if is_flagged else ""
        else:
            session = set_aside(session, now)
        self._put(card, kind, value, now)
        return session

    def _put(self, card: CardId, kind: MarkKind, value: str, now: datetime) -> None:
        mark = make_mark(self.journal.stamp(), now, card, kind, value)
        self.journal.mark(mark)
        self.learner.marked(mark)

    def _undo(self, session: Session, now: datetime) -> Session:
        taken = self.journal.take_back(now, 1)
        self.learner.taken_back(taken[0].entry if taken else None)
        return take_back(session, taken[0], now) if taken else session


def _suspension(session: Session, done: Done, now: datetime) -> Mark | None:
    """Return the mark that suspends a leech, where that was chosen."""
    if not (done.is_leech and session.settings.leech_suspends):
        return None
    place = done.review.stamp
    after = place._replace(seq=place.seq + 1)
    return make_mark(after, now, done.card.id, MarkKind.SUSPEND)


_MOVES = {Wish.SKIP: skip, Wish.GO_OVER: go_over}
_MARKS = {
    Wish.BURY: MarkKind.BURY,
    Wish.SUSPEND: MarkKind.SUSPEND,
    Wish.FLAG: MarkKind.FLAG,
}
