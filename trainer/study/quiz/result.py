"""What a quiz came to, and what all of them did."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trainer.cards.card import deck_of
from trainer.study.quiz.paper import Answered, Quiz
from trainer.study.quiz.record import FULL, NOT_REACHED, QuizAnswer, QuizBegun


@dataclass(frozen=True, slots=True)
class Tally:
    """Points for some questions, in hundredths."""

    questions: int = 0
    points: int = 0

    @property
    def percent(self) -> int:
        """The share of the points there were, in whole percent, never rounded up."""
        return self.points // self.questions if self.questions else 0

    def plus(self, points: int) -> "Tally":
        """Return the tally with one more question."""
        return Tally(self.questions + 1, self.points + points)


@dataclass(frozen=True, slots=True)
class Result:
    """A quiz summed up.

    The score is that of the questions answered; of a quiz that was finished these are
    all. `passed` is nothing where no mark was set; an unfinished quiz is not passed.
    """

    questions: int
    score: Tally
    by_topic: Mapping[str, Tally]
    by_kind: Mapping[str, Tally]
    took_ms: int
    misses: tuple[Answered, ...]
    is_finished: bool
    passed: bool | None


def result_of(quiz: Quiz) -> Result:
    """Sum a quiz up."""
    score, topics, kinds = Tally(), dict[str, Tally](), dict[str, Tally]()
    for one in quiz.answers:
        score = score.plus(one.points)
        topic, kind = deck_of(one.item.question.of), one.item.plain.kind.value
        topics[topic] = topics.get(topic, Tally()).plus(one.points)
        kinds[kind] = kinds.get(kind, Tally()).plus(one.points)
    questions = len(quiz.paper.items)
    is_finished = score.questions == questions
    mark = quiz.paper.pass_mark
    return Result(
        questions=questions,
        score=score,
        by_topic=topics,
        by_kind=kinds,
        took_ms=sum(one.took_ms for one in quiz.answers),
        misses=tuple(one for one in quiz.answers if one.points < FULL),
        is_finished=is_finished,
        passed=is_finished and score.percent >= mark if mark else None,
    )


@dataclass(frozen=True, slots=True)
class Past:
    """A quiz of the log with what it came to."""

    begun: QuizBegun
    score: Tally
    reached: int
    took_ms: int

    @property
    def is_finished(self) -> bool:
        """Whether each question has its answer, or the time was up."""
        return self.score.questions == self.begun.questions

    @property
    def passed(self) -> bool | None:
        """Whether the mark was reached; nothing where there was none."""
        mark = self.begun.pass_mark
        return self.is_finished and self.score.percent >= mark if mark else None


def past_quizzes(
    quizzes: Iterable[QuizBegun], answers: Iterable[QuizAnswer]
) -> list[Past]:
    """Return the quizzes that have answers, in their order."""
    by_quiz: dict[str, list[QuizAnswer]] = {}
    for answer in answers:
        by_quiz.setdefault(answer.quiz, []).append(answer)
    return [_past(one, by_quiz[one.id]) for one in quizzes if one.id in by_quiz]


def _past(begun: QuizBegun, answers: Sequence[QuizAnswer]) -> Past:
    score = Tally(len(answers), sum(one.points for one in answers))
    missed = sum(note.code == NOT_REACHED for one in answers for note in one.findings)
    took_ms = sum(one.took_ms for one in answers)
    return Past(begun, score, len(answers) - missed, took_ms)


def misses_of(quiz: str, answers: Iterable[QuizAnswer]) -> list[QuizAnswer]:
    """Return the answers of a quiz that were worth less than a point."""
    return [one for one in answers if one.quiz == quiz and one.points < FULL]
