"""The loop that drives a learner and a journal through a session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from trainer.scheduling.marks import Entry, Mark
from trainer.scheduling.memory import Memory
from trainer.scheduling.queue import Left
from trainer.scheduling.review import Rating, Review, Stamp
from trainer.study.session import (
    Asking,
    Done,
    Finished,
    Judged,
    Session,
    TakenBack,
    answer,
    rate,
    take_back,
)


@dataclass(frozen=True, slots=True)
class Answered:
    """The learner answered; for a card to flip, with nothing."""

    response: str


@dataclass(frozen=True, slots=True)
class Rated:
    """The learner rated the answer."""

    rating: Rating


class Undo:
    """The learner takes the last answer back."""


class Quit:
    """The learner leaves."""


@dataclass(frozen=True, slots=True)
class View:
    """What the learner sees besides the card: where the session stands."""

    done: int
    left: Left
    now: datetime


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

    def ask(self, asking: Asking, view: View) -> Answered | Undo | Quit:
        """Show a question and wait for the answer."""
        ...

    def judge(self, judged: Judged, view: View) -> Rated | Undo | Quit:
        """Show the verdict and wait for the rating."""
        ...

    def recorded(self, done: Done, view: View) -> None:
        """Hear that a review is on disk."""
        ...

    def taken_back(self, entry: Entry | None) -> None:
        """Hear what was taken back; nothing if there was nothing."""
        ...


class Journal(Protocol):
    """Keeps the log."""

    def stamp(self) -> Stamp:
        """Return the next place in this device's log."""
        ...

    def append(self, review: Review, memory: Memory) -> None:
        """Write a review; when this returns it survives a power cut."""
        ...

    def mark(self, mark: Mark) -> None:
        """Write a mark; when this returns it survives a power cut."""
        ...

    def take_back(self, at: datetime, count: int) -> Sequence[TakenBack]:
        """Take back the last `count` reviews and marks of this device that count."""
        ...


def run(session: Session, learner: Learner, journal: Journal, clock: Clock) -> Session:
    """Go on until nothing is left or the learner leaves; return the last state."""
    shown = clock.ticks()
    while not isinstance(session.phase, Finished):
        view = View(len(session.done), session.left(clock.now()), clock.now())
        if isinstance(session.phase, Asking):
            shown = clock.ticks()
            said: Answered | Rated | Undo | Quit = learner.ask(session.phase, view)
        else:
            said = learner.judge(session.phase, view)
        match said:
            case Quit():
                break
            case Undo():
                session = _undo(session, learner, journal, clock)
            case Answered(response):
                took_ms = clock.ticks() - shown
                session = answer(session, response, clock.now(), took_ms)
            case _:
                now, stamp = clock.now(), journal.stamp()
                session, done = rate(session, said.rating, now, stamp)
                journal.append(done.review, done.memory)
                left = session.left(clock.now())
                learner.recorded(done, View(len(session.done), left, clock.now()))
    return session


def _undo(
    session: Session, learner: Learner, journal: Journal, clock: Clock
) -> Session:
    taken = journal.take_back(clock.now(), 1)
    learner.taken_back(taken[0].entry if taken else None)
    return take_back(session, taken[0], clock.now()) if taken else session
