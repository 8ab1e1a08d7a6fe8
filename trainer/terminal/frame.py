"""How figures are laid out on lines: tables, bars, and the room there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.text import Language
from trainer.language.width import text_width
from trainer.statistics.parts import Part
from trainer.statistics.tally import Tally
from trainer.terminal.bars import Ink, bar
from trainer.terminal.signs import Signs
from trainer.terminal.table import table
from trainer.terminal.wrap import cut, pad

LEAST_COLUMNS = 40
MOST_COLUMNS = 88
INDENT = "  "

_GAP = 2
_LEAST_BAR, _MOST_BAR = 4, 40

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """The language, the signs, what to draw with, and how wide a line may be."""

    language: Language
    signs: Signs
    ink: Ink
    columns: int

    def say(self, key: str, **values: object) -> str:
        """Word a message of the statistics."""
        return say(self.language, f"stats.{key}", **values)

    def title(self, part: Part) -> str:
        """Return what a section or a topic is called."""
        return clean(part.title.in_language(self.language))

    def time(self, milliseconds: int) -> str:
        """Word a time in minutes and seconds, or in hours and minutes if it is long."""
        minutes, seconds = divmod(milliseconds // 1000, 60)
        hours, left = divmod(minutes, 60)
        if hours:
            return self.say("hours-minutes", hours=hours, minutes=left)
        return self.say("minutes-seconds", minutes=minutes, seconds=f"{seconds:02}")

    def bars(self, rows: Sequence[tuple[Row, float]], most: float = 0) -> list[str]:
        """Lay rows out, indented, each with a bar behind it for its value.

        The first column is set to the left, the others to the right.
        """
        if not rows:
            return []
        lines = self._fitted([row for row, _ in rows])
        taken = max(map(text_width, lines)) + _GAP
        room = max(_LEAST_BAR, min(self.columns - taken, _MOST_BAR))
        most = most or max(value for _, value in rows)
        return [
            (pad(line, taken) + bar(value, most, room, self.ink)).rstrip()
            for line, (_, value) in zip(lines, rows, strict=True)
        ]

    def rows(self, head: Row, rows: Iterable[Row]) -> list[str]:
        """Lay rows out below a head, indented; the first column is cut to fit."""
        first, *others = head
        found = [[INDENT + title, *cells] for title, *cells in rows]
        return self._lines([[first, *others], *found])

    def _fitted(self, rows: Sequence[Row]) -> list[str]:
        return self._lines([[INDENT + first, *others] for first, *others in rows])

    def _lines(self, rows: Sequence[Row]) -> list[str]:
        _, *figures = zip(*rows, strict=True)
        taken = sum(_GAP + max(map(text_width, cells)) for cells in figures)
        fitted = [[self._cut(first, taken), *others] for first, *others in rows]
        return table(fitted, frozenset(range(1, len(rows[0]))))

    def _cut(self, text: str, taken: int) -> str:
        indent = text[: len(text) - len(text.lstrip(" "))]
        room = max(1, self.columns - taken - len(indent))
        return indent + cut(text, room, self.signs.ellipsis)


def percent(tally: Tally) -> str:
    """Return the share of successes in percent, or a dash."""
    return share_text(tally.rate)


def share_text(share: float | None) -> str:
    """Return a share in percent, or a dash where there is none."""
    return "-" if share is None else f"{share:.0%}"
