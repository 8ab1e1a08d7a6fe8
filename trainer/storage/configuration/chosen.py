"""What the learner chose. Starts fast: it is on the way of every command."""

import os
from datetime import timedelta
from errno import EFBIG

from trainer.storage.deckfiles import read_plain

FILE = "config.toml"

MOST_BYTES = 1 << 18
"""A file with more holds something else; tomlkit would read it for minutes."""

Mistake = tuple[str, dict[str, object]]
"""A key of the catalogue `errors`, and the values of its message."""


class Configuration:
    """What the file says: valid values by key, and what is amiss in it.

    A key that is not in the file has no value; whoever asks names the default.
    `written` holds all names that are in it, or nothing where it cannot be read.
    """

    __slots__ = ("mistakes", "path", "unknown", "values", "written")

    def __init__(self, path: str) -> None:
        self.path = path
        self.values: dict[str, object] = {}
        self.unknown: list[str] = []
        self.mistakes: list[Mistake] = []
        self.written: set[str] | None = set()

    @property
    def is_sound(self) -> bool:
        """Whether there is nothing to say of it."""
        return not (self.mistakes or self.unknown)

    def choice(self, key: str, default: str) -> str:
        """Return one of several words."""
        value = self.values.get(key)
        return value if isinstance(value, str) else default

    def switch(self, key: str, *, default: bool) -> bool:
        """Return yes or no."""
        value = self.values.get(key)
        return value if isinstance(value, bool) else default

    def count(self, key: str, default: int) -> int:
        """Return a whole number."""
        value = self.values.get(key)
        return value if isinstance(value, int) else default

    def ratio(self, key: str, default: float) -> float:
        """Return a number between 0 and 1."""
        value = self.values.get(key)
        return value if isinstance(value, float) else default

    def duration(self, key: str, default: timedelta) -> timedelta:
        """Return a duration, or a time of day as the time since midnight."""
        value = self.values.get(key)
        return value if isinstance(value, timedelta) else default

    def by_deck(self, leaf: str) -> tuple[tuple[str, float], ...]:
        """Return what was chosen for single decks under a name, sorted by deck."""
        found = []
        for name, value in self.values.items():
            deck = deck_of(name, leaf)
            if deck and isinstance(value, float):
                found.append((deck, value))
        return tuple(sorted(found))

    def shares(self, key: str, default: tuple[float, ...]) -> tuple[float, ...]:
        """Return the shares of the days of a week."""
        value = self.values.get(key)
        return value if isinstance(value, tuple) else default

    def durations(
        self, key: str, default: tuple[timedelta, ...]
    ) -> tuple[timedelta, ...]:
        """Return a list of durations."""
        value = self.values.get(key)
        return value if isinstance(value, tuple) else default


def deck_of(name: str, leaf: str) -> str:
    """Return the deck in a name such as `decks.images.desired-retention`, or nothing.

    A deck's id may hold dots.
    """
    head, tail = "decks.", f".{leaf}"
    if name.startswith(head) and name.endswith(tail):
        return name[len(head) : -len(tail)]
    return ""


def read_configuration(home: str) -> Configuration:
    """Read the file in a data folder; what is amiss is kept, not raised."""
    found = Configuration(os.path.join(home, FILE))
    try:
        data = _content(found.path)
    except (FileNotFoundError, NotADirectoryError):
        return found
    except OSError as error:
        from trainer.storage.configuration.mistakes import unreadable  # noqa: PLC0415 - only when needed

        found.mistakes.append(unreadable(found.path, error))
        found.written = None
        return found
    from trainer.storage.configuration.reading import read_into  # noqa: PLC0415 - only where there is a file

    read_into(found, data)
    return found


def _content(path: str) -> bytes:
    data = read_plain(path, MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise OSError(EFBIG, os.strerror(EFBIG))
    return data
