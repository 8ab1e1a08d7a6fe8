"""The prompts of the review screen: one for a question, one for a verdict.

Each is a questionary question around a prompt_toolkit application that draws a
page in place and erases it when it ends. Only what must answer at once lives here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Always, Condition, Filter
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import (
    AnyContainer,
    BufferControl,
    Dimension,
    FormattedTextControl,
    HSplit,
    Layout,
    VSplit,
    Window,
)
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.output import ColorDepth
from questionary import Question, Style

from trainer.cards.card import Prompt
from trainer.scheduling.review import Rating
from trainer.study.loop import Answered, Quit, Rated, Undo
from trainer.terminal.line import Line
from trainer.terminal.shape import ShapeLexer
from trainer.terminal.sheet import Sheet
from trainer.terminal.steady import SteadyOutput

Act = Callable[[KeyPressEvent], None]

STYLE = Style(
    [
        ("title", "bold"),
        ("dim", "dim"),
        ("label", "dim"),
        ("question", "bold"),
        ("code", "ansicyan"),
        ("new", "ansiblue"),
        ("learning", "ansired"),
        ("due", "ansigreen"),
        ("correct", "ansigreen bold"),
        ("partial", "ansiyellow bold"),
        ("wrong", "ansired bold"),
        ("answer", "bold"),
        ("suggested", "bold underline"),
        ("prompt", "ansicyan bold"),
        ("option", "ansicyan"),
        ("quoted", "ansiyellow"),
        ("again", "ansired"),
        ("hard", "ansiyellow"),
        ("good", "ansigreen"),
        ("easy", "ansigreen"),
    ]
)

_ENTER = ("enter",)
_SPACE = (" ", "\u3000")
_UNDO = ("u", "\uff55")
_QUIT = ("q", "\uff51", "c-d")
_ALWAYS = Always()
_FULL_WIDTH = 0xFEE0  # from a digit or letter to its twin


@dataclass(frozen=True, slots=True)
class Console:
    """The terminal prompts are shown on."""

    input: Input
    output: SteadyOutput
    color_depth: ColorDepth


def command_prompt(sheet: Sheet, prompt: Prompt, console: Console) -> Question:
    """Make the prompt for a question that is answered with a command."""
    del prompt
    return _line_prompt(sheet, "$ ", ShapeLexer(), console)


def line_prompt(sheet: Sheet, prompt: Prompt, console: Console) -> Question:
    """Make the prompt for a question that is answered in words."""
    del prompt
    return _line_prompt(sheet, "> ", ShapeLexer(), console)


def _line_prompt(
    sheet: Sheet, sign: str, lexer: ShapeLexer, console: Console
) -> Question:
    keys = _keys_of_all(sheet)
    is_empty = Condition(lambda: not sheet.buffer.text)
    _bind(keys, _ENTER, lambda event: _submit(event, sheet))
    _bind(keys, ("c-g",), lambda event: _leave(event, Answered("")))
    _bind(keys, ("c-d",), lambda event: _leave(event, Quit()), when=is_empty)
    _bind(keys, ("<bracketed-paste>",), _paste)
    control = BufferControl(
        sheet.buffer,
        lexer=lexer,
        input_processors=[BeforeInput(sign, "class:prompt")],
    )
    window = Window(control, wrap_lines=True, width=lambda: sheet.sized().columns)
    typing = VSplit([window, Window()], height=sheet.input_rows)
    return _question(sheet, console, keys, typing)


def flip_prompt(sheet: Sheet, prompt: Prompt, console: Console) -> Question:
    """Make the prompt for a question whose answer the learner thinks of."""
    del prompt
    keys = _keys_without_line(sheet)
    _bind(keys, (*_ENTER, *_SPACE), lambda event: _leave(event, Answered("")))
    return _question(sheet, console, keys)


def choice_prompt(sheet: Sheet, prompt: Prompt, console: Console) -> Question:
    """Make the prompt for a question that is answered by picking a choice."""
    keys = _keys_without_line(sheet)
    _bind(keys, ("c-g",), lambda event: _leave(event, Answered("")))
    for index, choice in enumerate(prompt.choices):
        _bind(keys, _twins(str(index + 1)), _answers(choice.value))
    return _question(sheet, console, keys)


def order_prompt(sheet: Sheet, prompt: Prompt, console: Console) -> Question:
    """Make the prompt for putting all choices in order, one digit after the other."""
    keys = _keys_without_line(sheet)
    _bind(keys, ("c-g",), lambda event: _leave(event, Answered("")))
    _bind(keys, ("backspace", "left"), lambda _: sheet.pick(sheet.picked[:-1]))
    for index in range(len(prompt.choices)):
        _bind(keys, _twins(str(index + 1)), _picks(index, sheet))
    is_whole = Condition(lambda: len(sheet.picked) == len(prompt.choices))

    def submit(event: KeyPressEvent) -> None:
        values = (prompt.choices[index].value for index in sheet.picked)
        _leave(event, Answered(" ".join(values)))

    _bind(keys, (*_ENTER, *_SPACE), submit, when=is_whole)
    return _question(sheet, console, keys)


def judge_prompt(sheet: Sheet, suggested: Rating, console: Console) -> Question:
    """Make the prompt that asks for a rating."""
    keys = _keys_without_line(sheet)
    for rating in Rating:
        _bind(keys, _twins(str(rating.value)), _rates(rating))
    is_ripe = Condition(sheet.is_ripe)
    _bind(keys, (*_ENTER, *_SPACE), _rates(suggested), when=is_ripe)
    return _question(sheet, console, keys)


def _question(
    sheet: Sheet,
    console: Console,
    keys: KeyBindings,
    typing: AnyContainer | None = None,
) -> Question:
    above = _window(lambda: sheet.seen().above)
    below = _window(lambda: sheet.seen().below)
    application: Application[object] = Application(
        layout=Layout(HSplit([above, *([typing] if typing else []), below])),
        key_bindings=keys,
        style=STYLE,
        include_default_pygments_style=False,
        erase_when_done=True,
        color_depth=console.color_depth,
        input=console.input,
        output=console.output,
    )
    application.ttimeoutlen = 0.05  # a lone Escape is told from a sequence sooner
    application.before_render += _release
    application.after_render += lambda _: sheet.mark_painted()
    if typing:
        application.layout.focus(sheet.buffer)
    return Question(application)


def _window(lines: Callable[[], list[Line]]) -> Window:
    def text() -> StyleAndTextTuples:
        joined: StyleAndTextTuples = []
        for line in lines():
            joined += [*line, ("", "\n")]
        return joined[:-1]

    control = FormattedTextControl(text, focusable=True, show_cursor=False)
    return Window(control, height=lambda: Dimension.exact(len(lines())))


def _keys_of_all(sheet: Sheet) -> KeyBindings:
    keys = KeyBindings()
    _bind(keys, ("c-c", "<sigint>"), _interrupt)
    _bind(keys, ("c-_",), lambda event: _leave(event, Undo()))
    _bind(keys, ("c-z",), lambda event: event.app.suspend_to_background())
    _bind(keys, ("pagedown",), lambda _: sheet.scroll(sheet.seen().step))
    _bind(keys, ("pageup",), lambda _: sheet.scroll(-sheet.seen().step))
    return keys


def _keys_without_line(sheet: Sheet) -> KeyBindings:
    keys = _keys_of_all(sheet)
    _bind(keys, _UNDO, lambda event: _leave(event, Undo()))
    _bind(keys, _QUIT, lambda event: _leave(event, Quit()))
    _bind(keys, ("down",), lambda _: sheet.scroll(1))
    _bind(keys, ("up",), lambda _: sheet.scroll(-1))
    return keys


def _bind(
    keys: KeyBindings, names: Iterable[str], act: Act, when: Filter = _ALWAYS
) -> None:
    for name in names:
        keys.add(name, filter=when, eager=True)(act)


def _twins(key: str) -> tuple[str, str]:
    """Return a key and what a Chinese input method in full-width mode makes of it."""
    return key, chr(ord(key) + _FULL_WIDTH)


def _answers(value: str) -> Act:
    return lambda event: _leave(event, Answered(value))


def _picks(index: int, sheet: Sheet) -> Act:
    def pick(_: KeyPressEvent) -> None:
        if index not in sheet.picked:
            sheet.pick((*sheet.picked, index))

    return pick


def _rates(rating: Rating) -> Act:
    return lambda event: _leave(event, Rated(rating))


def _submit(event: KeyPressEvent, sheet: Sheet) -> None:
    if sheet.buffer.text.strip() or sheet.is_ripe():
        _leave(event, Answered(sheet.buffer.text))


def _leave(event: KeyPressEvent, said: Answered | Rated | Undo | Quit) -> None:
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
    event.current_buffer.insert_text(" ".join(event.data.split()))
