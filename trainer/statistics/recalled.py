"""What is remembered of cards now, in columns of plain numbers: there may be many."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from itertools import compress
from operator import sub
from typing import Any, NamedTuple

from trainer.cards.card import CardId


class Step(NamedTuple):
    """A card in a step of learning or relearning, and the days from it to the next."""

    card: CardId
    interval: int


class Lapsed(NamedTuple):
    """A card that was forgotten often enough for a leech, and its interval."""

    card: CardId
    lapses: int
    interval: int


class Recalled(NamedTuple):
    """Cards that were answered, as they are today; each field is a column of them all.

    `due` and `last` are study days by their ordinals: when a card is due, and when it
    was answered last. `recall` is the probability that it is recalled today. `steps`
    and `lapsed` tell of few cards, and of these alone.
    """

    card: Sequence[CardId] = ()
    stability: Sequence[float] = ()
    difficulty: Sequence[float] = ()
    due: Sequence[int] = ()
    last: Sequence[int] = ()
    recall: Sequence[float] = ()
    steps: Sequence[Step] = ()
    lapsed: Sequence[Lapsed] = ()

    def among(self, cards: Collection[CardId]) -> "Recalled":
        """Return those that are among some cards."""
        if all(map(cards.__contains__, self.card)):
            return self
        return self._where(lambda card: card in cards)

    def without(self, cards: Collection[CardId]) -> "Recalled":
        """Return those that are not among some cards."""
        return self._where(lambda card: card not in cards)

    def intervals(self, *, learning: bool) -> Counter[int]:
        """Count the days from last answers to when cards are due: learned, or not."""
        steps = Counter(one.interval for one in self.steps)
        return steps if learning else Counter(map(sub, self.due, self.last)) - steps

    def _where(self, is_wanted: Callable[[CardId], bool]) -> "Recalled":
        columns: Sequence[Sequence[Any]] = self[:-2]
        chosen = [is_wanted(card) for card in self.card]
        return Recalled._make(
            [
                *(tuple(compress(one, chosen)) for one in columns),
                [one for one in self.steps if is_wanted(one.card)],
                [one for one in self.lapsed if is_wanted(one.card)],
            ]
        )
