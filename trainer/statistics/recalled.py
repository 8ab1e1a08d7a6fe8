"""What is remembered of cards now, in columns of plain numbers: there may be many."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import compress
from operator import not_, sub
from typing import Any, NamedTuple

from trainer.cards.card import CardId


class Recalled(NamedTuple):
    """Cards that were answered, as they are today; each field is a column of them all.

    `due` and `last` are study days by their ordinals: when a card is due, and when it
    was answered last. `recall` is the probability that it is recalled today.
    """

    card: Sequence[CardId] = ()
    is_learning: Sequence[bool] = ()
    stability: Sequence[float] = ()
    difficulty: Sequence[float] = ()
    due: Sequence[int] = ()
    last: Sequence[int] = ()
    lapses: Sequence[int] = ()
    recall: Sequence[float] = ()

    def among(self, cards: Collection[CardId]) -> "Recalled":
        """Return those that are among some cards."""
        if all(map(cards.__contains__, self.card)):
            return self
        return self._where([card in cards for card in self.card])

    def without(self, cards: Collection[CardId]) -> "Recalled":
        """Return those that are not among some cards."""
        return self._where([card not in cards for card in self.card])

    def intervals(self, *, learning: bool) -> Counter[int]:
        """Count the days from last answers to when cards are due: learned, or not."""
        chosen = self.is_learning if learning else map(not_, self.is_learning)
        return Counter(compress(map(sub, self.due, self.last), chosen))

    def _where(self, chosen: Sequence[bool]) -> "Recalled":
        columns: Iterable[Sequence[Any]] = self
        return Recalled._make(tuple(compress(one, chosen)) for one in columns)
