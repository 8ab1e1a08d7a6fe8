"""The terminal of a sitting: pages are shown on it, and lines are left on it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from signal import SIGINT
from typing import Any

from prompt_toolkit import print_formatted_text
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.input import Input
from questionary import Question

from trainer.language.text import Language
from trainer.scheduling.review import Rating
from trainer.terminal.ending import Ending
from trainer.terminal.line import Line
from trainer.terminal.look import Look
from trainer.terminal.prompt import STYLE, Console
from trainer.terminal.signs import signs_for
from trainer.terminal.steady import SteadyOutput, color_depth


@dataclass(frozen=True, slots=True)
class Canvas:
    """A terminal, how it is drawn on, and what ends the sitting at it.

    `tidy` is called while a page is read.
    """

    language: Language
    rollover: timedelta
    color: bool
    ascii: bool
    ratings: tuple[Rating, ...]
    input: Input
    output: SteadyOutput
    ending: Ending
    tidy: Callable[[], None]

    def wait(self, question: Question, leaving: object) -> Any:  # noqa: ANN401 - each prompt has its answers
        """Show a prompt; return what was said, or `leaving` where the sitting ends."""
        said: Any = leaving
        self.ending.attend(question.application)
        try:
            said = question.unsafe_ask()
        except KeyboardInterrupt:
            self.ending.by = self.ending.by or SIGINT
        except EOFError:
            pass  # the terminal is gone
        if said is leaving:
            self.show()
        return said

    def console(self) -> Console:
        """Return what prompts are shown on."""
        depth = color_depth(color=self.color)
        return Console(self.input, self.output, depth, self.tidy)

    def look(self) -> Look:
        """Return how pages look, whatever their size."""
        signs = signs_for(ascii_only=self.ascii)
        return Look(self.language, signs, self.rollover, ratings=self.ratings)

    def look_now(self) -> Look:
        """Return how pages look in the terminal as it is now."""
        size = self.output.get_size()
        return self.look().sized(size.columns, size.rows)

    def leave(self, lines: Iterable[Line]) -> None:
        """Leave lines above the page."""
        depth = self.console().color_depth
        for line in lines:
            print_formatted_text(
                FormattedText(line),
                style=STYLE,
                output=self.output,
                color_depth=depth,
                include_default_pygments_style=False,
            )

    def show(self) -> None:
        """Show what is still held."""
        self.output.release()
        self.output.flush()
