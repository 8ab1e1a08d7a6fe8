"""The map of what is to be learned: section by section of the notes, and by topic."""

from dataclasses import dataclass

from trainer.language.text import Text


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the notes, or a topic, and how well its cards are known.

    `recall` is the mean probability of recall now of the cards ever answered, `known`
    its sum; `at_risk` counts those of them whose recall is below the retention wanted.
    `name` is the section's slug or the topic's id. A section may have no card.
    """

    name: str
    title: Text
    cards: int
    studied: int
    known: float
    at_risk: int

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
