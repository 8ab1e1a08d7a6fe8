"""How many trials: a few in the ordinary tests, all of them in `make faults`.

`TRAINER_FAULTS` is the share of all: 1 is what `make faults` runs, 0.1 a tenth.
"""

import os

SHARE = float(os.environ.get("TRAINER_FAULTS", "0"))
PARTS = 4 if SHARE else 1
"""Into how many tests trials are divided, so that all processors have work."""


def trials(every: int, few: int, parts: int = 1) -> int:
    """Return how many trials a part makes, of all there are or in a short form."""
    return max(few, round(every * SHARE) // parts) if SHARE else few


def points(found: int, few: int) -> range:
    """Return the points to try of those found, counted from 1."""
    step = max(1, round(1 / SHARE if SHARE else found / few))
    return range((step + 1) // 2, found + 1, step)
