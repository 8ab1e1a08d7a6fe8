"""The loop that drives whoever takes a quiz, and its log."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from typing import Protocol

from trainer.language.digest import digest
from trainer.scheduling.review import Stamp
from trainer.study.loop import Clock
from trainer.study.quiz.paper import (
    Answered,
    Ended,
    Paper,
    Quiz,
    assess,
    begin,
    decide,
    go_on,
    respond,
    time_up,
)
from trainer.study.quiz.record import QuizAnswer, QuizBegun


@dataclass(frozen=True, slots=True)
class Responded:
    """An answer was given, after so many hints."""

    response: str
    hints: int = 0


@dataclass(frozen=True, slots=True)
class Decided:
    """The option shown was taken or refused."""

    takes: bool


@dataclass(frozen=True, slots=True)
class Assessed:
    """The learner says how far the answer was known, in hundredths of a point."""

    points: int


class Move(Enum):
    """What else may be wanted."""

    GO_ON = auto()
    LEAVE = auto()
    TIME_UP = auto()


Said = Responded | Decided | Assessed | Move


class Examinee(Protocol):
    """Whoever takes a quiz: a terminal, a pipe, a test."""

    def attend(self, quiz: Quiz, left_ms: int | None) -> Said:
        """Show the quiz as it stands, so long before its end, and wait."""
        ...

    def recorded(self, quiz: Quiz, answered: Answered) -> None:
        """Hear that an answer is on disk."""
        ...


class QuizLog(Protocol):
    """Keeps quizzes and their answers."""

    def stamp(self) -> Stamp:
        """Return the next place in this device's log."""
        ...

    def begin_quiz(self, quiz: QuizBegun) -> None:
        """Write that a quiz has begun."""
        ...

    def add_answer(self, answer: QuizAnswer) -> None:
        """Write an answer; when this returns it survives a power cut."""
        ...


def hold(
    paper: Paper, selection: str, examinee: Examinee, log: QuizLog, clock: Clock
) -> tuple[Quiz, QuizBegun]:
    """Ask until all is answered, the time is up or the learner leaves.

    Each answer is on disk before anything else is shown.
    """
    begun = _begun(paper, selection, log.stamp(), clock.now())
    log.begin_quiz(begun)
    sitting = _Sitting(begun, examinee, log, clock, clock.ticks())
    quiz = begin(paper)
    while not isinstance(quiz.phase, Ended):
        said = sitting.listen(quiz)
        if said is Move.LEAVE:
            break
        quiz = sitting.after(quiz, said)
    return quiz, begun


def _begun(paper: Paper, selection: str, stamp: Stamp, at: datetime) -> QuizBegun:
    return QuizBegun(
        id=_row_id(stamp, at, paper.seed),
        stamp=stamp,
        at=at,
        mode=paper.mode,
        seed=paper.seed,
        selection=selection,
        questions=len(paper.items),
        limit_ms=paper.limit_ms,
        pass_mark=paper.pass_mark,
    )


@dataclass(slots=True)
class _Sitting:
    """Who takes part in a quiz, since when, and since when the question is shown."""

    begun: QuizBegun
    examinee: Examinee
    log: QuizLog
    clock: Clock
    began: int
    shown: int = field(init=False)

    def __post_init__(self) -> None:
        self.shown = self.began

    def listen(self, quiz: Quiz) -> Said:
        left_ms = self._left_ms()
        if left_ms == 0:
            return Move.TIME_UP
        said = self.examinee.attend(quiz, left_ms)
        is_late = self._left_ms() == 0 and said is not Move.LEAVE
        return Move.TIME_UP if is_late else said

    def after(self, quiz: Quiz, said: Said) -> Quiz:
        took_ms = self.clock.ticks() - self.shown
        match said:
            case Responded(response, hints):
                after = respond(quiz, response, took_ms, hints)
            case Decided(takes):
                after = decide(quiz, takes=takes, took_ms=took_ms)
            case Assessed(points):
                after = assess(quiz, points)
            case Move.TIME_UP:
                after = time_up(quiz)
            case _:
                after = go_on(quiz)
        self._keep(after, len(quiz.answers))
        if after.position != quiz.position:
            self.shown = self.clock.ticks()
        return after

    def _left_ms(self) -> int | None:
        limit_ms = self.begun.limit_ms
        if not limit_ms:
            return None
        return max(0, limit_ms - (self.clock.ticks() - self.began))

    def _keep(self, quiz: Quiz, known: int) -> None:
        for position, answered in enumerate(quiz.answers[known:], known + 1):
            self.log.add_answer(self._row(answered, position))
            self.examinee.recorded(quiz, answered)

    def _row(self, answered: Answered, position: int) -> QuizAnswer:
        stamp, at = self.log.stamp(), self.clock.now()
        question = answered.item.question
        return QuizAnswer(
            id=_row_id(stamp, at, f"{self.begun.id} {position}"),
            stamp=stamp,
            at=at,
            quiz=self.begun.id,
            position=position,
            card=question.of,
            made=question.made,
            outcome=answered.outcome,
            points=answered.points,
            response=answered.response,
            choice=answered.choice,
            took_ms=answered.took_ms,
            findings=answered.findings,
        )


def _row_id(stamp: Stamp, at: datetime, what: str) -> str:
    text = f"quiz\n{stamp.device}\n{stamp.seq}\n{at.isoformat()}\n{what}"
    return digest(text).hex()[:20]
