"""A command line with a gap, in which an option is to be typed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from trainer.cards.card import Flaw, Input, Prompt
from trainer.cards.forms.typed import Typed
from trainer.grading.verdict import Finding, Outcome, Span, Verdict
from trainer.language.text import Language, Text, message


@dataclass(frozen=True, slots=True)
class Gap:
    """A line of which `left` and `right` are shown; `whole` judges it when filled.

    The whole line may be typed as well.
    """

    whole: Typed
    ask: Text
    left: str
    answer: str
    right: str

    def deal(self, seed: str) -> Self:
        """Return it unchanged: nothing is shuffled."""
        del seed
        return self

    def prompt(self, language: Language) -> Prompt:
        """Return the question with the line."""
        return Prompt(self.ask.in_language(language), Input.COMMAND)

    def grade(self, response: str) -> Verdict:
        """Judge the line by what it does when the gap is filled."""
        typed = response.strip()
        if not typed:
            empty = Finding("empty", "", message("findings.empty"))
            return Verdict(Outcome.WRONG, self.answer, (empty,))
        if typed.split()[:1] == self.left.split()[:1]:
            return self.whole.grade(response)
        found = self.whole.grade(self.left + response + self.right)
        findings = tuple(self._in_gap(one, len(response)) for one in found.findings)
        return found._replace(expected=self.answer, findings=findings)

    def _in_gap(self, one: Finding, length: int) -> Finding:
        """Return a finding with those of its places that lie in what was typed."""
        shifted = (
            (max(span.start - len(self.left), 0), span.end - len(self.left))
            for span in one.spans
        )
        spans = tuple(
            Span(start, min(end, length)) for start, end in shifted if start < end
        )
        inside = tuple(span for span in spans if span.start < length)
        return one._replace(spans=inside, after=None)

    def hints(self, language: Language) -> tuple[str, ...]:
        """Return the beginning of the option."""
        del language
        from trainer.grading.hints import word_hint  # noqa: PLC0415 - rarely asked for

        return (word_hint(self.answer),)

    def sides(self, language: Language) -> tuple[str, str]:
        """Return question and answer."""
        return self.ask.in_language(language), self.answer

    def texts(self) -> Iterator[tuple[str, Text]]:
        """Yield the texts."""
        yield "ask", self.ask
        yield "answer", Text.same(self.answer)

    def problems(self) -> Iterator[Flaw]:
        """Yield nothing: no author has written it."""
        return iter(())
