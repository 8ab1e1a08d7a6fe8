"""Weak spots: where answers fail, and what is wrong with them."""

from dataclasses import dataclass

from trainer.cards.card import CardId


@dataclass(frozen=True, slots=True)
class Weak:
    """How often cards of a topic, a kind or a command were failed when they were due.

    Only answers that schedule count, and not the first ones of new cards.
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
