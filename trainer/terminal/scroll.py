"""Which part of a page fits the terminal."""

from typing import NamedTuple

from trainer.terminal.line import Line
from trainer.terminal.look import Look, rule
from trainer.terminal.page import Page


class Cut(NamedTuple):
    """The part of a page that is seen: above the input line, and below it."""

    above: list[Line]
    below: list[Line]
    top: int
    step: int


def cut_page(page: Page, look: Look, top: int, input_rows: int) -> Cut:
    """Choose what is seen of a page when its body is scrolled to line `top`.

    The foot is always seen; of a head that leaves no room for the body nothing is.
    Between body and foot a rule says how much is hidden.
    """
    foot = list(page.foot[: max(1, look.rows - input_rows - 2)])
    room = look.rows - len(foot) - input_rows - 1
    if room <= len(page.head):
        page = page._replace(head=())
    room = max(1, room - len(page.head))
    top = max(0, min(top, len(page.body) - room))
    hidden = len(page.body) - top - room
    seen = page.body[top : top + room]
    line = rule(look, _hidden_note(top, hidden, look))
    return Cut([*page.head, *seen, line], foot, top, max(1, room - 1))


def _hidden_note(above: int, below: int, look: Look) -> str:
    notes = [
        f"{sign}{count}"
        for sign, count in ((look.signs.above, above), (look.signs.below, below))
        if count > 0
    ]
    return " ".join([*notes, "PgUp/PgDn"] if notes else notes)
