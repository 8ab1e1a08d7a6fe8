"""What figures are made of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from trainer.cards.card import CardId, Kind
from trainer.language.text import Text
from trainer.scheduling.leeches import is_leech
from trainer.scheduling.marks import ORDINARY, Standing
from trainer.scheduling.memory import Memory, retrievability
from trainer.scheduling.settings import Settings
from trainer.statistics.confused import Confused
from trainer.statistics.daily import Daily
from trainer.statistics.tallies import CardTally


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a card beside its content.

    `section` is the slug of the notes it cites, or empty. `command` is the command of
    its answer; it is only needed of cards that were answered wrongly, and may be empty.
    """

    kind: Kind
    section: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A section of the notes, or a topic, and what it is called.

    `facts` and `cited` count its lines that tell something, and those of them that a
    card cites, where the notes themselves are at hand.
    """

    name: str
    title: Text
    facts: int | None = None
    cited: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that figures are made of, of the cards that they are about.

    `cards` are those that decks have. Memories, standings and tallies of others do no
    harm; `daily` may tell of cards that are gone. `first` is the first study day that
    is looked at, `cards` and forecasts aside; tallies and what is confused may begin
    later. `topics` are in the order of study.
    """

    today: date
    first: date
    settings: Settings
    cards: Mapping[CardId, About]
    memories: Mapping[CardId, Memory]
    standings: Mapping[CardId, Standing]
    daily: Daily
    tallies: Collection[CardTally]
    confused: tuple[Confused, ...] = ()
    sections: tuple[Named, ...] = ()
    topics: tuple[Named, ...] = ()

    @property
    def seen(self) -> Daily:
        """The log by day, from the first day looked at until today."""
        return self.daily.within(self.first, self.today)

    def standing(self, card: CardId) -> Standing:
        """Return where a card stands by its marks."""
        return self.standings.get(card, ORDINARY)

    def known(self) -> dict[CardId, Memory]:
        """Return what is remembered of the cards that were answered, in order."""
        memories = self.memories
        return {card: memories[card] for card in self.cards if card in memories}

    def active(self) -> dict[CardId, Memory]:
        """Return the same without those that are suspended."""
        known = self.known().items()
        return {card: one for card, one in known if not self.standing(card).suspended}

    def recall(self, memory: Memory) -> float:
        """Return the probability that a card is recalled today."""
        return retrievability(memory, self.today, self.settings)

    def is_at_risk(self, card: CardId, recall: float) -> bool:
        """Whether recall has fallen below the retention wanted."""
        return recall < self.settings.retention_of(card)

    def is_leech(self, memory: Memory) -> bool:
        """Whether a card is forgotten again and again."""
        return is_leech(memory, self.settings)
