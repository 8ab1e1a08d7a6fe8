"""Outlines beside decks, and the notes that they outline."""

import os
from collections.abc import Iterable
from dataclasses import dataclass

from trainer.cards.markdown import Notes, parse_notes
from trainer.cards.outline import (
    Outline,
    OutlineReading,
    locate,
    make_outline,
    read_outline,
)
from trainer.cards.problem import Problem, Severity
from trainer.language.errors import Exit, TrainerError
from trainer.storage.deckfiles import OUTLINE
from trainer.storage.files import content, shown_path, unreadable

MOST_BYTES = 2 << 20


class NotesError(TrainerError):
    """Notes cannot be made out."""


class NotesFileError(TrainerError):
    """There are no notes to be opened where they should be."""

    exit_code = Exit.USAGE


class OutlineError(TrainerError):
    """An outline has mistakes; it is worded as the first of them."""

    def __init__(self, problem: Problem) -> None:
        place = f"{problem.path}:{problem.place.line}:{problem.place.column}"
        super().__init__("bad-outline", place=place, reason=problem.message)


@dataclass(frozen=True, slots=True)
class Outlined:
    """The outline of some notes, the file it is from, and the decks that go with it.

    Without a file, it was made of the notes themselves.
    """

    outline: Outline
    path: str | None
    folders: tuple[str, ...]


def read_notes(path: str) -> Notes:
    """Read notes in Markdown."""
    try:
        with open(path, "rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror
        raise NotesFileError("unreadable-file", path=path, reason=reason) from error
    if len(data) > MOST_BYTES:
        raise NotesError("notes-too-large", path=path, limit=MOST_BYTES >> 20)
    try:
        return parse_notes(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotesError("notes-not-utf8", path=path, line=line) from error


def outline_in(folder: str) -> OutlineReading | None:
    """Read the outline beside the decks of a folder, if there is one."""
    path = os.path.join(folder, OUTLINE)
    found = content(path)
    if isinstance(found, FileNotFoundError):
        return None
    if isinstance(found, OSError):
        return OutlineReading(None, (unreadable(shown_path(path), found),))
    return read_outline(found, shown_path(path))


def load_outline(path: str) -> Outline:
    """Read an outline that a command needs; raises what is wrong with it."""
    found = content(path)
    if isinstance(found, OSError):
        reason = found.strerror
        raise NotesFileError("unreadable-file", path=path, reason=reason) from found
    return _sound(read_outline(found, shown_path(path)))


def find_outline(notes: Notes, folders: Iterable[str]) -> Outlined:
    """Find the outline that notes have beside decks, else make one of the notes.

    An outline is of these notes if at least half of its sections are in them. Decks
    beside an outline of other notes are left out.
    """
    plain: list[str] = []
    best: tuple[int, Outlined] | None = None
    for folder in folders:
        reading = outline_in(folder)
        if reading is None:
            plain.append(folder)
            continue
        outline = _sound(reading)
        found = len(locate(outline, notes))
        is_of_these = found and found * 2 >= len(outline.sections)
        if is_of_these and (best is None or found > best[0]):
            path = shown_path(os.path.join(folder, OUTLINE))
            best = found, Outlined(outline, path, (folder,))
    return best[1] if best else Outlined(make_outline(notes), None, tuple(plain))


def _sound(reading: OutlineReading) -> Outline:
    errors = [one for one in reading.problems if one.severity is Severity.ERROR]
    if errors or reading.outline is None:
        raise OutlineError(errors[0])
    return reading.outline
