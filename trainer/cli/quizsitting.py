"""A quiz as it is sat: at the screen or line by line."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from trainer.cli.options import is_terminal
from trainer.cli.world import World
from trainer.language.clean import clean
from trainer.scheduling.review import Rating
from trainer.storage.store import Store
from trainer.study.quiz.loop import hold
from trainer.study.quiz.paper import Paper, Quiz
from trainer.study.quiz.record import QuizBegun
from trainer.study.quiz.result import result_of
from trainer.terminal.ending import seated
from trainer.terminal.line import Line, plain
from trainer.terminal.look import Look
from trainer.terminal.quizresult import Summary, result_lines
from trainer.terminal.signs import signs_for
from trainer.terminal.tty import terminal_size


@dataclass(frozen=True, slots=True)
class Sat:
    """A quiz that was held; `ended_by` is the exit code of a signal, or 0."""

    quiz: Quiz
    begun: QuizBegun
    ended_by: int = 0


class Sitting(NamedTuple):
    """A quiz that is to be held, and what it is held with.

    `selection` is what was asked for, as a command line says it. What the quiz came to
    is shown, unless it is wanted as JSON.
    """

    paper: Paper
    selection: str
    titles: Mapping[str, str]
    store: Store
    world: World
    as_json: bool

    def hold(self) -> Sat:
        """Ask, at the screen or line by line."""
        if is_terminal() and not self.world.options.by_lines:
            return self._at_screen()
        return self._line_by_line()

    def _line_by_line(self) -> Sat:
        from trainer.terminal.quizlines import QuizLines

        world, out = self.world, sys.stderr if self.as_json else sys.stdout
        columns, rows = terminal_size(out)
        signs = signs_for(ascii_only=world.options.ascii)
        look = Look(world.language, signs, world.settings.rollover).sized(columns, rows)
        hints = world.preferences.hints
        examinee = QuizLines(sys.stdin, out, look, self.titles, is_terminal(), hints)
        quiz, begun = hold(
            self.paper, self.selection, examinee, self.store, world.clock
        )
        if not self.as_json:
            print()
            for line in self._result(quiz, begun, look):
                print(clean(plain(line)))
        return Sat(quiz, begun)

    def _at_screen(self) -> Sat:
        from prompt_toolkit.input import create_input

        from trainer.terminal.backspace import tell_ctrl_h_apart
        from trainer.terminal.canvas import Canvas
        from trainer.terminal.quizscreen import QuizScreen
        from trainer.terminal.steady import standard_output

        world = self.world
        with seated(sys.stdin) as ending:
            tell_ctrl_h_apart(sys.stdin)
            canvas = Canvas(
                world.language,
                world.settings.rollover,
                world.options.colored(stream_is_terminal=True),
                world.options.ascii,
                tuple(Rating),
                create_input(),
                standard_output(),
                ending,
                self.store.settle,
            )
            hints = world.preferences.hints
            screen = QuizScreen(canvas, self.titles, world.clock, hints)
            quiz, begun = hold(
                self.paper, self.selection, screen, self.store, world.clock
            )
            lines = self._result(quiz, begun, canvas.look_now())
            screen.leave([] if self.as_json else lines)
        return Sat(quiz, begun, ending.exit_code)

    def _result(self, quiz: Quiz, begun: QuizBegun, look: Look) -> Iterator[Line]:
        return result_lines(Summary(result_of(quiz), begun, self.titles), look)
