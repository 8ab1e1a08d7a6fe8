"""Memories as a sitting needs them: when each card is due, and the rest when asked."""

from collections.abc import Callable, Iterator, Mapping

from trainer.cards.card import CardId
from trainer.scheduling.memory import Memory
from trainer.scheduling.queue import Dated


class Memories(Mapping[CardId, Memory]):
    """What is remembered of each card that was ever answered.

    `dated` says when those are due that matter today, and `LATER` of the others;
    `fetch` reads one memory.
    """

    def __init__(
        self,
        dated: Mapping[CardId, Dated],
        fetch: Callable[[CardId], Memory | None],
    ) -> None:
        self.dated = dated
        self._fetch = fetch
        self._last: tuple[CardId, Memory | None] | None = None

    def __getitem__(self, card: CardId) -> Memory:
        memory = self._fetched(card) if card in self.dated else None
        if memory is None:
            raise KeyError(card)
        return memory

    def _fetched(self, card: CardId) -> Memory | None:
        """Read a memory, but once for a card that is asked, judged and rated."""
        if self._last is None or self._last[0] != card:
            self._last = card, self._fetch(card)
        return self._last[1]

    def __iter__(self) -> Iterator[CardId]:
        return iter(self.dated)

    def __len__(self) -> int:
        return len(self.dated)
