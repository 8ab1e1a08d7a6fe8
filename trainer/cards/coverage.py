"""How far cards cover the notes that they cite."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from trainer.cards.card import Card, CardId, Source
from trainer.cards.markdown import Notes
from trainer.cards.outline import Located, Outline, Section, locate

_WHOLE = 1000  # tenths of a percent


class Reason(StrEnum):
    """Why a card's citation should be looked at."""

    UNKNOWN = "unknown"  # the outline has no such section
    GONE = "gone"  # the notes no longer have it
    CHANGED = "changed"  # it was changed since the outline was made
    OUTSIDE = "outside"  # the lines lie outside of it


@dataclass(frozen=True, slots=True)
class Check:
    """A card whose citation should be looked at."""

    card: CardId
    source: Source
    reason: Reason


@dataclass(frozen=True, slots=True)
class SectionCoverage:
    """One section: its cards, its lines with facts, and those that a card cites.

    Lines are counted in the notes as they are now; `located` is missing where the
    section is gone.
    """

    section: Section
    located: Located | None
    cards: tuple[CardId, ...]
    facts: tuple[int, ...]
    cited: frozenset[int]

    @property
    def uncited(self) -> tuple[int, ...]:
        """The lines with facts that no card cites."""
        return tuple(line for line in self.facts if line not in self.cited)


@dataclass(frozen=True, slots=True)
class Coverage:
    """All sections, the facts outside of them, and the cards to look at."""

    sections: tuple[SectionCoverage, ...]
    outside: tuple[int, ...]
    checks: tuple[Check, ...]

    @property
    def facts(self) -> int:
        """How many lines have facts, those outside of all sections included."""
        return sum(len(one.facts) for one in self.sections) + len(self.outside)

    @property
    def cited(self) -> int:
        """How many lines with facts a card cites."""
        return sum(len(one.cited) for one in self.sections)

    @property
    def percent(self) -> float:
        """The share of lines with facts that are cited, rounded down to a tenth."""
        return share(self.cited, self.facts)

    def reaches(self, percent: float) -> bool:
        """Whether at least so much is covered."""
        return self.cited * 100 >= percent * self.facts


def share(part: int, whole: int) -> float:
    """Return a share in percent, rounded down to a tenth; of nothing it is all."""
    return (part * _WHOLE // whole if whole else _WHOLE) / 10


def measure_coverage(outline: Outline, notes: Notes, cards: Iterable[Card]) -> Coverage:
    """Measure which lines of the notes are cited by cards.

    Cards cite lines of the notes as they were when the outline was made. Where a
    section has moved since, its cards' lines move with it. A card that cites a section
    without lines covers all of it; lines outside of the section do not count.
    """
    places = locate(outline, notes)
    known = {one.slug: one for one in outline.sections}
    citing: dict[str, list[tuple[CardId, Source]]] = {slug: [] for slug in known}
    checks: list[Check] = []
    for card in cards:
        if card.source is None:
            continue
        slug = card.source.section
        citing.setdefault(slug, []).append((card.id, card.source))
        reasons = _reasons(card.source, known.get(slug), places.get(slug))
        checks += (Check(card.id, card.source, one) for one in reasons)
    sections = tuple(
        _cover(one, places.get(one.slug), citing[one.slug], notes)
        for one in outline.sections
    )
    inside = {line for one in sections for line in one.facts}
    outside = tuple(line for line in notes.facts if line not in inside)
    return Coverage(sections, outside, tuple(checks))


def _reasons(
    source: Source, section: Section | None, located: Located | None
) -> list[Reason]:
    if section is None:
        return [Reason.UNKNOWN]
    found = [Reason.OUTSIDE] if _lies_outside(source, section) else []
    if located is None:
        found.append(Reason.GONE)
    elif located.is_changed:
        found.append(Reason.CHANGED)
    return found


def _lies_outside(source: Source, section: Section) -> bool:
    if source.lines is None:
        return False
    return source.lines[0] < section.lines[0] or source.lines[1] > section.lines[1]


def _cover(
    section: Section,
    located: Located | None,
    citing: list[tuple[CardId, Source]],
    notes: Notes,
) -> SectionCoverage:
    cards = tuple(card for card, _ in citing)
    if located is None:
        return SectionCoverage(section, None, cards, (), frozenset())
    facts = notes.facts_in(*located.lines)
    moved = located.lines[0] - section.lines[0]
    cited = {
        line
        for lines in {source.lines for _, source in citing}
        for line in facts
        if lines is None or lines[0] <= line - moved <= lines[1]
    }
    return SectionCoverage(section, located, cards, facts, frozenset(cited))
