"""Plots of characters: points between axes, and columns over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.terminal.table import columns

Point = tuple[float, float, str]
"""Where a point lies, and the label at its right."""


@dataclass(frozen=True, slots=True)
class Pen:
    """The characters that a plot is drawn with; `levels` fill a column from below."""

    point: str
    upright: str
    corner: str
    across: str
    levels: str


UNICODE = Pen("●", "│", "└", "─", " ▁▂▃▄▅▆▇█")
ASCII = Pen("o", "|", "+", "-", " .:#")


def points_plot(
    points: Sequence[Point], width: int, height: int, pen: Pen
) -> list[str]:
    """Return points between axes as lines; both axes begin at the least value."""
    left, right = _span([x for x, _, _ in points])
    low, high = _span([y for _, y, _ in points])
    names = (f"{high:.0f}", f"{low:.0f}")
    margin = max(map(len, names))
    room = width - margin - 2 - max(columns(label) for *_, label in points)
    cells: list[dict[int, str]] = [{} for _ in range(height)]
    for x, y, label in sorted(points, reverse=True):
        row = height - 1 - round((y - low) / (high - low) * (height - 1))
        column = round((x - left) / (right - left) * (room - 1))
        _write(cells[row], column, pen.point + label)
    lines = [
        f"{names[0] if not row else '':>{margin}} {pen.upright}{_joined(cell)}"
        for row, cell in enumerate(cells)
    ]
    ends = f"{left:.1f}", f"{right:.1f}"
    blanks = " " * (room - len(ends[0]) - len(ends[1]))
    return [
        *lines,
        f"{names[1]:>{margin}} {pen.corner}{pen.across * room}",
        f"{'':>{margin}}  {ends[0]}{blanks}{ends[1]}",
    ]


def columns_plot(
    values: Sequence[float], width: int, height: int, pen: Pen
) -> list[str]:
    """Return columns from 0 up as lines; where room is short neighbours share one."""
    room = width - len(f"{max(values):.1f}") - 2
    averages = _averages(values, room)
    most = max(*averages, 0.1)
    name = f"{most:.1f}"
    full = height * (len(pen.levels) - 1)
    heights = [round(one / most * full) for one in averages]
    lines = []
    for row in reversed(range(height)):
        drawn = "".join(_level(one, row, pen.levels) for one in heights)
        head = name if row == height - 1 else ""
        lines.append(f"{head:>{len(name)}} {pen.upright}{drawn}".rstrip())
    return [*lines, f"{0:>{len(name)}} {pen.corner}{pen.across * len(heights)}"]


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    return (low, high) if low < high else (low - 1, high + 1)


def _write(cell: dict[int, str], column: int, text: str) -> None:
    """Write a point, and its label if there is room before the next point."""
    taken = [other for other in cell if other >= column]
    free = min(taken, default=column + len(text)) - column
    for offset, char in enumerate(text if free >= len(text) else text[:1]):
        cell[column + offset] = char


def _joined(cell: dict[int, str]) -> str:
    return "".join(cell.get(at, " ") for at in range(max(cell, default=-1) + 1))


def _averages(values: Sequence[float], room: int) -> list[float]:
    size = -(-len(values) // room)
    parts = (values[at : at + size] for at in range(0, len(values), size))
    return [sum(part) / len(part) for part in parts]


def _level(height: int, row: int, levels: str) -> str:
    full = len(levels) - 1
    return levels[min(max(height - row * full, 0), full)]
