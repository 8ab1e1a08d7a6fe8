"""The four ratings, each with the interval it leads to."""

from collections.abc import Sequence
from itertools import chain

from trainer.scheduling.memory import Memory
from trainer.scheduling.review import Rating
from trainer.study.session import Judged
from trainer.terminal.interval import interval_at_rating
from trainer.terminal.line import Line, line_width
from trainer.terminal.look import Look
from trainer.terminal.words import rating_text


def rating_lines(judged: Judged, suggested: Rating, look: Look) -> list[Line]:
    """Lay the ratings out in one row, or in two or four where it is narrow."""
    for per_row, gap in ((4, " "), (4, ""), (2, " "), (2, "")):
        cells = _cells(judged, suggested, look, gap)
        widest = max(line_width(cell) for cell in cells)
        column = min(look.columns // per_row, widest + 3)
        if column >= widest + len(gap):
            return _in_rows(cells, per_row, column)
    return _cells(judged, suggested, look, "")


def _cells(judged: Judged, suggested: Rating, look: Look, gap: str) -> list[Line]:
    return [
        _rating(number, rating, judged.next.get(rating), suggested, look, gap)
        for number, rating in enumerate(look.ratings, 1)
    ]


def _rating(
    number: int,
    rating: Rating,
    memory: Memory | None,
    suggested: Rating,
    look: Look,
    gap: str,
) -> Line:
    mark = look.signs.suggested if rating is suggested else " "
    name = f"{mark}{gap}{number} {rating_text(rating, look.language)}"
    style = "class:suggested" if rating is suggested else ""
    if memory is None:
        return ((style, name),)
    interval = interval_at_rating(memory, look.rollover, look.language)
    return ((style, name), ("class:dim", " " + interval.replace(" ", gap)))


def _in_rows(cells: Sequence[Line], per_row: int, column: int) -> list[Line]:
    padded = [_padded(cell, column) for cell in cells]
    starts = range(0, len(padded), per_row)
    return [tuple(chain(*padded[at : at + per_row])) for at in starts]


def _padded(cell: Line, column: int) -> Line:
    return (*cell, ("", " " * max(0, column - line_width(cell))))
