"""A page on the screen: as tall and wide as the terminal is now, scrolled, timed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer

from trainer.terminal.look import Look
from trainer.terminal.page import Page
from trainer.terminal.scroll import Cut, cut_page
from trainer.terminal.wrap import folded_rows


@dataclass(slots=True)
class Sheet:
    """A page on the screen: laid out anew for each size, scrolled, timed.

    `picked` are the choices taken so far, by their place on the page from 0.
    Within `guard` after it is painted, keys that could be the second half of a
    double tap are ignored.
    """

    lay_out: Callable[[Look, Sequence[int]], Page]
    look: Look
    guard: timedelta
    buffer: Buffer = field(default_factory=lambda: Buffer(multiline=False))
    top: int | None = None
    painted: float | None = None
    picked: tuple[int, ...] = ()
    laid_out: tuple[object, Page] | None = None

    def sized(self) -> Look:
        """Return the look for the terminal as it is now."""
        size = get_app().output.get_size()
        return self.look.sized(size.columns, size.rows)

    def input_rows(self) -> int:
        """Return how many rows the line being typed takes."""
        look = self.sized()
        # the cursor stands behind the last character
        rows = folded_rows(f"$ {self.buffer.text} ", look.columns)
        return min(rows, max(1, look.rows // 3))

    def seen(self) -> Cut:
        """Return what is seen of the page."""
        look = self.sized()
        page = self._page(look)
        top = page.start if self.top is None else self.top
        return cut_page(page, look, top, self.input_rows() if self.is_typed else 0)

    def _page(self, look: Look) -> Page:
        made_for = look, self.picked
        if self.laid_out is None or self.laid_out[0] != made_for:
            self.laid_out = made_for, self.lay_out(look, self.picked)
        return self.laid_out[1]

    @property
    def is_typed(self) -> bool:
        """Whether a line is being typed."""
        return get_app().layout.has_focus(self.buffer)

    def pick(self, picked: tuple[int, ...]) -> None:
        """Take note of the choices taken so far."""
        self.picked = picked

    def scroll(self, lines: int) -> None:
        """Scroll down, or up if negative; `seen` keeps it within the page."""
        self.top = max(0, self.seen().top + lines)

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
