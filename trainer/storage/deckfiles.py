"""Which deck files there are. Starts fast: it is on the way of `trainer due`."""

import os
from errno import EINVAL
from stat import S_ISREG

STORE = "trainer.db"
STORE_VERSION = 7
"""The version of the store's tables; see `migrations`."""

MARKER = "trainer.marker"
"""The file that says what the store holds at least; see `marker`."""

CACHE = "decks.cache"
VERSION = 11
"""The version of the cache's tables; a cache of another one is made anew."""

WAIT_MS = 5000
"""How long to wait for another program that is writing, in milliseconds."""

NO_ROOM_TO_SHARE = "SQLITE_IOERR_SHMSIZE"
"""SQLite's error on a full disk, where a database cannot be used by several at once.

By one alone it can be read even there."""

MOST_FILES = 2000

MOST_BYTES = (24 << 20) + 1
"""No more is read of a file: deck files may have less, and other files are small."""

OUTLINE = "outline.yaml"
"""The file beside decks that is none: the sections of the notes they cite."""


FileStat = tuple[str, int, int]
"""A file's path, its size in bytes and its time of change in nanoseconds."""


def is_unspeakable(name: str) -> bool:
    """Whether a name or a path is no text at all, which no database can keep."""
    return not name.isascii() and any("\ud800" <= char <= "\udfff" for char in name)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # links that lead round in a circle
        return False


def deck_files(folders: tuple[str, ...]) -> list[FileStat]:
    """Return the deck files of some folders, by folder and name; raises OSError."""
    return [file for folder in folders for file in _files_in(folder)]


def _files_in(folder: str) -> list[FileStat]:
    with os.scandir(folder) as entries:
        found = [
            (entry.path, stat.st_size, stat.st_mtime_ns)
            for entry in entries
            if entry.name.endswith((".yaml", ".yml"))
            and not is_unspeakable(entry.name)
            and not entry.name.startswith(".")
            and entry.name != OUTLINE
            and _is_file(entry)
            and (stat := entry.stat())
        ]
    return sorted(found)[:MOST_FILES]


def read_plain(path: str, most: int = MOST_BYTES) -> bytes:
    """Return what a file holds, up to a limit; raises OSError.

    What is no file of its own, such as a pipe or a device, might never end.
    """
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(file, "rb") as stream:
        if not S_ISREG(os.fstat(file).st_mode):
            raise OSError(EINVAL, "not a plain file", path)
        return stream.read(most)
