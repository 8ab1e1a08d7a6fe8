"""Charts as SVG: plain numbers in, one drawing out, the same for the same numbers.

A drawing is made for the width of a phone. It holds no colours: its classes do, so that
it looks right by day and by night. What is pointed at says its value (`<title>`), and
one who cannot see the drawing is told its name.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10, sqrt

from trainer.language.width import text_width

WIDTH = 360
_HEIGHT = 170
_LEFT, _TOP, _BOTTOM = 40, 16, 20
_FLOOR = _HEIGHT - _BOTTOM
_ROOM = WIDTH - _LEFT - 4
_TICKS = 4
_CHARACTER = 6  # about as wide as one is


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: how long it is, and in which tone it is drawn."""

    value: float
    tone: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of parts that stand on each other, the first one lowest.

    `tip` is said where it is pointed at; `label` stands beneath and `mark` above it,
    where there is one.
    """

    parts: tuple[Part, ...]
    tip: str
    label: str = ""
    mark: str = ""

    @property
    def total(self) -> float:
        """How high it is."""
        return sum(part.value for part in self.parts)


@dataclass(frozen=True, slots=True)
class Dot:
    """A point at `x` and `y`, both from 0 to 1, that weighs more or less."""

    x: float
    y: float
    tip: str
    weight: float = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A square of a grid: its column and row, and its level, from 0 for nothing."""

    column: int
    row: int
    level: int
    tip: str


def columns(bars: Sequence[Column], name: str) -> str:
    """Draw columns beside each other over an axis that begins at nothing."""
    step, top = _axis(max((one.total for one in bars), default=0))
    width = _ROOM / max(1, len(bars))
    drawn = [_scale(step, top)]
    marks: list[str] = []
    for at, one in enumerate(bars):
        x = _LEFT + at * width
        drawn.append(_column(one, x, width, top))
        marks += _beside(one, x + width / 2, top)
    drawn.append(_line("axis", _LEFT, _FLOOR, WIDTH - 4, _FLOOR))
    return _svg(_HEIGHT, name, [*drawn, *marks])


def curve(points: Sequence[Dot], most: float, labels: Sequence[str], name: str) -> str:
    """Draw how a quantity goes; the points' heights are shares of `most`.

    `labels` stand beneath, from the beginning to the end.
    """
    step, top = _axis(most)
    places = [
        (_LEFT + one.x * _ROOM, _FLOOR - one.y * most / top * (_FLOOR - _TOP))
        for one in points
    ]
    drawn = [_scale(step, top)]
    if places:
        path = " ".join(f"{_n(x)},{_n(y)}" for x, y in places)
        first, last = _n(places[0][0]), _n(places[-1][0])
        area = f"{first},{_FLOOR} {path} {last},{_FLOOR}"
        drawn += [f'<polygon class="area" points="{area}"/>']
        drawn += [f'<polyline class="curve" points="{path}"/>']
    width = _ROOM / max(1, len(places))
    for (x, y), one in zip(places, points, strict=True):
        dot = f'<circle class="dot" cx="{_n(x)}" cy="{_n(y)}" r="2.5"/>'
        hit = _rect("hit", x - width / 2, _TOP, width, _FLOOR - _TOP)
        drawn.append(_tipped(hit + dot, one.tip))
    drawn.append(_line("axis", _LEFT, _FLOOR, WIDTH - 4, _FLOOR))
    drawn += _along(labels)
    return _svg(_HEIGHT, name, drawn)


def grid(
    cells: Iterable[Cell],
    rows: Sequence[str],
    heads: Sequence[tuple[int, str]],
    count: int,
    name: str,
) -> str:
    """Draw squares in `count` columns, with labels of rows and of some columns."""
    left, top = 26, 14
    size = min(14.0, (WIDTH - left) / max(1, count))
    drawn = [
        _text("tick", left - 4, top + (at + 0.5) * size + 3.5, label, "end")
        for at, label in enumerate(rows)
        if label
    ]
    drawn += [_text("tick", left + at * size, 9, label) for at, label in heads]
    for one in cells:
        place = left + one.column * size, top + one.row * size, size - 2, size - 2
        drawn.append(_tipped(_rect(f"level-{one.level}", *place, 2), one.tip))
    return _svg(ceil_of(top + len(rows) * size), name, drawn)


def agreement(dots: Sequence[Dot], low: float, axes: tuple[str, str], name: str) -> str:
    """Draw points against a diagonal, on which what was expected came true.

    Both axes go from `low` to 1; a point's area grows with its weight.
    """
    side, left, top = 250, 44, 10
    floor_ = top + side
    drawn = []
    for at in range(_TICKS + 1):
        share = at / _TICKS
        label = f"{low + (1 - low) * share:.0%}"
        x, y = left + share * side, floor_ - share * side
        drawn += [_line("grid", left, y, left + side, y)]
        drawn += [_text("tick", left - 5, y + 3.5, label, "end")]
        drawn += [_text("tick", x, floor_ + 13, label, "middle")]
    drawn.append(_line("diagonal", left, floor_, left + side, top))
    heaviest = max((one.weight for one in dots), default=1)
    for one in dots:
        x, y = (max(0.0, (at - low) / (1 - low)) for at in (one.x, one.y))
        radius = 3 + 9 * sqrt(one.weight / heaviest)
        place = f'cx="{_n(left + x * side)}" cy="{_n(floor_ - y * side)}"'
        circle = f'<circle class="bubble" {place} r="{_n(radius)}"/>'
        drawn.append(_tipped(circle, one.tip))
    drawn.append(_text("tick", left + side / 2, floor_ + 29, axes[0], "middle"))
    drawn.append(_text("tick", left + 6, top + 11, axes[1]))
    return _svg(floor_ + 34, name, drawn)


