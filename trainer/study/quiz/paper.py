"""A quiz as a value: each answer leads to the next state, and is worth something."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trainer.cards.card import Card, Input
from trainer.grading.verdict import Finding, Outcome, Verdict
from trainer.language.text import Language, message
from trainer.scheduling.review import HINTED, Noted
from trainer.study.quiz.question import Question
from trainer.study.quiz.record import (
    DUE,
    FULL,
    HALF,
    NONE,
    NOT_REACHED,
    REFUSED,
    QuizMode,
)

_POINTS = {Outcome.CORRECT: FULL, Outcome.PARTIAL: HALF, Outcome.WRONG: NONE}
_OUTCOMES = {FULL: Outcome.CORRECT, HALF: Outcome.PARTIAL, NONE: Outcome.WRONG}


@dataclass(frozen=True, slots=True)
class Item:
    """A question, the deck's card as it was dealt, and its choices for a second try."""

    question: Question
    plain: Card
    choices: Card | None = None

    @property
    def card(self) -> Card:
        """What is asked."""
        return self.question.card


@dataclass(frozen=True, slots=True)
class Paper:
    """What a quiz asks, and on which terms; a limit or a mark of 0 is none."""

    mode: QuizMode
    seed: str
    items: tuple[Item, ...]
    limit_ms: int = 0
    pass_mark: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, what it is worth in hundredths of a point, and why.

    `choice` is what was chosen after a wrong `response`.
    """

    item: Item
    verdict: Verdict
    points: int
    response: str
    choice: str
    took_ms: int
    findings: tuple[Noted, ...]

    @property
    def outcome(self) -> Outcome:
        """How the answer counts."""
        return _OUTCOMES[self.points]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question is open."""

    item: Item


@dataclass(frozen=True, slots=True)
class Offering:
    """One option is shown, to be taken or refused: the one at a place, from 0."""

    item: Item
    place: int


@dataclass(frozen=True, slots=True)
class Again:
    """What was typed is wrong; now it is chosen."""

    item: Item
    card: Card
    first: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Judging:
    """The answer is shown, and the learner says how far it was known."""

    item: Item
    took_ms: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the last answer is worth is shown."""

    answered: Answered


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing is left to ask."""


