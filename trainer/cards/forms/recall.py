"""`recall`: the learner thinks, turns the card over and judges alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from trainer.cards.card import Context, Flaw, Input, Prompt
from trainer.cards.fields import author
from trainer.cards.shapes import TextShape
from trainer.grading.verdict import Outcome, Verdict
from trainer.language.text import Language, Text


@dataclass(frozen=True, slots=True)
class Recall:
    """A question and its answer."""

    context: Context
    ask: Text = author(TextShape(), "The question.")
    answer: Text = author(TextShape(), "The answer, in two lines at most.")

    def deal(self, seed: str) -> Self:
        """Return it unchanged: nothing is shuffled."""
        del seed
        return self

    def prompt(self, language: Language) -> Prompt:
        """Return the question."""
        return Prompt(self.ask.in_language(language), Input.FLIP)

    def grade(self, response: str) -> Verdict:
        """Leave the judgement to the learner, whatever was noted down."""
        del response
        return Verdict(Outcome.UNJUDGED, self.answer.in_language(Language.EN))

    def hints(self, language: Language) -> tuple[str, ...]:
        """Return no hints."""
        del language
        return ()

    def sides(self, language: Language) -> tuple[str, str]:
        """Return question and answer."""
        return self.ask.in_language(language), self.answer.in_language(language)

    def texts(self) -> Iterator[tuple[str, Text]]:
        """Yield the texts."""
        yield "ask", self.ask
        yield "answer", self.answer

    def problems(self) -> Iterator[Flaw]:
        """Yield nothing: any two texts make such a card."""
        return iter(())
