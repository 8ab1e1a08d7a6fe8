"""What figures are made of."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from trainer.cards.card import CardId, Kind
from trainer.language.text import Text
from trainer.scheduling.marks import Standing
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
    later. `topics` are in the order of study. `intervals` are those of the cards of
    `active` that are known, counted.
    """

    today: date
    first: date
    settings: Settings
    cards: Mapping[CardId, About]
    memories: Recalled
    standings: Mapping[CardId, Standing]
    daily: Daily
    tallies: Collection[CardTally]
    confused: tuple[Confused, ...] = ()
    sections: tuple[Named, ...] = ()
    topics: tuple[Named, ...] = ()
    seen: Daily = field(init=False)
    known: Recalled = field(init=False)
    active: Recalled = field(init=False)
    away: frozenset[CardId] = field(init=False)
    intervals: Counter[int] = field(init=False)

    def __post_init__(self) -> None:
        """See once what most figures look at."""
        standings = self.standings.items()
        suspended = {card for card, one in standings if one.suspended}
        away = frozenset(suspended.intersection(self.cards) if suspended else ())
        known = self.memories.among(self.cards)
        active = known.without(away) if away else known
        object.__setattr__(self, "seen", self.daily.within(self.first, self.today))
        object.__setattr__(self, "known", known)
        object.__setattr__(self, "active", active)
        object.__setattr__(self, "away", away)
        object.__setattr__(self, "intervals", active.intervals(learning=False))

    @property
    def unseen(self) -> int:
        """How many cards were never answered, suspended ones aside."""
        return len(self.cards) - len(self.away) - len(self.active.card)

    def in_order(self, chosen: Collection[CardId]) -> tuple[CardId, ...]:
        """Return those of some cards that decks have, in their order."""
        return tuple(card for card in self.cards if card in chosen) if chosen else ()

    def at_risk(self, cards: Recalled) -> list[bool]:
        """Tell of each card whether recall has fallen below the retention wanted."""
        goal, goal_of = self.settings.desired_retention, self.settings.retention_of
        if not self.settings.deck_retention:
            return [recall < goal for recall in cards.recall]
        found = zip(cards.recall, cards.card, strict=True)
        return [recall < goal_of(card) for recall, card in found]
