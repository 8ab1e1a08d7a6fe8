"""The rows of Anki's tables, as far as they are ours to write or read."""

from typing import NamedTuple


class CardRow(NamedTuple):
    """A row of `cards`.

    `due` is an instant in seconds while `queue` is 1, else a day since the collection
    was made, and the place in line of a new card. `ivl` is in days.
    """

    id: int
    nid: int
    did: int
    ord: int
    mod: int
    usn: int
    type: int
    queue: int
    due: int
    ivl: int
    factor: int
    reps: int
    lapses: int
    left: int
    odue: int
    odid: int
    flags: int
    data: str


class RevlogRow(NamedTuple):
    """A row of `revlog`: an answer at the instant `id`, in milliseconds.

    `ivl` and `lastIvl` are days, or seconds below zero; `factor` is, with FSRS, the
    difficulty from 100 to 1100, and 0 where the answer left the schedule alone.
    """

    id: int
    cid: int
    usn: int
    ease: int
    ivl: int
    last_ivl: int
    factor: int
    time: int
    type: int


LEARN, REVIEW, RELEARN, FILTERED, MANUAL = range(5)
"""The values of `type` in `revlog`."""

NEW, LEARNING, REVIEWING, RELEARNING = range(4)
"""The values of `type` in `cards`."""

QUEUE_BURIED, QUEUE_SUSPENDED, QUEUE_DAYS = -3, -1, 3
"""Values of `queue`, which are else those of the type."""

UNSENT = -1
"""The `usn` of what has not been to a server."""
