"""FSRS's parameters as the log keeps them: each time they were fitted is a row."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from trainer.language.digest import digest
from trainer.scheduling.defaults import parameters_text
from trainer.scheduling.review import Stamp


class Basis(NamedTuple):
    """What parameters were fitted on: so many reviews of cards, within some days."""

    reviews: int
    cards: int
    first_day: date
    last_day: date


class Fit(NamedTuple):
    """Parameters from an instant on, until the next ones.

    Those without a basis are the defaults, gone back to.
    """

    id: str
    stamp: Stamp
    at: datetime
    parameters: tuple[float, ...]
    basis: Basis | None


def make_fit(
    stamp: Stamp, at: datetime, parameters: Sequence[float], basis: Basis | None
) -> Fit:
    """Make a fit with its id, so that writing it twice adds nothing."""
    chosen = tuple(parameters)
    text = f"{stamp.device}\n{stamp.seq}\n{at.isoformat()}\n{parameters_text(chosen)}"
    return Fit(digest(text).hex()[:20], stamp, at, chosen, basis)
