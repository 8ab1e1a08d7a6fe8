"""Memories as a sitting needs them: those of today at hand, others when asked for."""

from collections.abc import Callable, Iterator, Mapping

from trainer.cards.card import CardId
from trainer.scheduling.memory import Memory


class Memories(Mapping[CardId, Memory]):
    """What is remembered of each card that was ever answered.

    `wanted` holds the cards that are due or were answered today, which is all that
    lining up today's cards depends on; `others` names the rest, and `fetch` reads
    one of them.
    """

    def __init__(
        self,
        wanted: Mapping[CardId, Memory],
        others: frozenset[CardId],
        fetch: Callable[[CardId], Memory | None],
    ) -> None:
        self.wanted = wanted
        self.others = others
        self._fetch = fetch

    def __getitem__(self, card: CardId) -> Memory:
        if card not in self.others:
            return self.wanted[card]
        memory = self._fetch(card)
        if memory is None:
            raise KeyError(card)
        return memory

    def __iter__(self) -> Iterator[CardId]:
        yield from self.wanted
        yield from self.others

    def __len__(self) -> int:
        return len(self.wanted) + len(self.others)
