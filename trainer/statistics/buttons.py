"""Answer buttons: how cards were rated."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Buttons:
    """How often cards of a kind were given each rating."""

    again: int
    hard: int
    good: int
    easy: int

    @property
    def total(self) -> int:
        """How many ratings there were."""
        return self.again + self.hard + self.good + self.easy

    @property
    def rate(self) -> float | None:
        """The share that was not again; nothing where there was no answer."""
        return (self.total - self.again) / self.total if self.total else None
