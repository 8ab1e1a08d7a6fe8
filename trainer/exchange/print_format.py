"""`print`: pages for paper, as a list, as cards to cut out, or as a cheat sheet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from trainer.cards.forms.typed import Typed
from trainer.exchange.exporter import Wanted
from trainer.exchange.pages.leaf import Chapter, Leaf, Spoken, make_chapters
from trainer.exchange.pages.rendering import render_page
from trainer.exchange.snapshot import Snapshot
from trainer.language.width import text_width

STYLES = ("list", "cards", "sheet")

_COLUMNS, _ROWS = 2, 4
_SIZES = (
    ("big", 34, 5),
    ("middle", 40, 7),
    ("small", 47, 10),
    ("tiny", 56, 13),
    ("least", 64, 15),
)
"""Sizes of letters, and how many columns and lines of them fit on a card."""

_MARK = 5  # of a choice takes so many columns
_LEAST = _SIZES[-1][0]


@dataclass(frozen=True, slots=True)
class Slot:
    """One side of a card to cut out; both sides have its number.

    On a side that `has_room`, the reason stands, too.
    """

    number: int
    chapter: Chapter
    leaf: Leaf
    size: str
    has_room: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed on the two sides of a sheet of paper, row by row."""

    fronts: Sequence[Slot | None]
    backs: Sequence[Slot | None]


def export_print(snapshot: Snapshot, wanted: Wanted) -> str:
    """Return a page to print, in the style that is wanted; it has no script."""
    chapters = make_chapters(snapshot.decks, wanted.languages)
    return render_page(
        "print.html",
        wanted.languages[0],
        styles=("look.css", "print.css"),
        style_name=wanted.variant,
        chapters=chapters,
        sheets=make_sheets(chapters) if wanted.variant == "cards" else (),
        commands=list(_commands(chapters)),
    )


def make_sheets(chapters: Iterable[Chapter]) -> list[Sheet]:
    """Lay cards out on sheets, so that each back comes to lie behind its front.

    The paper is turned over its long edge, so the columns of backs are mirrored.
    """
    pairs = [(chapter, leaf) for chapter in chapters for leaf in chapter.leaves]
    slots = [_sides(number, *pair) for number, pair in enumerate(pairs, 1)]
    size = _COLUMNS * _ROWS
    return [_sheet(slots[at : at + size]) for at in range(0, len(slots), size)]


def _sheet(slots: Sequence[tuple[Slot, Slot]]) -> Sheet:
    empty = [None] * (_COLUMNS * _ROWS - len(slots))
    fronts = [*(front for front, _ in slots), *empty]
    backs = [*(back for _, back in slots), *empty]
    mirrored = (
        backs[row + column]
        for row in range(0, len(backs), _COLUMNS)
        for column in reversed(range(_COLUMNS))
    )
    return Sheet(fronts, list(mirrored))


def _sides(number: int, chapter: Chapter, leaf: Leaf) -> tuple[Slot, Slot]:
    """Return both sides of a card; where two languages are too much, the first."""
    if _LEAST in {_size(leaf.question, *leaf.choices), _size(leaf.answer)}:
        leaf = leaf.leading()
    front = Slot(number, chapter, leaf, _size(leaf.question, *leaf.choices))
    whole = _size(leaf.answer, leaf.why, leaf.source)
    if whole == _LEAST:
        return front, Slot(number, chapter, leaf, _size(leaf.answer), has_room=False)
    return front, Slot(number, chapter, leaf, whole)


def _size(*texts: Spoken) -> str:
    """Return the largest size in which texts fit on a card."""
    widths = [
        text_width(line) + _MARK
        for each in texts
        for _, text in each
        for line in text.split("\n")
    ]
    for size, columns, lines in _SIZES:
        if sum(max(ceil(width / columns), 1) for width in widths) <= lines:
            return size
    return _LEAST


def _commands(
    chapters: Iterable[Chapter],
) -> Iterator[tuple[Chapter, list[tuple[str, Leaf]]]]:
    """Yield the commands and flags to type; a flag with the command it belongs to."""
    for chapter in chapters:
        entries = [
            (leaf.card.content.command or "", leaf)
            for leaf in chapter.leaves
            if leaf.is_code and isinstance(leaf.card.content, Typed)
        ]
        if entries:
            yield chapter, entries
