"""Bars, sparklines and shades: figures that are read without colour."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ink:
    """The characters to draw with.

    `parts` are the parts of a block from the least on; `levels` fill a column from
    below; `shades` go from nothing to most.
    """

    block: str
    parts: str
    levels: str
    shades: str


UNICODE = Ink("█", "▏▎▍▌▋▊▉", "▁▂▃▄▅▆▇█", "·▂▄▆█")
ASCII = Ink("#", "", ".:-=+*#", ".-=*#")


def ink_for(*, ascii_only: bool) -> Ink:
    """Return the characters to draw with."""
    return ASCII if ascii_only else UNICODE


def bar(value: float, most: float, room: int, ink: Ink) -> str:
    """Draw a bar; what is not nothing is always seen."""
    if value <= 0 or most <= 0:
        return ""
    steps = len(ink.parts) + 1
    eighths = max(1, round(min(value / most, 1) * room * steps))
    full, rest = divmod(eighths, steps)
    return ink.block * full + (ink.parts[rest - 1] if rest else "")


def sparkline(values: Sequence[float], room: int, ink: Ink) -> str:
    """Draw values from 0 up as one line; where room is short neighbours share one."""
    size = max(1, -(-len(values) // room))
    parts = [values[at : at + size] for at in range(0, len(values), size)]
    means = [sum(part) / len(part) for part in parts]
    most = max(means, default=0)
    last = len(ink.levels) - 1
    return "".join(ink.levels[_step(one, most, last)] for one in means)


def shade(value: float, most: float, ink: Ink) -> str:
    """Return the shade of a value; what is not nothing is never the lightest."""
    if value <= 0:
        return ink.shades[0]
    return ink.shades[max(1, _step(value, most, len(ink.shades) - 1))]


def _step(value: float, most: float, last: int) -> int:
    return min(last, round(value / most * last)) if most > 0 else 0
