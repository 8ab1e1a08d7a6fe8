"""The prompts of the review screen: for a question, a verdict, the end of a sitting.

Each is a questionary question around a prompt_toolkit application that draws a
page in place and erases it when it ends. Only what must answer at once lives here.
"""

import gc
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Always, Condition, Filter
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import Input as KeySource
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import (
    AnyContainer,
    BufferControl,
    ConditionalContainer,
    Dimension,
    FormattedTextControl,
    HSplit,
    Layout,
    VSplit,
    Window,
)
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.output import ColorDepth
from questionary import Question, Style

from trainer.cards.card import Input, Prompt
from trainer.language.text import Language
from trainer.scheduling.review import Rating
from trainer.study.loop import Answered, Rated, Wish
from trainer.terminal.keys import BACK, DONT_KNOW, ENTER, KEYS, SPACE, twins
from trainer.terminal.line import Line
from trainer.terminal.look import Look
from trainer.terminal.page import Page, input_sign
from trainer.terminal.shape import PlainLexer, ShapeLexer
from trainer.terminal.sheet import Sheet
from trainer.terminal.steady import SteadyOutput
from trainer.terminal.styles import STYLES
from trainer.terminal.typed import taken

Act = Callable[[KeyPressEvent], None]
Overlays = Mapping[str, Callable[[Look], Page]]

STYLE = Style(list(STYLES.items()))

_WISHES = {
    "undo": Wish.UNDO,
    "skip": Wish.SKIP,
    "bury": Wish.BURY,
    "suspend": Wish.SUSPEND,
    "flag": Wish.FLAG,
    "quit": Wish.QUIT,
}
_ALWAYS = Always()
_READING_SECONDS = 0.3
_REFRESH_SECONDS = 20  # so that the minutes go on


class Openable(Protocol):
    """A question that may be asked: what it wants, and its hints."""

    @property
    def prompt(self) -> Prompt:
        """What is asked."""
        ...

    @property
    def has_hints(self) -> bool:
        """Whether hints can be had."""
        ...

    def count_hints(self, language: Language) -> int:
        """Return how many there are."""
        ...


class Local(Enum):
    """What a learner wants of the screen itself."""

    EDIT = auto()


Wishes = Mapping[str, object]
"""What keys stand for that leave a page, by the names of the keys."""

ON_A_CARD: Wishes = {**_WISHES, "edit": Local.EDIT}


@dataclass(frozen=True, slots=True)
class Console:
    """The terminal prompts are shown on; `tidy` is called while a page is read."""

    input: KeySource
    output: SteadyOutput
    color_depth: ColorDepth
    tidy: Callable[[], None]


def question_prompt(
    sheet: Sheet,
    shown: Openable,
    overlays: Overlays,
    console: Console,
    wishes: Wishes = ON_A_CARD,
) -> Question:
    """Make the prompt for a question; `wishes` are what else may be wanted there."""
    prompt = shown.prompt
    is_typed = prompt.input.is_typed
    keys = _card_keys(sheet, overlays, wishes, is_typed=is_typed)
    _bind_input(keys, sheet, prompt)
    if shown.has_hints:
        hints = KEYS["hint"].names
        _bind(keys, hints, lambda _: _show_hint(sheet, shown), _uncovered(sheet))
    typing = _typing(sheet, prompt) if is_typed else None
    return _question(sheet, console, keys, typing)


def judge_prompt(
    sheet: Sheet,
    suggested: Callable[[], Rating],
    overlays: Overlays,
    console: Console,
    *,
    can_overrule: bool,
) -> Question:
    """Make the prompt that asks for a rating; Enter takes the one suggested."""
    keys = _card_keys(sheet, overlays, ON_A_CARD, is_typed=False)
    is_open = _uncovered(sheet)
    for number, rating in enumerate(sheet.look.ratings, 1):
        _bind(keys, twins(str(number)), _rates(rating, sheet), is_open)
    is_ripe = Condition(sheet.is_ripe)
    _bind(
        keys,
        (*ENTER, *SPACE),
        lambda event: _leave(event, Rated(suggested(), sheet.seen.overruled)),
        is_open & is_ripe,
    )
    if can_overrule:
        _bind(keys, KEYS["overrule"].names, lambda _: _overrule(sheet), is_open)
    return _question(sheet, console, keys)


def finish_prompt(sheet: Sheet, console: Console, *, can_repeat: bool) -> Question:
    """Make the prompt that stands at the end of a sitting."""
    keys = _keys(sheet)
    is_ripe = Condition(sheet.is_ripe)
    _bind(keys, (*ENTER, *SPACE), _leaves(Wish.QUIT), is_ripe)
    _bind(keys, ("c-d",), _leaves(Wish.QUIT))
    _bind_arrows(keys, sheet)
    for name in ("undo", "quit"):
        _bind(keys, KEYS[name].names, _leaves(_WISHES[name]))
    if can_repeat:
        _bind(keys, KEYS["repeat"].names, _leaves(Wish.GO_OVER))
    return _question(sheet, console, keys)


