"""What is remembered of cards now, in columns of plain numbers: there may be many."""

from collections.abc import Collection, Iterable, Sequence
from itertools import compress
from typing import Any, NamedTuple

from trainer.cards.card import CardId


class Recalled(NamedTuple):
    """Cards that were answered, as they are today; each field is a column of them all.

    `interval` counts the study days from a card's last answer to the day it is due,
    `ahead` those from today; `recall` is the probability that it is recalled today.
    """

    card: Sequence[CardId] = ()
    is_learning: Sequence[bool] = ()
    stability: Sequence[float] = ()
    difficulty: Sequence[float] = ()
    interval: Sequence[int] = ()
    ahead: Sequence[int] = ()
    lapses: Sequence[int] = ()
    recall: Sequence[float] = ()

    def among(self, cards: Collection[CardId]) -> "Recalled":
        """Return those that are among some cards."""
        return self._where([card in cards for card in self.card])

    def without(self, cards: Collection[CardId]) -> "Recalled":
        """Return those that are not among some cards."""
        return self._where([card not in cards for card in self.card])

    def settled(self) -> list[int]:
        """Return the intervals of those that are no longer being learned."""
        found = zip(self.interval, self.is_learning, strict=True)
        return [interval for interval, is_learning in found if not is_learning]

    def _where(self, chosen: Sequence[bool]) -> "Recalled":
        if all(chosen):
            return self
        columns: Iterable[Sequence[Any]] = self
        return Recalled._make(tuple(compress(one, chosen)) for one in columns)
