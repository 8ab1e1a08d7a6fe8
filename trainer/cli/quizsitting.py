"""A quiz as it is sat: at the screen or line by line."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from trainer.cli.options import is_terminal
from trainer.cli.world import World
from trainer.language.clean import clean
from trainer.scheduling.review import Rating
from trainer.storage.library import Library
from trainer.storage.store import Store
from trainer.study.quiz.loop import hold
from trainer.study.quiz.paper import Paper, Quiz
from trainer.study.quiz.record import QuizBegun
from trainer.study.quiz.result import result_of
from trainer.terminal.ending import seated
from trainer.terminal.line import plain
from trainer.terminal.look import Look
from trainer.terminal.quizresult import Summary, result_lines
from trainer.terminal.signs import signs_for
from trainer.terminal.tty import terminal_size

_DOUBLE_TAP = timedelta(milliseconds=180)


@dataclass(frozen=True, slots=True)
class Sat:
    """A quiz that was held; `ended_by` is the exit code of a signal, or 0."""

    quiz: Quiz
    begun: QuizBegun
    ended_by: int = 0


def take(
    paper: Paper,
    selection: str,
    library: Library,
    store: Store,
    world: World,
    *,
    as_json: bool,
) -> Sat:
    """Hold a quiz, and show what it came to, unless that is wanted as JSON."""
    titles = world.titles(library)
    if is_terminal() and not world.options.by_lines:
        return _at_screen(paper, selection, titles, store, world, as_json=as_json)
    return _line_by_line(paper, selection, titles, store, world, as_json=as_json)


def _line_by_line(
    paper: Paper,
    selection: str,
    titles: Mapping[str, str],
    store: Store,
    world: World,
    *,
    as_json: bool,
) -> Sat:
    from trainer.terminal.quizlines import QuizLines

    out = sys.stderr if as_json else sys.stdout
    columns, rows = terminal_size(out)
    signs = signs_for(ascii_only=world.options.ascii)
    look = Look(world.language, signs, world.settings.rollover).sized(columns, rows)
    hints = world.preferences.hints
    examinee = QuizLines(sys.stdin, out, look, titles, is_terminal(), hints)
    quiz, begun = hold(paper, selection, examinee, store, world.clock)
    if not as_json:
        print()
        for line in result_lines(Summary(result_of(quiz), begun, titles), look):
            print(clean(plain(line)))
    return Sat(quiz, begun)


def _at_screen(
    paper: Paper,
    selection: str,
    titles: Mapping[str, str],
    store: Store,
    world: World,
    *,
    as_json: bool,
) -> Sat:
    from prompt_toolkit.input import create_input

    from trainer.terminal.backspace import tell_ctrl_h_apart
    from trainer.terminal.canvas import Canvas
    from trainer.terminal.quizscreen import QuizScreen
    from trainer.terminal.steady import standard_output

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
            store.settle,
        )
        hints = world.preferences.hints
        screen = QuizScreen(canvas, titles, world.clock, _DOUBLE_TAP, hints)
        quiz, begun = hold(paper, selection, screen, store, world.clock)
        summary = Summary(result_of(quiz), begun, titles)
        lines = result_lines(summary, canvas.look_now())
        screen.leave([] if as_json else lines)
    return Sat(quiz, begun, ending.exit_code)
