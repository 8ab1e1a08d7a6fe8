"""How pages look: the language, the signs, and the room there is."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.language.width import text_width
from trainer.scheduling.review import Rating
from trainer.terminal.line import BLANK, Line
from trainer.terminal.signs import Signs

MOST_COLUMNS = 88
TWO_GRADES = (Rating.AGAIN, Rating.GOOD)
"""The ratings of those who only want to say failed or passed."""

_ROWS_FOR_AIR = 16


class Look(NamedTuple):
    """How pages are made: the language, the signs, and the room there is.

    `ratings` are those a learner may give, each by its number from 1 in this order.
    """

    language: Language
    signs: Signs
    rollover: timedelta
    columns: int = 80
    rows: int = 24
    ratings: tuple[Rating, ...] = tuple(Rating)

    def sized(self, columns: int, rows: int) -> "Look":
        """Return the look for a terminal's size."""
        return self._replace(columns=min(columns, MOST_COLUMNS), rows=rows)

    def drawn(self, text: str) -> str:
        """Return a text with the ellipsis that the terminal can draw."""
        return text.replace("…", self.signs.ellipsis)

    @property
    def is_airy(self) -> bool:
        """Whether there is room for blank lines."""
        return self.rows >= _ROWS_FOR_AIR

    def say(self, key: str, **values: object) -> str:
        """Word a message of this screen."""
        return say(self.language, f"screen.{key}", **values)


def rule(look: Look, note: str = "") -> Line:
    """Draw a line across, with a note at its right end."""
    note = f" {note} " if note else ""
    columns = max(0, look.columns - text_width(note))
    return (("class:dim", look.signs.rule * columns + note),)


def air(look: Look) -> list[Line]:
    """Return a blank line where there is room for one."""
    return [BLANK] if look.is_airy else []


def apart(parts: Iterable[Sequence[Line]], look: Look) -> list[Line]:
    """Put parts below each other, a blank line between them where there is room."""
    lines: list[Line] = []
    for part in filter(None, parts):
        lines += [*(air(look) if lines else []), *part]
    return lines
