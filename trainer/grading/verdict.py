"""What grading says: an outcome, and findings that point into the answer."""

from enum import StrEnum
from typing import NamedTuple

from trainer.language.text import Message


class Outcome(StrEnum):
    """How an answer was judged. `UNJUDGED`: the learner judges it alone."""

    CORRECT = "correct"
    PARTIAL = "partial"
    WRONG = "wrong"
    UNJUDGED = "unjudged"


class Span(NamedTuple):
    """A part of what was typed: characters `start` up to, not including, `end`."""

    start: int
    end: int


class Finding(NamedTuple):
    """One thing that grading noticed.

    `code` is stable and kept with the review; `subject` is what it is about, such
    as `--detach`; `spans` point into what the learner typed; `correction` is what
    should stand there. What is missing has no spans and belongs behind the
    character `after`, if that is known.
    """

    code: str
    subject: str
    message: Message
    spans: tuple[Span, ...] = ()
    correction: str = ""
    after: int | None = None


class Verdict(NamedTuple):
    """The judgement of one answer.

    `expected` is the accepted answer it was compared with, `findings` stand in
    order of weight, `repairs` say how slips of the keyboard were read.
    """

    outcome: Outcome
    expected: str
    findings: tuple[Finding, ...] = ()
    repairs: tuple[Message, ...] = ()
