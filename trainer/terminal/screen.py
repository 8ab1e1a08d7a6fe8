"""The review screen: a learner at a terminal."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from signal import SIGINT
from types import TracebackType
from typing import Any, Self

from prompt_toolkit import print_formatted_text
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.output import ColorDepth
from questionary import Question

from trainer.cards import card as cards
from trainer.language.text import Language
from trainer.scheduling.marks import Entry
from trainer.study.loop import Answered, Quit, Rated, Undo, View
from trainer.study.session import Asking, Done, Judged, Session
from trainer.terminal.ending import Ending
from trainer.terminal.line import Line
from trainer.terminal.logline import log_line, summary_lines, taken_back_line
from trainer.terminal.look import Look
from trainer.terminal.page import Page, judged_page, question_page
from trainer.terminal.prompt import (
    STYLE,
    Console,
    choice_prompt,
    command_prompt,
    flip_prompt,
    judge_prompt,
    line_prompt,
    order_prompt,
)
from trainer.terminal.sheet import Sheet
from trainer.terminal.signs import ASCII, UNICODE
from trainer.terminal.steady import SteadyOutput, keys_kept, standard_output

_DOUBLE_TAP = timedelta(milliseconds=180)
_PROMPTS = {
    cards.Input.COMMAND: command_prompt,
    cards.Input.LINE: line_prompt,
    cards.Input.FLIP: flip_prompt,
    cards.Input.CHOICE: choice_prompt,
    cards.Input.ORDER: order_prompt,
}
_TYPED_KEYS = ("key-submit", "key-dont-know", "key-quit-typing")
_KEYS = {
    cards.Input.COMMAND: _TYPED_KEYS,
    cards.Input.LINE: _TYPED_KEYS,
    cards.Input.FLIP: ("key-flip", "key-quit"),
    cards.Input.CHOICE: ("key-choose", "key-dont-know", "key-quit"),
    cards.Input.ORDER: ("key-order", "key-unpick", "key-dont-know", "key-quit"),
}
_TYPED = frozenset({cards.Input.COMMAND, cards.Input.LINE})


@dataclass(slots=True)
class ScreenLearner:
    """Asks at a terminal, one page at a time, and leaves a line for each card.

    Use it as a context manager: within it no key is echoed or lost between pages,
    and at its end the terminal is as it was and all lines are written. `titles` are
    those of the decks by id; `guard` is how long after a page appears the second
    half of a double tap is ignored; `ending` tells which signal ended the sitting.
    """

    titles: Mapping[str, str]
    language: Language
    rollover: timedelta
    color: bool = True
    ascii: bool = False
    guard: timedelta = _DOUBLE_TAP
    input: Input = field(default_factory=create_input)
    output: SteadyOutput = field(default_factory=standard_output)
    ending: Ending = field(default_factory=Ending, init=False)
    _opened: ExitStack = field(default_factory=ExitStack, init=False)

    def __enter__(self) -> Self:
        """Keep keys that are pressed between pages for the next page."""
        self._opened.enter_context(self.ending.heeded())
        self._opened.enter_context(keys_kept(sys.stdin))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Write what is still held and give the terminal back."""
        try:
            self._show()
        finally:
            self._opened.close()

    def ask(self, asking: Asking, view: View) -> Answered | Undo | Quit:
        """Show a question and wait for the answer."""
        prompt = asking.card.content.prompt(self.language)
        title = self._title(asking.card)
        keys = list(_KEYS[prompt.input])
        if view.done:
            is_typed = prompt.input in _TYPED
            keys.insert(-1, "key-undo-typing" if is_typed else "key-undo")
        sheet = self._sheet(
            lambda look, picked: question_page(
                asking, title, view.left, keys, look, picked
            )
        )
        said: Answered | Undo | Quit = self._wait(
            _PROMPTS[prompt.input](sheet, prompt, self._console())
        )
        return said

    def judge(self, judged: Judged, view: View) -> Rated | Undo | Quit:
        """Show the verdict and wait for the rating."""
        title = self._title(judged.card)
        keys = ["key-undo", "key-quit"] if view.done else ["key-quit"]
        sheet = self._sheet(
            lambda look, _: judged_page(judged, title, view.left, keys, look)
        )
        said: Rated | Undo | Quit = self._wait(
            judge_prompt(sheet, judged.suggested, self._console())
        )
        return said

    def recorded(self, done: Done, view: View) -> None:
        """Leave a line for a card whose review is on disk."""
        del view
        self._print([log_line(done, self._look_now())])

    def taken_back(self, entry: Entry | None) -> None:
        """Leave a line for what was taken back."""
        self._print([taken_back_line(entry, self._look_now())])

    def summary(self, session: Session, now: datetime) -> None:
        """Sum the sitting up."""
        self._print(summary_lines(session, now, self._look_now()))
        self._show()

    def _wait(self, question: Question) -> Any:  # noqa: ANN401 - each prompt has its answers
        said: Any = Quit()
        self.ending.attend(question.application)
        try:
            said = question.unsafe_ask()
        except KeyboardInterrupt:
            self.ending.by = self.ending.by or SIGINT
        except EOFError:
            pass  # the terminal is gone
        if isinstance(said, Quit):
            self._show()
        return said

    def _console(self) -> Console:
        is_plain = not self.color or bool(os.environ.get("NO_COLOR"))
        depth = ColorDepth.DEPTH_1_BIT if is_plain else ColorDepth.DEPTH_4_BIT
        return Console(self.input, self.output, depth)

    def _look(self) -> Look:
        return Look(self.language, ASCII if self.ascii else UNICODE, self.rollover)

    def _look_now(self) -> Look:
        size = self.output.get_size()
        return self._look().sized(size.columns, size.rows)

    def _sheet(self, lay_out: Callable[[Look, Sequence[int]], Page]) -> Sheet:
        return Sheet(lay_out, self._look(), self.guard)

    def _title(self, card: cards.Card) -> str:
        deck, _, _ = card.id.partition("/")
        return self.titles.get(deck, deck)

    def _print(self, lines: Iterable[Line]) -> None:
        for line in lines:
            print_formatted_text(
                FormattedText(line),
                style=STYLE,
                output=self.output,
                color_depth=self._console().color_depth,
                include_default_pygments_style=False,
            )

    def _show(self) -> None:
        self.output.release()
        self.output.flush()
