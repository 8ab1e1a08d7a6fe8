"""Spreading intervals without chance.

Cards learned together would come back together for ever. As in Anki and py-fsrs,
intervals of some days are moved a little within a range; here by what card and
repetition are, so that the same log gives the same days everywhere.
"""

from functools import cache

from trainer.cards.card import CardId
from trainer.language.digest import digest

LEAST_MOVED = 2.5
"""Shorter intervals, in days, are not moved."""

_LEAST = 2
_BANDS = ((LEAST_MOVED, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
"""From and to how many days, and the share of them by which an interval may move."""

_DIGITS = 64


@cache
def spread_range(interval: int, longest: int) -> tuple[int, int]:
    """Return the least and the most days to which an interval in days may be moved.

    One day and the shares of all bands it reaches into; the same range as py-fsrs's.
    """
    if interval < LEAST_MOVED:
        return interval, interval
    delta = 1.0 + sum(
        share * max(0.0, min(interval, end) - start) for start, end, share in _BANDS
    )
    most = min(round(interval + delta), longest)
    return min(max(_LEAST, round(interval - delta)), most), most


def spread(interval: int, longest: int, card: CardId, repetition: int) -> int:
    """Return the days to which a card's interval is moved after so many repetitions.

    It depends on the rating only through the interval, so a longer interval never
    comes out shorter.
    """
    least, most = spread_range(interval, longest)
    drawn = digest(f"{card} {repetition}")
    share = int.from_bytes(drawn[: _DIGITS // 8])
    return least + (share * (most - least + 1) >> _DIGITS)
