"""Which cards a command is about: by topic, tag, kind and section of the notes."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from trainer.cards.card import Card, CardId, Kind
from trainer.cli.mistakes import UnknownError, UsageError
from trainer.cli.world import known_topics
from trainer.storage.library import Library


class Selection(NamedTuple):
    """What cards are wanted; an empty list leaves all."""

    topics: Sequence[str] = ()
    tags: Sequence[str] = ()
    kinds: Sequence[Kind] = ()
    sections: Sequence[str] = ()

    @property
    def is_everything(self) -> bool:
        """Whether it leaves all cards there are."""
        return not (self.topics or self.tags or self.kinds or self.sections)

    def cards(self, library: Library) -> list[CardId]:
        """Return the cards in the order of study.

        Raises where a topic, tag or section is unknown, or nothing fits.
        """
        names = known_topics(list(self.topics), library)
        topics = (library.topics[name] for name in names)
        every = [*chain.from_iterable(topic.cards for topic in topics)]
        if not (self.tags or self.kinds or self.sections):
            return every
        chosen = list(self._fitting(every, library))
        if not chosen:
            raise UsageError("nothing-selected")
        return chosen

    def _fitting(self, every: list[CardId], library: Library) -> Iterator[CardId]:
        cards = [library[card] for card in every]
        _check("tag", self.tags, {tag for card in cards for tag in card.tags})
        cited = {card.source.section for card in cards if card.source}
        _check("section", self.sections, cited)
        return (card.id for card in cards if self._fits(card))

    def _fits(self, card: Card) -> bool:
        section = card.source.section if card.source else None
        return (
            (not self.tags or not set(self.tags).isdisjoint(card.tags))
            and (not self.kinds or card.kind in self.kinds)
            and (not self.sections or section in self.sections)
        )


def selected(
    topics: list[str] | None,
    tags: list[str] | None,
    kinds: list[Kind] | None,
    sections: list[str] | None = None,
) -> Selection:
    """Return what a command line selects; what it does not name is nothing."""
    return Selection(topics or (), tags or (), kinds or (), sections or ())


def _check(what: str, names: Sequence[str], known: set[str]) -> None:
    for name in names:
        if name not in known:
            raise UnknownError(what, name, sorted(known))