Phase = Asking | Offering | Again | Judging | Told | Ended


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz that is being held."""

    paper: Paper
    phase: Phase
    answers: tuple[Answered, ...] = ()

    @property
    def points(self) -> int:
        """What all answers are worth, in hundredths of a point."""
        return sum(one.points for one in self.answers)

    @property
    def position(self) -> int:
        """The number of the question shown, from 1."""
        return len(self.answers) + (not isinstance(self.phase, Told | Ended))


def begin(paper: Paper) -> Quiz:
    """Start with the first question."""
    return _next(Quiz(paper, Ended()))


def respond(quiz: Quiz, response: str, took_ms: int, hints: int = 0) -> Quiz:
    """Answer the question shown, or choose after a wrong answer."""
    match quiz.phase:
        case Again():
            return _second(quiz, quiz.phase, response, took_ms)
        case Asking(item) if _wants(item.card) is Input.FLIP:
            return replace(quiz, phase=Judging(item, took_ms))
        case Asking(item):
            return _first(quiz, item, response, took_ms, hints)
        case _:
            raise TypeError(quiz.phase)


def _first(quiz: Quiz, item: Item, response: str, took_ms: int, hints: int) -> Quiz:
    verdict = item.card.content.grade(response)
    points = _POINTS[verdict.outcome]
    if item.choices is not None and points == NONE:
        phase = Again(item, item.choices, response, verdict)
        return replace(quiz, phase=phase)
    findings = tuple(_noted(item, verdict, response, hints))
    points = min(points, HALF) if hints else points
    answered = Answered(item, verdict, points, response, "", took_ms, findings)
    return _with(quiz, answered)


def _second(quiz: Quiz, phase: Again, choice: str, took_ms: int) -> Quiz:
    """Half a point for the right choice; the findings are those of what was typed."""
    item, verdict = phase.item, phase.card.content.grade(choice)
    points = HALF if verdict.outcome is Outcome.CORRECT else NONE
    findings = tuple(_noted(item, phase.verdict, phase.first))
    answered = Answered(
        item, phase.verdict, points, phase.first, choice, took_ms, findings
    )
    return _with(quiz, answered)


def decide(quiz: Quiz, *, takes: bool, took_ms: int) -> Quiz:
    """Take or refuse the option shown; a wrong one refused leads to the next."""
    if not isinstance(quiz.phase, Offering):
        raise TypeError(quiz.phase)
    item, place = quiz.phase.item, quiz.phase.place
    value = _options(item.card)[place]
    verdict = item.card.content.grade(value)
    is_right = verdict.outcome is Outcome.CORRECT
    if not takes and not is_right:
        return replace(quiz, phase=Offering(item, place + 1))
    if takes:
        findings = tuple(_noted(item, verdict, value))
    else:
        said = message("findings.refused", option=value)
        refused = Finding(REFUSED, value, said)
        verdict = Verdict(Outcome.WRONG, verdict.expected, (refused,))
        findings = (Noted(REFUSED, value, ()),)
    points = _POINTS[verdict.outcome]
    taken = value if takes else ""
    answered = Answered(item, verdict, points, taken, "", took_ms, findings)
    return _with(quiz, answered)


def assess(quiz: Quiz, points: int) -> Quiz:
    """Say how far the answer was known, in hundredths of a point."""
    if not isinstance(quiz.phase, Judging):
        raise TypeError(quiz.phase)
    item = quiz.phase.item
    verdict = item.card.content.grade("")
    answered = Answered(item, verdict, points, "", "", quiz.phase.took_ms, ())
    return _next(replace(quiz, answers=(*quiz.answers, answered)))


def go_on(quiz: Quiz) -> Quiz:
    """Leave the verdict shown for the next question."""
    return _next(quiz)


def time_up(quiz: Quiz) -> Quiz:
    """End a quiz: what was not answered in time is worth nothing."""
    left = quiz.paper.items[len(quiz.answers) :]
    unanswered = tuple(map(_not_reached, left))
    return replace(quiz, phase=Ended(), answers=(*quiz.answers, *unanswered))


def _not_reached(item: Item) -> Answered:
    expected = item.card.content.grade("").expected
    said = Finding(NOT_REACHED, "", message("findings.not-reached"))
    verdict = Verdict(Outcome.WRONG, expected, (said,))
    noted = (Noted(NOT_REACHED, "", ()),)
    return Answered(item, verdict, NONE, "", "", 0, noted)


def _with(quiz: Quiz, answered: Answered) -> Quiz:
    """Return a quiz with one more answer, which is told at once or not at all."""
    longer = replace(quiz, answers=(*quiz.answers, answered))
    if quiz.paper.mode.tells_at_once:
        return replace(longer, phase=Told(answered))
    return _next(longer)


def _next(quiz: Quiz) -> Quiz:
    number = len(quiz.answers)
    if number == len(quiz.paper.items):
        return replace(quiz, phase=Ended())
    item = quiz.paper.items[number]
    is_offered = quiz.paper.mode is QuizMode.DOMC
    return replace(quiz, phase=Offering(item, 0) if is_offered else Asking(item))


def offered_text(offering: Offering, language: Language) -> str:
    """Return the option that is shown."""
    return offering.item.card.content.prompt(language).choices[offering.place].text


def _options(card: Card) -> list[str]:
    return [choice.value for choice in card.content.prompt(Language.EN).choices]


def _noted(
    item: Item, verdict: Verdict, response: str, hints: int = 0
) -> Iterator[Noted]:
    """Yield what is kept of a verdict.

    A line that was chosen is judged as if it had been typed, too: that tells which
    form it was taken for. The right choice is kept beside the wrong one.
    """
    yield from _kept(verdict, 0)
    if verdict.outcome is Outcome.WRONG and response and _is_choice(item.card):
        if _wants(item.plain) is Input.COMMAND:
            line = response.lstrip("`")
            typed = item.plain.content.grade(line.rstrip("`"))
            yield from _kept(typed, len(response) - len(line))
        yield Noted(DUE, verdict.expected, ())
    if hints:
        yield Noted(HINTED, str(hints), ())


def _kept(verdict: Verdict, offset: int) -> Iterator[Noted]:
    for finding in verdict.findings:
        spans = ((span.start + offset, span.end + offset) for span in finding.spans)
        yield Noted(finding.code, finding.subject, tuple(spans))


def _is_choice(card: Card) -> bool:
    return _wants(card) is Input.CHOICE


def _wants(card: Card) -> Input:
    return card.content.prompt(Language.EN).input
