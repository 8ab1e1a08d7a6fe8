"""Which deck files there are. Starts fast: it is on the way of `trainer due`."""

import os

STORE = "trainer.db"
STORE_VERSION = 3
"""The version of the store's tables; see `migrations`."""

MARKER = "trainer.marker"
"""The file that says what the store holds at least; see `marker`."""

CACHE = "decks.cache"
VERSION = 8
"""The version of the cache's tables; a cache of another one is made anew."""

WAIT_MS = 5000
"""How long to wait for another program that is writing, in milliseconds."""

MOST_FILES = 2000

OUTLINE = "outline.yaml"
"""The file beside decks that is none: the sections of the notes they cite."""


FileStat = tuple[str, int, int]
"""A file's path, its size in bytes and its time of change in nanoseconds."""


def deck_files(folders: tuple[str, ...]) -> list[FileStat]:
    """Return the deck files of some folders, by folder and name; raises OSError."""
    return [file for folder in folders for file in _files_in(folder)]


def _files_in(folder: str) -> list[FileStat]:
    with os.scandir(folder) as entries:
        found = [
            (entry.path, stat.st_size, stat.st_mtime_ns)
            for entry in entries
            if entry.name.endswith((".yaml", ".yml"))
            and not entry.name.startswith(".")
            and entry.name != OUTLINE
            and entry.is_file()
            and (stat := entry.stat())
        ]
    return sorted(found)[:MOST_FILES]
