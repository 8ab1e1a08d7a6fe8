"""How many trials: a few in the ordinary tests, all of them in `make faults`.

`TRAINER_FAULTS` is the share of all: 1 is what `make faults` runs, 0.1 a tenth.
"""

import os

SHARE = float(os.environ.get("TRAINER_FAULTS", "0"))
PARTS = 4 if SHARE else 1
"""Into how many tests trials are divided, so that all processors have work."""


def trials(every: int, few: int) -> int:
    """Return how many trials each part makes, of all there are and of a short form."""
    return max(few, round(every * SHARE) // PARTS) if SHARE else few


def points(found: int, few: int) -> range:
    """Return the points to try of those found, counted from 1."""
    step = 1 / SHARE if SHARE else found / few
    return range(1, found + 1, max(1, round(step)))
