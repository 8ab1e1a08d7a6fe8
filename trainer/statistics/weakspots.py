"""Weak spots: where answers fail, and what is wrong with them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from trainer.cards.card import CardId, deck_of
from trainer.statistics.evidence import Evidence
from trainer.statistics.tallies import CardTally

FEWEST_ASKED = 5
"""What was asked less often cannot be called weak."""

FEWEST_MISSED = 2
"""What was missed less often does not keep being wrong; one slip is no weakness."""


@dataclass(frozen=True, slots=True)
class Weak:
    """How often cards of a topic, a kind or a command were failed.

    Reviews that schedule count, the first one of each card aside, and quizzes do.
    """

    name: str
    failed: int
    asked: int

    @property
    def rate(self) -> float:
        """The share that failed."""
        return self.failed / self.asked


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps being wrong, such as `-d` forgotten in `docker run`.

    `code` and `subject` are those of the findings; `command` is the command of the
    right answer, where there is one. `missed` counts the answers in which it was
    noticed, `asked` all answers to the cards on which it was ever noticed.
    """

    code: str
    subject: str
    command: str
    missed: int
    asked: int
    cards: tuple[CardId, ...]


@dataclass(frozen=True, slots=True)
class WeakSpots:
    """What fails, the most often failing first; what keeps being wrong, likewise."""

    topics: tuple[Weak, ...]
    kinds: tuple[Weak, ...]
    commands: tuple[Weak, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A card whose verdicts the learner overruled again and again.

    Its answer key may be wrong, or lack an answer.
    """

    card: CardId
    overruled: int
    asked: int


def weak_spots(evidence: Evidence) -> WeakSpots:
    """Find what fails and why, among the cards that decks have."""
    about = evidence.cards
    tallies = [one for one in evidence.tallies if one.card in about]
    return WeakSpots(
        topics=_weak(tallies, deck_of),
        kinds=_weak(tallies, lambda card: about[card].kind.value),
        commands=_weak(tallies, lambda card: about[card].command),
        faults=_faults(tallies, evidence),
    )


def doubtful(evidence: Evidence) -> tuple[Doubtful, ...]:
    """Return the cards whose verdicts are overruled, the most often overruled first."""
    found = [
        Doubtful(one.card, one.overruled, one.asked)
        for one in evidence.tallies
        if one.card in evidence.cards and one.overruled >= FEWEST_MISSED
    ]
    return tuple(sorted(found, key=lambda one: (-one.overruled, one.asked, one.card)))


def _weak(
    tallies: Iterable[CardTally], name_of: Callable[[CardId], str]
) -> tuple[Weak, ...]:
    groups: dict[str, list[CardTally]] = {}
    for one in tallies:
        groups.setdefault(name_of(one.card), []).append(one)
    found = [
        Weak(name, sum(one.failed for one in own), sum(one.asked for one in own))
        for name, own in groups.items()
        if name
    ]
    weak = [one for one in found if one.failed and one.asked >= FEWEST_ASKED]
    return tuple(sorted(weak, key=lambda one: (-one.rate, -one.asked, one.name)))


def _faults(tallies: Iterable[CardTally], evidence: Evidence) -> tuple[Fault, ...]:
    groups: dict[tuple[str, str, str], list[CardTally]] = {}
    for one in tallies:
        for code, subject in one.noted:
            key = code, subject, evidence.cards[one.card].command
            groups.setdefault(key, []).append(one)
    found = [
        Fault(
            *(code, subject, command),
            missed=sum(one.noted[code, subject] for one in own),
            asked=sum(one.asked for one in own),
            cards=tuple(one.card for one in own),
        )
        for (code, subject, command), own in groups.items()
    ]
    often = [one for one in found if one.missed >= FEWEST_MISSED]
    return tuple(sorted(often, key=_weight))


def _weight(fault: Fault) -> tuple[float, int, str, str, str]:
    """Put what is missed most often first, and of that what is missed always."""
    named = fault.code, fault.subject, fault.command
    return -fault.missed, fault.asked, *named
