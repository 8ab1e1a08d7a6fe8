"""`order`: the learner puts the steps of a procedure in order."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Self

from trainer.cards.card import Choice, Context, Flaw, Input, Prompt
from trainer.cards.fields import author
from trainer.cards.shapes import ListShape, TextShape
from trainer.cards.shuffle import shuffled
from trainer.grading.verdict import Finding, Outcome, Span, Verdict
from trainer.language.text import Language, Text, message

_LEAST, _MOST = 3, 9  # a digit picks each step
_ENOUGH_FOR_A_SLIP = 4


@dataclass(frozen=True, slots=True)
class Order:
    """Steps that have exactly one order."""

    context: Context
    ask: Text = author(TextShape(), "What the steps lead to.")
    steps: tuple[Text, ...] = author(
        ListShape(TextShape(limit=300), limit=_MOST, least=_LEAST),
        "The steps in their right order.",
    )
    order: tuple[int, ...] = ()

    def deal(self, seed: str) -> Self:
        """Return it with its steps shuffled, never in the right order."""
        order = shuffled(len(self.steps), seed)
        is_right = order == tuple(range(len(self.steps)))
        return replace(self, order=(*order[1:], order[0]) if is_right else order)

    def prompt(self, language: Language) -> Prompt:
        """Return the question with its steps; a step's value is its right place."""
        shown = self.order or range(len(self.steps))
        choices = tuple(
            Choice(self.steps[number].in_language(language), str(number + 1))
            for number in shown
        )
        return Prompt(self.ask.in_language(language), Input.ORDER, choices)

    def grade(self, response: str) -> Verdict:
        """Judge the steps' right places in the order in which they were picked.

        Of four steps or more, one may stand elsewhere for a `PARTIAL`.
        """
        found = list(re.finditer("[1-9]", response))
        places = [int(one[0]) for one in found]
        expected = " ".join(str(place) for place in range(1, len(self.steps) + 1))
        if not places:
            empty = Finding("empty", "", message("findings.empty"))
            return Verdict(Outcome.WRONG, expected, (empty,))
        if sorted(places) != list(range(1, len(self.steps) + 1)):
            counts = {"count": len(set(places)), "total": len(self.steps)}
            missing = Finding(
                "incomplete", "", message("findings.incomplete", **counts)
            )
            return Verdict(Outcome.WRONG, expected, (missing,))
        starts = {int(one[0]): one.start() for one in found}
        return self._judge(starts, expected)

    def _judge(self, starts: Mapping[int, int], expected: str) -> Verdict:
        """Judge all places, each with where it stands in the response, in order."""
        kept = _longest_rise(starts)
        moved = [place for place in starts if place not in kept]
        if not moved:
            return Verdict(Outcome.CORRECT, expected)
        nearly = len(moved) == 1 and len(starts) >= _ENOUGH_FOR_A_SLIP
        findings = tuple(self._misplaced(place, starts[place]) for place in moved)
        return Verdict(Outcome.PARTIAL if nearly else Outcome.WRONG, expected, findings)

    def _misplaced(self, place: int, at: int) -> Finding:
        step = self.steps[place - 1]
        said = message("findings.misplaced-step", step=step, place=place)
        subject = step.in_language(Language.EN)
        return Finding("misplaced-step", subject, said, (Span(at, at + 1),))

    def hints(self, language: Language) -> tuple[str, ...]:
        """Return no hints."""
        del language
        return ()

    def sides(self, language: Language) -> tuple[str, str]:
        """Return the question, and the steps numbered in their order."""
        steps = (
            f"{number}. {step.in_language(language)}"
            for number, step in enumerate(self.steps, 1)
        )
        return self.ask.in_language(language), "\n".join(steps)

    def texts(self) -> Iterator[tuple[str, Text]]:
        """Yield the texts."""
        yield "ask", self.ask
        for step in self.steps:
            yield "steps", step

    def problems(self) -> Iterator[Flaw]:
        """Yield steps that stand there twice."""
        for one, other in combinations(self.steps, 2):
            if one == other:
                twin = other.in_language(Language.EN)
                yield Flaw("steps", message("problems.same-choice", choice=twin))


def _longest_rise(places: Iterable[int]) -> frozenset[int]:
    """Return a longest part of a sequence whose numbers rise: what is in order."""
    ends: list[int] = []
    rises: list[tuple[int, ...]] = []
    for place in places:
        at = bisect_left(ends, place)
        rise = (*(rises[at - 1] if at else ()), place)
        ends[at : at + 1] = [place]
        rises[at : at + 1] = [rise]
    return frozenset(rises[-1])
