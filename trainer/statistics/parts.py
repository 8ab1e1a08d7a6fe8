"""The map of what is to be learned: section by section of the notes, and by topic."""

from collections.abc import Iterable
from dataclasses import dataclass

from trainer.cards.card import CardId
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
    citing: dict[str, list[CardId]] = {}
    of_topic: dict[str, list[CardId]] = {}
    for card, about in evidence.cards.items():
        citing.setdefault(about.section, []).append(card)
        of_topic.setdefault(card.partition("/")[0], []).append(card)
    sections = tuple(
        _part(one, citing.pop(one.name, ()), evidence) for one in evidence.sections
    )
    others = [card for cards in citing.values() for card in cards]
    elsewhere = _part(Named("", Text.same("")), others, evidence) if others else None
    topics = (
        _part(one, of_topic.get(one.name, ()), evidence) for one in evidence.topics
    )
    return Map(
        sections=sections,
        elsewhere=elsewhere,
        topics=tuple(topics),
        never=tuple(one.name for one in sections if one.cards and not one.studied),
        bare=tuple(one.name for one in sections if not one.cards),
    )


def _part(named: Named, cards: Iterable[CardId], evidence: Evidence) -> Part:
    own = list(cards)
    memories = evidence.memories
    recalls = {card: memories[card].recall for card in own if card in memories}
    return Part(
        name=named.name,
        title=named.title,
        cards=len(own),
        studied=len(recalls),
        known=sum(recalls.values()),
        at_risk=sum(evidence.is_at_risk(*one) for one in recalls.items()),
        facts=named.facts,
        cited=named.cited,
    )
