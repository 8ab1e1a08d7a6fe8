"""What is wrong in a deck file, and where."""

from enum import StrEnum
from typing import NamedTuple

from trainer.language.text import Language, Message


class Severity(StrEnum):
    """An error breaks something, mostly its card, which is left out."""

    ERROR = "error"
    WARNING = "warning"


class Place(NamedTuple):
    """A position in a file, both numbers from 1."""

    line: int
    column: int


class Problem(NamedTuple):
    """One mistake of a deck's author."""

    path: str
    place: Place
    message: Message
    severity: Severity = Severity.ERROR

    def in_language(self, language: Language) -> str:
        """Word it as `decks/images.yaml:12:5: …`, which editors can follow."""
        where = f"{self.path}:{self.place.line}:{self.place.column}"
        return f"{where}: {self.message.in_language(language)}"
