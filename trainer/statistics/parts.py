"""The map of what is to be learned: section by section of the notes, and by topic."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from math import fsum

from trainer.cards.card import deck_of
from trainer.language.text import Text
from trainer.statistics.evidence import Evidence, Named


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the notes, or a topic, and how well its cards are known.

    `recall` is the mean probability of recall now of the cards ever answered, `known`
    its sum; `at_risk` counts those of them whose recall is below the retention wanted.
    `name` is the section's slug or the topic's id. A section may have no card. `facts`
    counts its lines of the notes that tell something, `cited` those that cards cite,
    where the notes are at hand.
    """

    name: str
    title: Text
    cards: int
    studied: int
    known: float
    at_risk: int
    facts: int | None = None
    cited: int | None = None

    @property
    def recall(self) -> float | None:
        """The mean probability of recall of what was studied."""
        return self.known / self.studied if self.studied else None

    @property
    def share(self) -> float | None:
        """The share of all its cards that would be recalled now."""
        return self.known / self.cards if self.cards else None


@dataclass(frozen=True, slots=True)
class Map:
    """The notes by section, in their order; what cites no section; and the topics.

    `never` names the sections that have cards of which none was ever answered, `bare`
    those that have no card at all.
    """

    sections: tuple[Part, ...]
    elsewhere: Part | None
    topics: tuple[Part, ...]
    never: tuple[str, ...]
    bare: tuple[str, ...]


def map_of_notes(evidence: Evidence) -> Map:
    """Say section by section and topic by topic how well cards are known."""
    cards, known = evidence.cards, evidence.known.card
    citing = _Held(
        (about.section for about in cards.values()),
        [cards[card].section for card in known],
        evidence,
    )
    names = {one.name for one in evidence.sections}
    sections = tuple(citing.part(one, [one.name]) for one in evidence.sections)
    elsewhere = citing.part(Named("", Text.same("")), citing.places - names)
    return Map(
        sections=sections,
        elsewhere=elsewhere if elsewhere.cards else None,
        topics=topics(evidence),
        never=tuple(one.name for one in sections if one.cards and not one.studied),
        bare=tuple(one.name for one in sections if not one.cards),
    )


def topics(evidence: Evidence) -> tuple[Part, ...]:
    """Say topic by topic how well cards are known."""
    held = _Held(
        map(deck_of, evidence.cards),
        list(map(deck_of, evidence.known.card)),
        evidence,
    )
    return tuple(held.part(one, [one.name]) for one in evidence.topics)


class _Held:
    """What is known of cards by where they belong: all cards, and the known ones."""

    __slots__ = ("_at_risk", "_cards", "_recalls")

    def __init__(
        self, every: Iterable[str], known: Sequence[str], evidence: Evidence
    ) -> None:
        self._cards = Counter(every)
        self._at_risk = Counter(compress(known, evidence.at_risk(evidence.known)))
        self._recalls: dict[str, list[float]] = {place: [] for place in self._cards}
        for place, recall in zip(known, evidence.known.recall, strict=True):
            self._recalls[place].append(recall)

    @property
    def places(self) -> set[str]:
        """Where any cards belong."""
        return set(self._cards)

    def part(self, named: Named, places: Collection[str]) -> Part:
        """Return what belongs to some places, under a name."""
        recalls = [self._recalls.get(place, ()) for place in places]
        return Part(
            name=named.name,
            title=named.title,
            cards=sum(self._cards[place] for place in places),
            studied=sum(map(len, recalls)),
            known=fsum(chain.from_iterable(recalls)),
            at_risk=sum(self._at_risk[place] for place in places),
            facts=named.facts,
            cited=named.cited,
        )