def keys_prompt(
    sheet: Sheet,
    answers: Mapping[str, object],
    overlays: Overlays,
    console: Console,
    wishes: Wishes,
) -> Question:
    """Make a prompt in which single keys are the answers; `enter` is Space, too."""
    keys = _card_keys(sheet, overlays, wishes, is_typed=False)
    is_open = _uncovered(sheet)
    for name, said in answers.items():
        if name in ENTER:
            is_ripe = is_open & Condition(sheet.is_ripe)
            _bind(keys, (*ENTER, *SPACE), _leaves(said), is_ripe)
        else:
            _bind(keys, twins(name), _leaves(said), is_open)
    return _question(sheet, console, keys)


def _bind_input(keys: KeyBindings, sheet: Sheet, prompt: Prompt) -> None:
    """Bind the keys that answer."""
    is_open = _uncovered(sheet)
    if prompt.input is Input.FLIP:
        _bind(keys, (*ENTER, *SPACE), _leaves(Answered("")), is_open)
        return
    _bind(keys, DONT_KNOW, lambda event: _answer(event, sheet, ""), is_open)
    if prompt.input.is_typed:
        continues = prompt.input is Input.COMMAND
        _bind(keys, ENTER, lambda event: _submit(event, sheet, continues), is_open)
        _bind(keys, ("<bracketed-paste>",), _paste, is_open)
        is_empty = Condition(lambda: not sheet.buffer.text)
        _bind(keys, ("c-d",), _leaves(Wish.QUIT), is_open & is_empty)
    elif prompt.input is Input.CHOICE:
        for index, choice in enumerate(prompt.choices):
            _bind(keys, twins(str(index + 1)), _leaves(Answered(choice.value)), is_open)
    else:
        _bind_order(keys, sheet, prompt)


def _bind_order(keys: KeyBindings, sheet: Sheet, prompt: Prompt) -> None:
    """Bind the keys that put choices in order, one digit after the other."""
    is_open = _uncovered(sheet)
    whole = len(prompt.choices)
    is_whole = Condition(lambda: len(sheet.seen.picked) == whole)

    def submit(event: KeyPressEvent) -> None:
        values = (prompt.choices[index].value for index in sheet.seen.picked)
        _answer(event, sheet, " ".join(values))

    def take_back(_: KeyPressEvent) -> None:
        sheet.change(picked=sheet.seen.picked[:-1])

    for index in range(whole):
        _bind(keys, twins(str(index + 1)), _picks(index, sheet), is_open)
    _bind(keys, BACK, take_back, is_open)
    _bind(keys, (*ENTER, *SPACE), submit, is_open & is_whole)


def _typing(sheet: Sheet, prompt: Prompt) -> AnyContainer:
    """Make the part of the screen where a line is typed."""
    is_command = prompt.input is Input.COMMAND
    lexer: Lexer = ShapeLexer() if is_command else PlainLexer()
    sign = input_sign(prompt.input)

    def prefix(number: int, fold: int) -> StyleAndTextTuples:
        return [("class:prompt", "  " if fold else sign if number == 0 else "> ")]

    window = Window(
        BufferControl(sheet.buffer, lexer=lexer),
        wrap_lines=True,
        width=lambda: sheet.sized().columns,
        get_line_prefix=prefix,
    )
    typing = VSplit([window, Window()], height=sheet.input_rows)
    return ConditionalContainer(typing, _uncovered(sheet))


def _question(
    sheet: Sheet,
    console: Console,
    keys: KeyBindings,
    typing: AnyContainer | None = None,
) -> Question:
    above = _window(lambda: sheet.cut().above)
    below = _window(lambda: sheet.cut().below)
    application: Application[object] = Application(
        layout=Layout(HSplit([above, *([typing] if typing else []), below])),
        key_bindings=keys,
        style=STYLE,
        include_default_pygments_style=False,
        erase_when_done=True,
        refresh_interval=_REFRESH_SECONDS,
        color_depth=console.color_depth,
        input=console.input,
        output=console.output,
    )
    application.ttimeoutlen = 0.05  # a lone Escape is told from a sequence sooner
    application.before_render += _release
    application.after_render += lambda _: _painted(application, sheet, console.tidy)
    if typing:
        application.layout.focus(sheet.buffer)
    return Question(application)


def _painted(
    application: Application[object], sheet: Sheet, tidy: Callable[[], None]
) -> None:
    """Note that a page is seen, and tidy up after the last one while it is read."""
    if sheet.painted is None and application.loop:
        for act in (gc.collect, tidy):
            application.loop.call_later(_READING_SECONDS, act)
    sheet.mark_painted()


