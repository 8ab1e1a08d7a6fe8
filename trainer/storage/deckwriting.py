"""Writing deck files, and the schema beside them."""

import json
import os
from stat import S_IMODE

from trainer.cards.schema import deck_schema
from trainer.cards.writing import SCHEMA
from trainer.language.errors import Exit, TrainerError
from trainer.storage.home import is_installed
from trainer.storage.wholefile import write_whole


class DeckFileError(TrainerError):
    """A deck file cannot be read or written."""

    exit_code = Exit.USAGE


def read_own(path: str) -> str:
    """Return the text of a deck that its learner may change; raises `DeckFileError`."""
    check_own(path)
    try:
        with open(path, encoding="utf-8", newline="") as stream:
            return stream.read()
    except OSError as error:
        reason = error.strerror
        raise DeckFileError("unreadable-file", path=path, reason=reason) from error
    except UnicodeDecodeError as error:
        raise DeckFileError("deck-not-utf8", path=path) from error


def check_own(path: str) -> None:
    """Refuse a deck that came with the program, or that may not be written."""
    if is_installed(path) or not os.access(path, os.W_OK):
        raise DeckFileError("deck-not-yours", path=path)


def write_deck(text: str, path: str) -> None:
    """Write a deck file whole. An old one keeps its permissions; raises OSError."""
    real = os.path.realpath(path)
    write_whole(text, real, _mode(real))


def write_schema(folder: str) -> None:
    """Put the schema of decks into a folder, for editors; raises OSError."""
    path = os.path.join(folder, SCHEMA)
    write_whole(json.dumps(deck_schema(), indent=2) + "\n", path, _mode(path))


def _mode(path: str) -> int:
    if os.path.exists(path):
        return S_IMODE(os.stat(path).st_mode)
    usual = os.umask(0o077)
    os.umask(usual)
    return 0o666 & ~usual