def meter(parts: Sequence[Part], whole: float, name: str, goal: float = 0) -> str:
    """Draw a bar that lies in its track, to be stretched to any width.

    The track is `whole` long; `goal`, where there is one, is marked in it.
    """
    drawn = [_rect("track", 0, 0, 1000, 10)]
    x = 0.0
    for part in parts:
        width = 1000 * part.value / whole if whole else 0
        if width:
            drawn.append(_rect(part.tone, x, 0, width, 10))
        x += width
    if goal:
        drawn.append(_rect("goal", 1000 * goal / whole - 2, 0, 4, 10))
    label = escape(name, quote=True)
    return (
        f'<svg class="meter" viewBox="0 0 1000 10" preserveAspectRatio="none" '
        f'role="img" aria-label="{label}"><title>{label}</title>{"".join(drawn)}</svg>'
    )


def band(cells: Sequence[tuple[float, str, str]], name: str) -> str:
    """Draw cells in a row, to be stretched: how wide each is, its tone and its tip."""
    whole = sum(width for width, _, _ in cells)
    drawn = []
    x = 0.0
    for width, tone, tip in cells:
        wide = 1000 * width / whole
        drawn.append(_tipped(_rect(tone, x, 0, wide, 10), tip))
        x += wide
    return (
        f'<svg class="band" viewBox="0 0 1000 10" preserveAspectRatio="none" '
        f'role="img" aria-label="{escape(name, quote=True)}">{"".join(drawn)}</svg>'
    )


def _column(one: Column, x: float, width: float, top: float) -> str:
    """Draw a column, over a place to point at that is as high as the chart."""
    gap = min(2.0, width * 0.2)
    y = float(_FLOOR)
    drawn = [_rect("hit", x, _TOP, width, _FLOOR - _TOP)]
    for part in one.parts:
        height = part.value / top * (_FLOOR - _TOP)
        if height:
            y -= height
            drawn.append(_rect(part.tone, x + gap / 2, y, width - gap, height))
    return _tipped("".join(drawn), one.tip)


def _beside(one: Column, middle: float, top: float) -> Iterator[str]:
    """Yield the words beneath and above a column, which lie over its neighbours."""
    y = _FLOOR - one.total / top * (_FLOOR - _TOP)
    if one.label:
        yield _text("tick", *_within(middle, _FLOOR + 13, one.label))
    if one.mark:
        yield _text("mark", *_within(middle, y - 4, one.mark))


def _within(x: float, y: float, text: str) -> tuple[float, float, str, str]:
    """Place a text about `x`, but not beyond the edges."""
    half = text_width(text) * _CHARACTER / 2
    return min(max(x, half), WIDTH - half), y, text, "middle"


def _scale(step: float, top: float) -> str:
    """Draw the lines that values are read by, up to the top one."""
    drawn = []
    for number in range(1, round(top / step) + 1):
        value = number * step
        y = _FLOOR - value / top * (_FLOOR - _TOP)
        drawn += [_line("grid", _LEFT, y, WIDTH - 4, y)]
        drawn += [_text("tick", _LEFT - 5, y + 3.5, f"{value:,.0f}", "end")]
    return "".join(drawn)


def _along(labels: Sequence[str]) -> list[str]:
    """Spread labels beneath a chart from its beginning to its end."""
    step = _ROOM / max(1, len(labels) - 1)
    places = (_within(_LEFT + at * step, 0, one) for at, one in enumerate(labels))
    return [_text("tick", x, _FLOOR + 13, text, by) for x, _, text, by in places]


def _axis(most: float) -> tuple[float, float]:
    """Return the distance of lines, a round number, and the one not below `most`."""
    rough = max(1.0, most / _TICKS)
    power = 10.0 ** floor(log10(rough))
    step = next(one * power for one in (1, 2, 5, 10) if one * power >= rough * 0.999)
    return step, step * max(1, ceil_of(most / step))


def ceil_of(value: float) -> int:
    """Return the whole number that is not below a value."""
    return -floor(-value)


def _svg(height: int, name: str, drawn: Iterable[str]) -> str:
    label = escape(name, quote=True)
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{label}">{"".join(drawn)}</svg>'
    )


def _tipped(drawn: str, tip: str) -> str:
    return f"<g><title>{escape(tip)}</title>{drawn}</g>"


def _rect(
    tone: str, x: float, y: float, width: float, height: float, round_: float = 0
) -> str:
    corner = f' rx="{_n(round_)}"' if round_ else ""
    size = f'width="{_n(width)}" height="{_n(height)}"'
    return f'<rect class="{tone}" x="{_n(x)}" y="{_n(y)}" {size}{corner}/>'


def _line(kind: str, x: float, y: float, to_x: float, to_y: float) -> str:
    ends = f'x1="{_n(x)}" y1="{_n(y)}" x2="{_n(to_x)}" y2="{_n(to_y)}"'
    return f'<line class="{kind}" {ends}/>'


def _text(kind: str, x: float, y: float, text: str, anchor: str = "start") -> str:
    place = f'x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place}>{escape(text)}</text>'


def _n(value: float) -> str:
    """Return a number as short as drawings need it."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