def _window(lines: Callable[[], list[Line]]) -> Window:
    def text() -> StyleAndTextTuples:
        joined: StyleAndTextTuples = []
        for line in lines():
            joined += [*line, ("", "\n")]
        return joined[:-1]

    control = FormattedTextControl(text, focusable=True, show_cursor=False)
    return Window(control, height=lambda: Dimension.exact(len(lines())))


def _card_keys(
    sheet: Sheet, overlays: Overlays, wishes: Wishes, *, is_typed: bool
) -> KeyBindings:
    """Bind what works on every card: wishes, other pages, the editor."""
    keys = _keys(sheet)
    is_open = _uncovered(sheet)
    acts = {name: _leaves(wish) for name, wish in wishes.items()}
    acts |= {name: _covers(sheet, page) for name, page in overlays.items()}
    for name, act in acts.items():
        names = (KEYS[name].other,) if is_typed else KEYS[name].names
        _bind(keys, names, act, is_open)
    if not is_typed:
        _bind(keys, ("c-d",), _leaves(Wish.QUIT), is_open)
    _bind_arrows(keys, sheet, ~is_open if is_typed else _ALWAYS)
    _bind(keys, ("<any>", "escape"), lambda _: sheet.cover(None), ~is_open)
    return keys


def _keys(sheet: Sheet) -> KeyBindings:
    """Bind what works everywhere."""
    keys = KeyBindings()
    _bind(keys, ("c-c", "<sigint>"), _interrupt)
    _bind(keys, ("c-z",), lambda event: event.app.suspend_to_background())
    _bind(keys, ("pagedown",), lambda _: sheet.scroll(sheet.cut().step))
    _bind(keys, ("pageup",), lambda _: sheet.scroll(-sheet.cut().step))
    return keys


def _bind_arrows(keys: KeyBindings, sheet: Sheet, when: Filter = _ALWAYS) -> None:
    _bind(keys, ("down",), lambda _: sheet.scroll(1), when)
    _bind(keys, ("up",), lambda _: sheet.scroll(-1), when)


def _bind(
    keys: KeyBindings, names: Iterable[str], act: Act, when: Filter = _ALWAYS
) -> None:
    for name in names:
        keys.add(name, filter=when, eager=True)(act)


def _uncovered(sheet: Sheet) -> Filter:
    return Condition(lambda: sheet.overlay is None)


def _covers(sheet: Sheet, page: Callable[[Look], Page]) -> Act:
    return lambda _: sheet.cover(page)


def _leaves(said: object) -> Act:
    return lambda event: _leave(event, said)


def _rates(rating: Rating, sheet: Sheet) -> Act:
    return lambda event: _leave(event, Rated(rating, sheet.seen.overruled))


def _picks(index: int, sheet: Sheet) -> Act:
    def pick(_: KeyPressEvent) -> None:
        if index not in sheet.seen.picked:
            sheet.change(picked=(*sheet.seen.picked, index))

    return pick


def _overrule(sheet: Sheet) -> None:
    sheet.change(overruled=not sheet.seen.overruled)


def _show_hint(sheet: Sheet, shown: Openable) -> None:
    most, count = shown.count_hints(sheet.look.language), sheet.seen.hints
    sheet.change(hints=min(most, count + 1), no_more=count >= most)


def _submit(event: KeyPressEvent, sheet: Sheet, continues: bool) -> None:  # noqa: FBT001 - bound to keys
    text = sheet.buffer.text
    trailing = len(text) - len(text.rstrip("\\"))
    if continues and trailing % 2:
        sheet.buffer.cursor_position = len(text)
        sheet.buffer.insert_text("\n")
    elif text.strip() or sheet.is_ripe():
        _answer(event, sheet, text)


def _answer(event: KeyPressEvent, sheet: Sheet, text: str) -> None:
    _leave(event, Answered(taken(text), sheet.seen.hints))


def _leave(event: KeyPressEvent, said: object) -> None:
    if not event.app.is_done:
        _hold(event)
        event.app.exit(result=said)


def _interrupt(event: KeyPressEvent) -> None:
    if not event.app.is_done:
        event.app.exit(exception=KeyboardInterrupt)


def _hold(event: KeyPressEvent) -> None:
    output = event.app.output
    if isinstance(output, SteadyOutput):
        output.is_held = True


def _release(application: Application[object]) -> None:
    output = application.output
    if isinstance(output, SteadyOutput) and not application.is_done:
        output.release()


def _paste(event: KeyPressEvent) -> None:
    """Put in what was pasted: one line, but for lines that end in a backslash."""
    text = event.data.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    lines = [line.rstrip(" \t") for line in text.split("\n")]
    joined = "".join(
        line + ("\n" if line.endswith("\\") else " ") for line in lines[:-1]
    )
    event.current_buffer.insert_text(joined + lines[-1])
