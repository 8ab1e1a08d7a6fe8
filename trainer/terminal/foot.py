"""Which keys work now: told at the foot of each page, and all of them in the help."""

from collections.abc import Iterator, Sequence

from trainer.cards.card import Input, Prompt
from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.language.width import text_width
from trainer.study.view import View
from trainer.terminal.keys import KEYS
from trainer.terminal.line import Line, labelled, paragraph
from trainer.terminal.look import Look
from trainer.terminal.page import Page, plain_page

ANSWERING = {
    Input.COMMAND: ("submit",),
    Input.LINE: ("submit",),
    Input.FLIP: ("flip",),
    Input.CHOICE: ("choose",),
    Input.ORDER: ("order", "unpick", "submit"),
}
_IF_THERE_IS_ROOM = ("skip", "edit", "bury")


def question_keys(
    prompt: Prompt, view: View, *, has_hints: bool, language: Language
) -> Iterator[str]:
    """Yield the keys of a question, the most important first."""
    is_typed = prompt.input.is_typed
    for name in ANSWERING[prompt.input]:
        yield say(language, f"screen.key-{name}", n=len(prompt.choices))
    if prompt.input is not Input.FLIP:
        yield say(language, "screen.key-dont-know")
    if has_hints:
        yield told("hint", language, is_typed=True)
    yield from _always(view, language, is_typed=is_typed)


def judge_keys(view: View, *, can_overrule: bool, language: Language) -> Iterator[str]:
    """Yield the keys of a judged answer beside the ratings."""
    if can_overrule:
        yield told("overrule", language, is_typed=False)
    yield from _always(view, language, is_typed=False)


def finish_keys(*, can_repeat: bool, language: Language) -> list[str]:
    """Return the keys at the end of a sitting."""
    names = ["repeat"] if can_repeat else []
    keys = (told(name, language, is_typed=False) for name in (*names, "undo"))
    return [say(language, "screen.key-leave"), *keys]


def key_rows(language: Language) -> list[tuple[str, str]]:
    """Return all keys, each with what it does."""
    enter = say(language, "screen.press-enter")
    pressed = {"enter": enter, "rate": "1 2 3 4", "dont-know": "^G"}
    pressed |= {name: key.told for name, key in KEYS.items()}
    pressed |= {"scroll": "PgUp PgDn"}
    return [
        (keys, say(language, f"screen.help-{name}")) for name, keys in pressed.items()
    ]


def help_page(look: Look) -> Page:
    """Lay out all keys, each with what it does."""
    return keys_page(key_rows(look.language), look)


def keys_page(rows: Sequence[tuple[str, str]], look: Look) -> Page:
    """Lay out keys beside what they do."""
    column = 2 + max(text_width(key) for key, _ in rows)
    lines: list[Line] = []
    for key, text in rows:
        width = max(2, look.columns - column)
        lines += labelled(key, paragraph(text, width), column)
    return plain_page(look.say("help"), lines, [look.say("key-close")], look)


def _always(view: View, language: Language, *, is_typed: bool) -> Iterator[str]:
    undo = ["undo"] if view.done else []
    for name in ("help", *undo, "quit", *_IF_THERE_IS_ROOM):
        yield told(name, language, is_typed=is_typed)


def told(name: str, language: Language, *, is_typed: bool) -> str:
    """Tell a key: another one where letters are part of the answer."""
    key = KEYS[name]
    pressed = key.shown if is_typed else key.letter
    return f"{pressed} {say(language, f'screen.do-{name}')}"
