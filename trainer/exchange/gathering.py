"""Cards from elsewhere, gathered into decks as they come."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trainer.cards.shapes import Json
from trainer.exchange.imported import Given, Imported, ImportedDeck
from trainer.exchange.stable_ids import StableIds, deck_id
from trainer.exchange.tidy import tidied

LONGEST_TITLE = 120


@dataclass(slots=True)
class _Gathered:
    title: Json
    cards: list[dict[str, Json]] = field(default_factory=list)
    ids: StableIds = field(default_factory=StableIds)
    seen: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Gathering:
    """The decks of one file, by the names that the file has for them."""

    given: Given
    skipped: dict[str, int] = field(default_factory=dict)
    _decks: dict[str, _Gathered] = field(default_factory=dict)

    def add(self, fields: Mapping[str, Json], deck: str = "", guid: str = "") -> None:
        """Take a card in; what it is known by is its guid, or else its question."""
        name = "" if self.given.deck_is_chosen else deck[:LONGEST_TITLE].strip()
        known = deck_id(name) if name else self.given.deck
        gathered = self._decks.setdefault(known, _Gathered(name or self.given.title))
        ids = gathered.ids
        key = guid or str(fields["ask"])
        id_ = ids.of_guid(guid) if guid else ids.of_text(key)
        if key in gathered.seen and guid:
            self.skip("twice")
            return
        gathered.seen.add(key)
        gathered.cards.append({"id": id_, "kind": "concept", **fields})

    def add_sides(
        self, front: str, back: str, more: Mapping[str, Json], deck: str, guid: str
    ) -> None:
        """Take in a card of two sides, unless one of them is empty."""
        front, back = tidied(front).strip(), tidied(back).strip()
        if front and back:
            self.add({"ask": front, "answer": back, **more}, deck, guid)
        else:
            self.skip("no-question")

    def skip(self, why: str, count: int = 1) -> None:
        """Count what had to be left out."""
        self.skipped[why] = self.skipped.get(why, 0) + count

    def imported(self) -> Imported:
        """Return what was gathered."""
        decks = [
            ImportedDeck(name, one.title, one.cards)
            for name, one in self._decks.items()
        ]
        return Imported(decks, skipped=self.skipped)
