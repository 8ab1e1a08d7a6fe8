"""`cloze`: the learner fills in what is left out of a text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from trainer.cards.card import Context, Flaw, Input, Prompt
from trainer.cards.fields import author
from trainer.cards.shapes import TextShape
from trainer.grading.verdict import Finding, Outcome, Span, Verdict
from trainer.language.text import Language, Text, message

_BLANK = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
_BETWEEN = re.compile(r"[;；\n]")
_BETWEEN_ENDS = re.compile(r"(?:^|[;；\n])([^;；\n]*)")
_BEFORE = re.compile(r"[!-_a-~]+$"), re.compile(r"[!-/:-@\[-_{-~]+$")
_AFTER = re.compile(r"([!-_a-~]+?)[.,;:!?)]*(?![!-_a-~])")
"""What stands beside a blank without a space between, if it is ASCII."""
_SHOWN = "____"
_RANK = {Outcome.CORRECT: 0, Outcome.PARTIAL: 1, Outcome.WRONG: 2}


@dataclass(frozen=True, slots=True)
class Cloze:
    """A text with blanks, `[[answer]]` or `[[answer|other answer]]`."""

    context: Context
    ask: Text = author(
        TextShape(), "The text, with [[answer]] or [[answer|other]] for each blank."
    )

    def deal(self, seed: str) -> Self:
        """Return it unchanged: nothing is shuffled."""
        del seed
        return self

    def prompt(self, language: Language) -> Prompt:
        """Return the text with its blanks, numbered if there are several."""
        return Prompt(self._with_blanks(language), Input.LINE)

    def grade(self, response: str) -> Verdict:
        """Judge what was filled in; several blanks are parted by semicolons.

        Some blanks filled right, but not all, are a `PARTIAL`.
        """
        texts = dict.fromkeys(self.ask.in_language(language) for language in Language)
        verdicts = [_grade(list(_read(text)), response) for text in texts]
        return min(verdicts, key=lambda one: _RANK[one.outcome])

    def hints(self, language: Language) -> tuple[str, ...]:
        """Return hints that tell more and more."""
        from trainer.grading.hints import word_hint  # noqa: PLC0415 - rarely asked for

        blanks = self.blanks(language)
        return ("; ".join(word_hint(blank[0]) for blank in blanks),)

    def sides(self, language: Language) -> tuple[str, str]:
        """Return the text with blanks, and filled in."""
        filled = _BLANK.sub(_first_answer, self.ask.in_language(language))
        return self._with_blanks(language), filled

    def texts(self) -> Iterator[tuple[str, Text]]:
        """Yield the text."""
        yield "ask", self.ask

    def problems(self) -> Iterator[Flaw]:
        """Yield what is wrong with the blanks."""
        written = {text for text in (self.ask.en, self.ask.zh) if text is not None}
        counts = {len(_BLANK.findall(text)) for text in written}
        if 0 in counts or any(_is_broken(text) for text in written):
            yield Flaw("ask", message("problems.bad-blank"))
        elif len(counts) > 1:
            yield Flaw("ask", message("problems.blanks-differ"))

    def blanks(self, language: Language) -> tuple[tuple[str, ...], ...]:
        """Return the accepted answers of each blank, best first."""
        found = _BLANK.findall(self.ask.in_language(language))
        return tuple(_answers(one) for one in found)

    def _with_blanks(self, language: Language) -> str:
        count = len(self.blanks(language))
        numbers = iter(range(1, count + 1))

        def blank(_: re.Match[str]) -> str:
            return _SHOWN if count == 1 else f"__{next(numbers)}__"

        return _BLANK.sub(blank, self.ask.in_language(language))


def _answers(blank: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in blank.split("|") if one.strip())


def _first_answer(found: re.Match[str]) -> str:
    return _answers(found[1])[0]


def _is_broken(text: str) -> bool:
    rest = _BLANK.sub("", text)
    empty = any(not _answers(one) for one in _BLANK.findall(text))
    return "[[" in rest or "]]" in rest or empty


@dataclass(frozen=True, slots=True)
class _Blank:
    """`accepted` is also what may be typed: with what stands right beside the blank."""

    answer: str
    accepted: tuple[str, ...]
    question: str
    is_code: bool


def _read(text: str) -> Iterator[_Blank]:
    """Yield the blanks of a text."""
    parts = _BLANK.split(text)
    question = " ".join(parts[::2])
    ticks = 0
    for at in range(1, len(parts), 2):
        before, written, after = parts[at - 1 : at + 2]
        answers = _answers(written)
        ticks += before.count("`")
        typed = dict.fromkeys([*answers, *_with_neighbours(answers, before, after)])
        yield _Blank(answers[0], tuple(typed), question, is_code=ticks % 2 == 1)


def _with_neighbours(answers: Iterable[str], before: str, after: str) -> Iterator[str]:
    """Yield the answers with what stands beside the blank, or the sign alone."""
    fronts = {found[0] for one in _BEFORE if (found := one.search(before))}
    ends = {found[1] for found in [_AFTER.match(after)] if found}
    for one in answers:
        for front in sorted(fronts | {""}):
            yield from (front + one + end for end in sorted(ends | {""}))


def _grade(key: Sequence[_Blank], response: str) -> Verdict:
    expected = "; ".join(blank.answer for blank in key)
    parts = list(_parts(response, len(key)))
    if len(parts) != len(key):
        counts = {"count": len(parts), "total": len(key)}
        missing = Finding("incomplete", "", message("findings.incomplete", **counts))
        return Verdict(Outcome.WRONG, expected, (missing,))
    judged = [
        (start, _grade_blank(blank, part))
        for blank, (start, part) in zip(key, parts, strict=True)
    ]
    verdicts = [verdict for _, verdict in judged]
    return Verdict(
        _together([one.outcome for one in verdicts]),
        expected,
        tuple(_moved(one, start) for start, each in judged for one in each.findings),
        tuple(note for one in verdicts for note in one.repairs),
    )


def _grade_blank(blank: _Blank, part: str) -> Verdict:
    from trainer.grading import answers  # noqa: PLC0415 - no question waits for the judge

    accepted, is_code = blank.accepted, blank.is_code
    return answers.grade_wording(accepted, part, blank.question, literal=is_code)


def _together(outcomes: Sequence[Outcome]) -> Outcome:
    kinds = set(outcomes)
    return outcomes[0] if len(kinds) == 1 else Outcome.PARTIAL


def _parts(response: str, count: int) -> Iterator[tuple[int, str]]:
    """Yield what was filled into each blank, and where it begins."""
    if count == 1:
        yield 0, response
    elif _BETWEEN.search(response):
        for part in _BETWEEN_ENDS.finditer(response):
            yield part.start(1), part[1]
    else:
        for word in re.finditer(r"\S+", response):
            yield word.start(), word[0]


def _moved(finding: Finding, by: int) -> Finding:
    spans = tuple(Span(one.start + by, one.end + by) for one in finding.spans)
    return Finding(finding.code, finding.subject, finding.message, spans)
