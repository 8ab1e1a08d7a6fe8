"""The review screen: a learner at a terminal."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from prompt_toolkit.input import Input, create_input
from questionary import Question

from trainer.cards.card import Card, CardId
from trainer.grading.verdict import Outcome
from trainer.language.text import Language
from trainer.scheduling.marks import Entry, Mark
from trainer.scheduling.review import Rating
from trainer.study.loop import Answered, Edited, Rated, Wish
from trainer.study.session import Asking, Done, Judged, Session, failures
from trainer.study.view import View
from trainer.terminal.asked import asked
from trainer.terminal.backspace import tell_ctrl_h_apart
from trainer.terminal.canvas import Canvas
from trainer.terminal.desk import Desk
from trainer.terminal.ending import Ending
from trainer.terminal.foot import finish_keys, help_page, judge_keys
from trainer.terminal.line import Line, item_or_paragraph, paragraph
from trainer.terminal.logline import log_line, mark_line, taken_back_line
from trainer.terminal.look import TWO_GRADES, Look, rule
from trainer.terminal.page import (
    Frame,
    Page,
    judged_page,
    plain_page,
    suggestion,
)
from trainer.terminal.preferences import Preferences
from trainer.terminal.prompt import (
    Local,
    finish_prompt,
    judge_prompt,
    question_prompt,
)
from trainer.terminal.sheet import DOUBLE_TAP, LayOut, Sheet
from trainer.terminal.steady import SteadyOutput, standard_output
from trainer.terminal.summary import summary_texts
from trainer.terminal.words import leech_text


@dataclass(slots=True)
class ScreenLearner:
    """Asks at a terminal, one page at a time, and leaves a line for each card.

    Use it as a context manager, at whose end all lines are written, and within
    `seated`, which gives the `ending`: it tells which signal ended the sitting.
    `guard` is how long after a page appears the second half of a double tap is
    ignored.
    """

    desk: Desk
    language: Language
    rollover: timedelta
    color: bool = True
    ascii: bool = False
    preferences: Preferences = field(default_factory=Preferences)
    guard: timedelta = DOUBLE_TAP
    input: Input = field(default_factory=create_input)
    output: SteadyOutput = field(default_factory=standard_output)
    ending: Ending = field(default_factory=Ending)
    _canvas: Canvas = field(init=False)
    _last: tuple[CardId, type, Sheet] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Take the terminal."""
        self._canvas = Canvas(
            self.language,
            self.rollover,
            self.color,
            self.ascii,
            TWO_GRADES if self.preferences.two_grades else tuple(Rating),
            self.input,
            self.output,
            self.ending,
            self.desk.tidy,
        )

    def __enter__(self) -> Self:
        """Read keys as this terminal sends them."""
        tell_ctrl_h_apart(sys.stdin)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Write what is still held."""
        self._canvas.show()

    def ask(self, asking: Asking, view: View) -> Answered | Edited | Wish:
        """Show a question and wait for the answer."""
        title = self.desk.title(asking.card.id)
        shown = asked(asking, view, title, self.preferences, self.language)
        sheet = self._sheet(asking.card.id, Asking, shown.lay_out)
        overlays = self._overlays(asking.card)
        question = question_prompt(sheet, shown, overlays, self._canvas.console())
        said: Answered | Edited | Wish = self._said(question, asking.card)
        return said

    def judge(self, judged: Judged, view: View) -> Rated | Edited | Wish:
        """Show the verdict and wait for the rating."""
        can_overrule = judged.verdict.outcome is not Outcome.UNJUDGED
        keys = judge_keys(view, can_overrule=can_overrule, language=self.language)
        frame = self._frame(judged.card, view, keys)
        sheet = self._sheet(
            judged.card.id,
            Judged,
            lambda look, seen: judged_page(judged, frame, seen, look),
        )
        question = judge_prompt(
            sheet,
            lambda: suggestion(judged, sheet.seen, sheet.look),
            self._overlays(judged.card),
            self._canvas.console(),
            can_overrule=can_overrule,
        )
        said: Rated | Edited | Wish = self._said(question, judged.card)
        return said

    def finish(self, session: Session, view: View) -> Wish:
        """Show the summary and wait for what the learner wants."""
        del view
        can_repeat = bool(failures(session))
        keys = finish_keys(can_repeat=can_repeat, language=self.language)
        title = self._canvas.look().say("finished")

        def lay_out(look: Look, _: object) -> Page:
            return plain_page(title, self._summary(session, look), keys, look)

        sheet = Sheet(lay_out, self._canvas.look(), self.guard)
        prompt = finish_prompt(sheet, self._canvas.console(), can_repeat=can_repeat)
        said: Wish = self._canvas.wait(prompt, Wish.QUIT)
        return said

    def recorded(self, done: Done, view: View) -> None:
        """Leave a line for a card whose review is on disk."""
        del view
        self._last = None
        look = self._canvas.look_now()
        self._canvas.leave([log_line(done, look)])
        if done.is_leech:
            told = leech_text(done, "screen", self.language)
            self._canvas.leave(paragraph(told, look.columns, "class:hard"))

    def marked(self, mark: Mark) -> None:
        """Leave a line for a mark that is on disk."""
        self._canvas.leave([mark_line(mark, self._canvas.look_now())])

    def taken_back(self, entry: Entry | None) -> None:
        """Leave a line for an answer or a mark that was taken back."""
        self._last = None
        self._canvas.leave([taken_back_line(entry, self._canvas.look_now())])

    def summary(self, session: Session) -> None:
        """Sum the sitting up."""
        look = self._canvas.look_now()
        self._canvas.leave([rule(look), *self._summary(session, look)])
        self._canvas.show()

    def _summary(self, session: Session, look: Look) -> list[Line]:
        texts = summary_texts(self.desk.recap(session), look.language, look.signs)
        laid_out = (item_or_paragraph(text, look.columns) for text in texts)
        return [line for lines in laid_out for line in lines]

    def _said(self, question: Question, card: Card) -> Any:  # noqa: ANN401 - each prompt has its answers
        said = self._canvas.wait(question, Wish.QUIT)
        if said is not Local.EDIT:
            return said
        self._canvas.show()
        with self.input.cooked_mode(), self.ending.deaf_to_ctrl_c():
            after = self.desk.edit(card)
        if self._last:  # what was picked may have moved
            sheet = self._last[2]
            sheet.seen = sheet.seen._replace(picked=())
        for remark in after.remarks:
            self._canvas.leave(
                paragraph(remark, self._canvas.look_now().columns, "class:hard")
            )
        return Edited(after.card)

    def _overlays(self, card: Card) -> dict[str, Callable[[Look], Page]]:
        def info(look: Look) -> Page:
            texts = self.desk.about(card.id, look)
            lines = [line for text in texts for line in paragraph(text, look.columns)]
            return plain_page(card.id, lines, [look.say("key-close")], look)

        return {"info": info, "help": help_page}

    def _frame(self, card: Card, view: View, keys: Iterable[str]) -> Frame:
        return Frame(self.desk.title(card.id), view, tuple(keys))

    def _sheet(self, card: CardId, phase: type, lay_out: LayOut) -> Sheet:
        """Make a sheet; where the same page is shown again it goes on as it was."""
        sheet = Sheet(lay_out, self._canvas.look(), self.guard)
        if self._last and self._last[:2] == (card, phase):
            before = self._last[2]
            sheet = replace(sheet, seen=before.seen, buffer=before.buffer)
        self._last = card, phase, sheet
        return sheet
