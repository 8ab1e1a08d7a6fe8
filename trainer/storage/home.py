"""Where things are kept. Starts fast: it is on the way of every command."""

import os
import sys

from trainer.storage.deckfiles import is_unspeakable


def data_folder(chosen: str | None) -> str:
    """Return the folder of the learner's data: as chosen, or the platform's own."""
    folder = chosen or os.environ.get("TRAINER_HOME")
    if folder:
        return _whole(folder)
    if str(sys.platform) == "linux":  # what platformdirs would say, without loading it
        share = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
        return _checked(os.path.join(share, "trainer"))
    from platformdirs import user_data_dir  # noqa: PLC0415 - other platforms only

    return user_data_dir("trainer", appauthor=False)


def deck_folders(chosen: str | None, home: str) -> tuple[str, ...]:
    """Return the folders that deck files are read from.

    A chosen folder stands alone; else the shipped decks come first, then the
    learner's own, if there are any.
    """
    folder = _chosen_folder(chosen)
    if folder:
        return (folder,)
    own = own_decks(chosen, home)
    return (_shipped(), own) if os.path.isdir(own) else (_shipped(),)


def own_decks(chosen: str | None, home: str) -> str:
    """Return the folder of the learner's own decks; it need not exist yet."""
    return _chosen_folder(chosen) or os.path.join(home, "decks")


def is_installed(path: str) -> bool:
    """Whether a deck file is part of the installed program, and goes with it."""
    return os.path.dirname(os.path.abspath(path)) == _installed()


def _chosen_folder(chosen: str | None) -> str | None:
    folder = chosen or os.environ.get("TRAINER_DECKS")
    return _whole(folder) if folder else None


def _whole(folder: str) -> str:
    return _checked(os.path.abspath(os.path.expanduser(folder)))


def _checked(folder: str) -> str:
    """Return a folder; raises where its name is no text, which no database can keep."""
    if not is_unspeakable(folder):
        return folder
    from trainer.storage.database import DatabaseError  # noqa: PLC0415 - only when something is wrong

    raise DatabaseError("folder-unspeakable", path=folder)


def _package() -> str:
    return os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def _installed() -> str:
    return os.path.join(_package(), "decks")


def _shipped() -> str:
    """Return the decks in the wheel, or those of the checkout the program runs from."""
    if os.path.isdir(_installed()):
        return _installed()
    return os.path.join(os.path.dirname(_package()), "decks")
