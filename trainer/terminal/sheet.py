"""A page on the screen: as tall and wide as the terminal is now, scrolled, timed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer

from trainer.terminal.look import Look
from trainer.terminal.page import Page, Seen
from trainer.terminal.scroll import Cut, cut_page
from trainer.terminal.wrap import folded_rows

LayOut = Callable[[Look, Seen], Page]

DOUBLE_TAP = timedelta(milliseconds=180)
"""For so long after a page appears the second half of a double tap may come."""

PREFIX_COLUMNS = 2
"""How wide the sign before a line being typed is."""


@dataclass(slots=True)
class Sheet:
    """A page on the screen: laid out anew for each size, scrolled, timed.

    `seen` is what the learner has made of the page so far; an `overlay` covers it
    for a while. Within `guard` after it is painted, keys that could be the second
    half of a double tap are ignored. `moves` is what else changes the page, such as
    the time left.
    """

    lay_out: LayOut
    look: Look
    guard: timedelta
    seen: Seen = field(default_factory=Seen)
    buffer: Buffer = field(default_factory=lambda: Buffer(multiline=True))
    overlay: Callable[[Look], Page] | None = None
    moves: Callable[[], object] = lambda: None
    top: int | None = None
    painted: float | None = None
    _laid_out: tuple[object, Page] | None = None

    def sized(self) -> Look:
        """Return the look for the terminal as it is now."""
        size = get_app().output.get_size()
        return self.look.sized(size.columns, size.rows)

    def input_rows(self) -> int:
        """Return how many rows the lines being typed take."""
        look = self.sized()
        columns = max(1, look.columns - PREFIX_COLUMNS)
        # the cursor stands behind the last character
        lines = f"{self.buffer.text} ".split("\n")
        rows = sum(folded_rows(line, columns) for line in lines)
        return min(rows, max(1, look.rows // 3))

    def cut(self) -> Cut:
        """Return what is to be seen of the page."""
        look = self.sized()
        page = self._page(look)
        top = page.start if self.top is None else self.top
        return cut_page(page, look, top, self.input_rows() if self.is_typed else 0)

    def _page(self, look: Look) -> Page:
        made_for = look, self.seen, self.overlay, self.moves()
        if self._laid_out is None or self._laid_out[0] != made_for:
            overlay = self.overlay
            page = overlay(look) if overlay else self.lay_out(look, self.seen)
            self._laid_out = made_for, page
        return self._laid_out[1]

    @property
    def is_typed(self) -> bool:
        """Whether a line is being typed."""
        return self.overlay is None and get_app().layout.has_focus(self.buffer)

    def change(self, **changes: object) -> None:
        """Take note of what the learner makes of the page."""
        self.seen = self.seen._replace(**changes)  # type: ignore[arg-type]
        self.top = None

    def cover(self, overlay: Callable[[Look], Page] | None) -> None:
        """Lay another page over this one, or take it away."""
        self.overlay, self.top = overlay, None

    def scroll(self, lines: int) -> None:
        """Scroll down, or up if negative; `cut` keeps it within the page."""
        self.top = max(0, self.cut().top + lines)

    def mark_painted(self) -> None:
        """Take note that the learner sees the page from now on."""
        if self.painted is None:
            self.painted = _loop_time()

    def is_ripe(self) -> bool:
        """Whether a key pressed now was meant for this page."""
        if not self.guard:
            return True
        return (
            self.painted is not None
            and _loop_time() - self.painted >= self.guard.total_seconds()
        )


def _loop_time() -> float:
    loop = get_app().loop
    return loop.time() if loop else 0.0
