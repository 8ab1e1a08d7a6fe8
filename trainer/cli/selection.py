"""Which cards a command is about: by topic, tag and kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainer.cards.card import Card, CardId, Kind
from trainer.cli.mistakes import UnknownError, UsageError
from trainer.cli.world import known_topics
from trainer.storage.library import Library


@dataclass(frozen=True, slots=True)
class Selection:
    """What cards are wanted; an empty list leaves all."""

    topics: Sequence[str] = ()
    tags: Sequence[str] = ()
    kinds: Sequence[Kind] = ()

    def cards(self, library: Library) -> list[CardId]:
        """Return the cards in the order of study.

        Raises where a topic or tag is unknown, or nothing fits.
        """
        names = known_topics(list(self.topics), library)
        every = [card for name in names for card in library.topics[name].cards]
        if not self.tags and not self.kinds:
            return every
        chosen = list(self._fitting(every, library))
        if not chosen:
            raise UsageError("nothing-selected")
        return chosen

    def _fitting(self, every: list[CardId], library: Library) -> Iterator[CardId]:
        cards = [library[card] for card in every]
        known = {tag for card in cards for tag in card.tags}
        for tag in self.tags:
            if tag not in known:
                raise UnknownError("tag", tag, sorted(known))
        return (card.id for card in cards if self._fits(card))

    def _fits(self, card: Card) -> bool:
        has_tag = not self.tags or not set(self.tags).isdisjoint(card.tags)
        return has_tag and (not self.kinds or card.kind in self.kinds)
