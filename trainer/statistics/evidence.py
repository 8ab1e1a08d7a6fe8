"""What figures are made of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from trainer.cards.card import CardId, Kind
from trainer.language.text import Text
from trainer.scheduling.leeches import is_leech_by
from trainer.scheduling.marks import ORDINARY, Standing
from trainer.scheduling.settings import Settings
from trainer.statistics.confused import Confused
from trainer.statistics.daily import Daily
from trainer.statistics.recalled import Recalled
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
    memories: Mapping[CardId, Recalled]
    standings: Mapping[CardId, Standing]
    daily: Daily
    tallies: Collection[CardTally]
    confused: tuple[Confused, ...] = ()
    sections: tuple[Named, ...] = ()
    topics: tuple[Named, ...] = ()
    seen: Daily = field(init=False)
    known: Mapping[CardId, Recalled] = field(init=False)
    active: Mapping[CardId, Recalled] = field(init=False)

    def __post_init__(self) -> None:
        """See once what most figures look at."""
        memories = self.memories
        known = {card: memories[card] for card in self.cards if card in memories}
        active = dict(known)
        for card, standing in self.standings.items():
            if standing.suspended:
                active.pop(card, None)
        object.__setattr__(self, "seen", self.daily.within(self.first, self.today))
        object.__setattr__(self, "known", known)
        object.__setattr__(self, "active", active)

    def standing(self, card: CardId) -> Standing:
        """Return where a card stands by its marks."""
        return self.standings.get(card, ORDINARY)

    def is_at_risk(self, card: CardId, recall: float) -> bool:
        """Whether recall has fallen below the retention wanted."""
        return recall < self.settings.retention_of(card)

    def is_leech(self, card: Recalled) -> bool:
        """Whether a card is forgotten again and again."""
        return is_leech_by(card.lapses, card.interval, self.settings)
