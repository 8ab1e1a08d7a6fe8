"""Files that authors write: what they hold, and what they are called."""

import os

from trainer.cards.problem import Place, Problem
from trainer.language.text import message
from trainer.storage.deckfiles import read_plain


def content(path: str) -> bytes | OSError:
    """Return what a file holds, or why it cannot be read."""
    try:
        return read_plain(path)
    except OSError as error:
        return error


def shown_path(path: str) -> str:
    """Return a path as people want to see it: relative, if below where they are."""
    try:
        relative = os.path.relpath(path)
    except FileNotFoundError:  # the folder they are in was removed
        return path
    return path if relative.startswith("..") else relative


def unreadable(path: str, error: OSError) -> Problem:
    """Return the problem of a file that cannot be read."""
    said = message("problems.unreadable-file", reason=error.strerror)
    return Problem(path, Place(1, 1), said)
