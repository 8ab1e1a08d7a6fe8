"""`choose`: the learner picks the answer among wrong ones."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Self

from trainer.cards.card import Choice, Context, Flaw, Input, Prompt
from trainer.cards.fields import author
from trainer.cards.shapes import ListShape, TextShape
from trainer.cards.shuffle import shuffled
from trainer.grading.verdict import Finding, Outcome, Span, Verdict
from trainer.language.text import Language, Text, message

_LIMIT = 500
_MOST_WRONG = 8  # a digit picks each choice
_CODE = re.compile(r"`[^`]+`")


@dataclass(frozen=True, slots=True)
class Choose:
    """A question with one right answer among plausible wrong ones."""

    context: Context
    ask: Text = author(TextShape(), "The question.")
    answer: Text = author(TextShape(limit=_LIMIT), "The right answer.")
    wrong: tuple[Text, ...] = author(
        ListShape(TextShape(limit=_LIMIT), limit=_MOST_WRONG, least=1),
        "Plausible answers that are wrong; they look like the right one.",
    )
    order: tuple[int, ...] = ()

    def deal(self, seed: str) -> Self:
        """Return it with its choices shuffled."""
        return replace(self, order=shuffled(1 + len(self.wrong), seed))

    def prompt(self, language: Language) -> Prompt:
        """Return the question with its choices; a choice's value is its text."""
        texts = [text.in_language(language) for text in (self.answer, *self.wrong)]
        shown = [texts[number] for number in self.order or range(len(texts))]
        choices = tuple(Choice(text, text) for text in shown)
        return Prompt(self.ask.in_language(language), Input.CHOICE, choices)

    def grade(self, response: str) -> Verdict:
        """Judge the text of the choice taken, in any language; upper case counts."""
        expected = self.answer.in_language(Language.EN)
        taken = _plain(response)
        if taken in _readings(self.answer):
            return Verdict(Outcome.CORRECT, expected)
        if not taken:
            empty = Finding("empty", "", message("findings.empty"))
            return Verdict(Outcome.WRONG, expected, (empty,))
        subject = next((text for text in self.wrong if taken in _readings(text)), None)
        key = "chose-code" if _CODE.fullmatch(response.strip()) else "chose"
        said = message(f"findings.{key}", chosen=subject or response.strip())
        named = subject.in_language(Language.EN) if subject else response.strip()
        finding = Finding("chose", named, said, (Span(0, len(response)),))
        return Verdict(Outcome.WRONG, expected, (finding,))

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
        for text in self.wrong:
            yield "wrong", text

    def problems(self) -> Iterator[Flaw]:
        """Yield choices that say the same."""
        texts = [(text, _readings(text)) for text in (self.answer, *self.wrong)]
        for (_, one), (text, other) in combinations(texts, 2):
            if not one.isdisjoint(other):
                twin = text.in_language(Language.EN)
                yield Flaw("wrong", message("problems.same-choice", choice=twin))


def _readings(text: Text) -> frozenset[str]:
    return frozenset(_plain(one) for one in {text.en, text.zh} if one)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
