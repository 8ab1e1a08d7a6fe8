"""Advice: three sentences, each with a command to type."""

from dataclasses import dataclass

from trainer.language.text import Message


@dataclass(frozen=True, slots=True)
class Sentence:
    """One piece of advice, and the command that follows it; there may be none."""

    said: Message
    command: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What is most at risk today, what keeps failing and why, and what to do next."""

    risk: Sentence
    failing: Sentence
    next: Sentence
