"""Texts from elsewhere, made fit for a deck file."""

from trainer.cards.shapes import Json
from trainer.language.clean import hostile_character

_LINE_ENDS = ("\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c")


def tidied(value: Json) -> Json:
    """Return a value with plain line ends and no control characters in its texts."""
    match value:
        case str():
            return _tidied(value)
        case dict():
            return {_tidied(str(name)): tidied(one) for name, one in value.items()}
        case list() | tuple():
            return [tidied(one) for one in value]
        case _:
            return value


def _tidied(text: str) -> str:
    if text.isprintable():
        return text
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    while bad := hostile_character(text):
        text = text.replace(bad, "")
    return text
