"""The screen of a quiz: a learner at a terminal."""

from asyncio import get_running_loop
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from prompt_toolkit.application import Application
from questionary import Question

from trainer.cards.card import Card, Prompt
from trainer.language.text import Language
from trainer.study.loop import Answered as Typed
from trainer.study.loop import Clock, Wish
from trainer.study.quiz.loop import Assessed, Decided, Move, Responded, Said
from trainer.study.quiz.paper import Again, Answered, Asking, Judging, Offering, Quiz
from trainer.study.quiz.record import FULL, HALF, NONE, QuizMode
from trainer.terminal.canvas import Canvas
from trainer.terminal.line import Line
from trainer.terminal.look import Look
from trainer.terminal.page import Page, Seen
from trainer.terminal.prompt import keys_prompt, question_prompt
from trainer.terminal.quizfoot import help_page, press_keys, question_keys
from trainer.terminal.quizpage import QuizFrame, answer_line, quiz_page
from trainer.terminal.sheet import DOUBLE_TAP, Sheet

_WISHES = {"quit": Wish.QUIT}
_OVERLAYS = {"help": help_page}
DECISIONS = {"1": Decided(takes=True), "2": Decided(takes=False)}
ASSESSMENTS = {"1": Assessed(NONE), "2": Assessed(HALF), "3": Assessed(FULL)}
_LETTERS = {"y": DECISIONS["1"], "n": DECISIONS["2"]}
_SECOND = 1.0


@dataclass(frozen=True, slots=True)
class _Shown:
    """A question that is open."""

    card: Card
    prompt: Prompt
    has_hints: bool

    def count_hints(self, language: Language) -> int:
        return len(self.card.content.hints(language))


@dataclass(frozen=True, slots=True)
class QuizScreen:
    """Asks at a terminal, one page at a time, and leaves a line for each answer."""

    canvas: Canvas
    titles: Mapping[str, str]
    clock: Clock
    hints: bool
    guard: timedelta = DOUBLE_TAP

    def attend(self, quiz: Quiz, left_ms: int | None) -> Said:
        """Show the quiz as it stands, and wait."""
        left = self._running_out(left_ms)
        match quiz.phase:
            case Asking(item):
                hints = self.hints and quiz.paper.mode is QuizMode.PRACTICE
                return self._ask(quiz, item.card, left, hints=hints)
            case Again(_, card):
                return self._ask(quiz, card, left, hints=False)
            case Offering():
                return self._press(quiz, {**DECISIONS, **_LETTERS}, left, "decide")
            case Judging():
                return self._press(quiz, ASSESSMENTS, left, "assess")
            case _:
                return self._press(quiz, {"enter": Move.GO_ON}, left, "go-on")

    def recorded(self, quiz: Quiz, answered: Answered) -> None:
        """Leave a line for an answer that is on disk."""
        self.canvas.leave([answer_line(answered, quiz, self.canvas.look_now())])

    def leave(self, lines: Iterable[Line]) -> None:
        """Leave lines at the end."""
        self.canvas.leave(lines)
        self.canvas.show()

    def _ask(
        self, quiz: Quiz, card: Card, left: Callable[[], int | None], *, hints: bool
    ) -> Said:
        language = self.canvas.language
        prompt = card.content.prompt(language)
        has_hints = hints and prompt.input.is_typed
        shown = _Shown(card, prompt, has_hints)
        keys = question_keys(prompt, language, has_hints=has_hints)
        sheet = self._sheet(quiz, left, keys)
        console = self.canvas.console()
        question = question_prompt(sheet, shown, _OVERLAYS, console, _WISHES)
        return self._said(question, left)

    def _press(
        self,
        quiz: Quiz,
        answers: Mapping[str, object],
        left: Callable[[], int | None],
        name: str,
    ) -> Said:
        sheet = self._sheet(quiz, left, press_keys(name, self.canvas.language))
        console = self.canvas.console()
        return self._said(
            keys_prompt(sheet, answers, _OVERLAYS, console, _WISHES), left
        )

    def _said(self, question: Question, left: Callable[[], int | None]) -> Said:
        left_ms = left()
        if left_ms is not None:
            _end_in_time(question.application, left_ms)
        said = self.canvas.wait(question, Wish.QUIT)
        if isinstance(said, Typed):
            return Responded(said.response, said.hints)
        known: Said = Move.LEAVE if said is Wish.QUIT else said
        return known

    def _sheet(
        self, quiz: Quiz, left: Callable[[], int | None], keys: Sequence[str]
    ) -> Sheet:
        frame = QuizFrame(quiz, self.titles, left, keys)

        def lay_out(look: Look, seen: Seen) -> Page:
            return quiz_page(frame, seen, look)

        def seconds() -> int | None:
            left_ms = left()
            return None if left_ms is None else -(-left_ms // 1000)

        return Sheet(lay_out, self.canvas.look(), self.guard, moves=seconds)

    def _running_out(self, left_ms: int | None) -> Callable[[], int | None]:
        """Return what tells how much of some time is left."""
        if left_ms is None:
            return lambda: None
        end = self.clock.ticks() + left_ms
        return lambda: max(0, end - self.clock.ticks())


def _end_in_time(application: Application[object], left_ms: int) -> None:
    """Leave a prompt when the time is up, and until then show how it passes."""

    def leave() -> None:
        if application.is_running and not application.is_done:
            application.exit(result=Move.TIME_UP)

    def set_off() -> None:
        get_running_loop().call_later(left_ms / 1000, leave)

    application.refresh_interval = _SECOND
    application.pre_run_callables.append(set_off)
