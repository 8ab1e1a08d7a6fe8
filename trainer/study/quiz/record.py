"""The log: quizzes, and the answers given in them. Neither touches the schedule."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from trainer.cards.card import CardId
from trainer.grading.verdict import Outcome
from trainer.scheduling.review import Noted, Stamp
from trainer.study.quiz.question import Made


class QuizMode(StrEnum):
    """How a quiz is held."""

    PRACTICE = "practice"  # a verdict after each answer
    EXAM = "exam"  # verdicts at the end, no hints
    DOMC = "domc"  # options one at a time, each refused or taken
    HYBRID = "hybrid"  # typed first; if wrong, chosen for half a point

    @property
    def tells_at_once(self) -> bool:
        """Whether the learner hears of each answer what it is worth."""
        return self is not QuizMode.EXAM


FULL, HALF, NONE = 100, 50, 0
"""What an answer is worth, in hundredths of a point."""

DUE = "due"
"""The code of what keeps the right answer beside a wrong one; it is the subject."""
REFUSED = "refused"
"""The code of a right option that was refused; the subject is the option."""
RETRY, CONFUSIONS = "--retry", "--confusions"
"""What a selection says where earlier answers choose the questions."""
NOT_REACHED = "not-reached"
"""The code of a question that the time did not suffice for."""


class QuizBegun(NamedTuple):
    """A quiz as it was begun; it is finished when it has an answer to each question.

    `selection` is what was asked for, as on the command line; a `limit_ms` or
    `pass_mark` (percent) of 0 is none.
    """

    id: str
    stamp: Stamp
    at: datetime
    mode: QuizMode
    seed: str
    selection: str
    questions: int
    limit_ms: int
    pass_mark: int

    @property
    def is_repeating(self) -> bool:
        """Whether its questions were chosen by what was answered before."""
        return not {RETRY, CONFUSIONS}.isdisjoint(self.selection.split())


class QuizAnswer(NamedTuple):
    """An answer to the question at a `position`, from 1, of a quiz.

    `response` is what was typed or taken at first, `choice` what was then chosen;
    `points` are hundredths.
    """

    id: str
    stamp: Stamp
    at: datetime
    quiz: str
    position: int
    card: CardId
    made: Made
    outcome: Outcome
    points: int
    response: str
    choice: str
    took_ms: int
    findings: tuple[Noted, ...]
