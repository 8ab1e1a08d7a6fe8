"""Which keys work in a quiz: told at the foot of each page, and in its help."""

from collections.abc import Iterator

from trainer.cards.card import Input, Prompt
from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.terminal.foot import ANSWERING, keys_page, told
from trainer.terminal.keys import KEYS
from trainer.terminal.look import Look
from trainer.terminal.page import Page

_PRESSED = {
    "decide": ("quiz-yes", "quiz-no"),
    "assess": ("quiz-unknown", "quiz-partly", "quiz-known"),
    "go-on": ("quiz-go-on",),
}
_HELP = {
    "enter": "",
    "choose": "1-9",
    "decide": "1 2",
    "assess": "1 2 3",
    "dont-know": "^G",
    "hint": KEYS["hint"].told,
    "help": KEYS["help"].told,
    "quit": KEYS["quit"].told,
    "scroll": "PgUp PgDn",
}


def question_keys(prompt: Prompt, language: Language, *, has_hints: bool) -> list[str]:
    """Return the keys of a question, the most important first."""
    names = [f"key-{name}" for name in ANSWERING[prompt.input]]
    if prompt.input is not Input.FLIP:
        names.append("key-dont-know")
    keys = [say(language, f"screen.{one}", n=len(prompt.choices)) for one in names]
    if has_hints:
        keys.append(told("hint", language, is_typed=True))
    return [*keys, *_always(language, is_typed=prompt.input.is_typed)]


def press_keys(name: str, language: Language) -> list[str]:
    """Return the keys where one key is the answer."""
    keys = [say(language, f"screen.key-{one}") for one in _PRESSED[name]]
    return [*keys, *_always(language, is_typed=False)]


def help_page(look: Look) -> Page:
    """Lay out all keys of a quiz, each with what it does."""
    rows = [
        (keys or look.say("press-enter"), look.say(f"quiz-help-{name}"))
        for name, keys in _HELP.items()
    ]
    return keys_page(rows, look)


def _always(language: Language, *, is_typed: bool) -> Iterator[str]:
    return (told(name, language, is_typed=is_typed) for name in ("help", "quit"))
