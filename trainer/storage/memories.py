"""Memories as a sitting needs them: when each card is due, and the rest when asked."""

from collections.abc import Callable, Iterator, Mapping

from trainer.cards.card import CardId
from trainer.scheduling.memory import Memory
from trainer.scheduling.queue import Known


class Memories(Mapping[CardId, Memory]):
    """What is remembered of cards, read when it is asked for.

    `known` says which cards were ever answered as the sitting began, and when those are
    due that matter today; `fetch` reads one memory as it is, as answers to a card that
    was new may have been imported since.
    """

    def __init__(
        self,
        known: Known,
        fetch: Callable[[CardId], Memory | None],
    ) -> None:
        self.known = known
        self._fetch = fetch
        self._last: tuple[CardId, Memory | None] | None = None

    def __getitem__(self, card: CardId) -> Memory:
        memory = self._fetched(card)
        if memory is None:
            raise KeyError(card)
        return memory

    def _names(self) -> set[CardId]:
        known = self.known
        return {*known.dated, *known.waiting, *known.others}

    def _fetched(self, card: CardId) -> Memory | None:
        """Read a memory, but once for a card that is asked, judged and rated."""
        if self._last is None or self._last[0] != card:
            self._last = card, self._fetch(card)
        return self._last[1]

    def __iter__(self) -> Iterator[CardId]:
        return iter(self._names())

    def __len__(self) -> int:
        return len(self._names())
