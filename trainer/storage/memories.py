"""Memories as a sitting needs them: read when they are asked for."""

from collections.abc import Callable

from trainer.cards.card import CardId
from trainer.scheduling.memory import Memory


class Memories:
    """What is remembered of cards, one read at a time.

    `fetch` reads one memory as it is, as answers to a card that was new may have been
    imported since the sitting began.
    """

    def __init__(self, fetch: Callable[[CardId], Memory | None]) -> None:
        self._fetch = fetch
        self._last: tuple[CardId, Memory | None] | None = None

    def get(self, card: CardId, /) -> Memory | None:
        """Read a memory, but once for a card that is asked, judged and rated."""
        if self._last is None or self._last[0] != card:
            self._last = card, self._fetch(card)
        return self._last[1]
