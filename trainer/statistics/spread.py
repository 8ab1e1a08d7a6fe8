"""How cards spread over a quantity: intervals, stability, difficulty, recall."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bin:
    """How many cards lie from `low` up to, not including, `high`."""

    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How many cards lie where. All bins are there, the empty ones, too."""

    cards: int
    mean: float | None
    median: float | None
    bins: tuple[Bin, ...]
