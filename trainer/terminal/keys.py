"""The keys of the review screen: one line each, for bindings, foot and help alike.

Chinese input methods swallow letters, and a line being typed takes them: so every
letter has a control key or a digit beside it, and every key its full-width twin.
"""

from typing import NamedTuple

ENTER = ("enter",)
SPACE = (" ", "\u3000")
DONT_KNOW = ("c-g",)
BACK = ("backspace", "left")
HINT = "f24"
"""What Ctrl-H is read as, since prompt_toolkit takes it for the backspace key."""

_FULL_WIDTH = 0xFEE0  # from a digit, letter or sign to its twin


class Key(NamedTuple):
    """A letter, and the key that does the same where letters are not to be had.

    What is only wanted while a line is typed has no letter. `spare` is for terminals
    that need the other key for something else.
    """

    letter: str
    other: str
    shown: str
    spare: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the keys that act where nothing is typed."""
        keys = filter(None, (self.letter, self.other, self.spare))
        return tuple(name for key in keys for name in twins(key))

    @property
    def told(self) -> str:
        """Return its keys as help tells them."""
        return f"{self.letter} {self.shown} {self.spare.upper()}".strip()


KEYS = {
    "undo": Key("u", "c-_", "^_"),
    "skip": Key("s", "c-s", "^S"),
    "bury": Key("b", "c-t", "^T"),
    "suspend": Key("!", "c-x", "^X"),
    "flag": Key("f", "c-p", "^P"),
    "edit": Key("e", "c-o", "^O"),
    "info": Key("i", "c-r", "^R"),
    "hint": Key("", HINT, "^H", "f2"),
    "overrule": Key("o", "0", "0"),
    "repeat": Key("r", "2", "2"),
    "help": Key("?", "f1", "F1"),
    "quit": Key("q", "c-q", "^C"),
}


def twins(name: str) -> tuple[str, ...]:
    """Return a key and what an input method in full-width mode makes of it."""
    return (name, chr(ord(name) + _FULL_WIDTH)) if len(name) == 1 else (name,)
