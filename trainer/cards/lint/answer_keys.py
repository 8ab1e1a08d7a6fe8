"""Rule: a card's key judges well."""

import re
from collections.abc import Iterator

from trainer.cards.card import Card, Flaw, Kind
from trainer.cards.forms.typed import Typed
from trainer.cards.problem import Severity
from trainer.grading.grammar import Grammar
from trainer.grading.keys import deprecated, refused
from trainer.grading.verdict import Finding, Outcome
from trainer.language.text import message

_PLACEHOLDER = re.compile(r"<[^\s<>]+>")
_ABOUT_OPTIONS = ("unknown-option", "removed-option", "single-dash", "no-dashes")


def answer_key(card: Card) -> Iterator[Flaw]:
    """Yield what is wrong with a card's answers."""
    content = card.content
    if isinstance(content, Typed):
        yield from _needless(content)
        yield from _stray_placeholders(content)
        rules = content.context.rules()
        if rules and content.context.kind is not Kind.CONCEPT:
            yield from _answers(content, rules)


def _needless(content: Typed) -> Iterator[Flaw]:
    """Yield accepted answers that the answer, or one before, stands for already."""
    known = [content.answer.en or content.answer.zh or ""]
    for other in content.accept:
        if content.judge(known, other).outcome is Outcome.CORRECT:
            said = message("problems.needless-accept", answer=other)
            yield Flaw("accept", said, Severity.WARNING)
        known.append(other)


def _stray_placeholders(content: Typed) -> Iterator[Flaw]:
    """Yield placeholders of accepted answers that the answer does not have."""
    own = set(_PLACEHOLDER.findall(content.answer.en or content.answer.zh or ""))
    for other in content.accept:
        for name in sorted({*_PLACEHOLDER.findall(other)} - own):
            said = message("problems.stray-placeholder", name=name)
            yield Flaw("accept", said, Severity.WARNING)


def _answers(content: Typed, rules: Grammar) -> Iterator[Flaw]:
    answer = content.answer.en or content.answer.zh or ""
    for field, key in (
        ("answer", answer),
        *(("accept", one) for one in content.accept),
    ):
        line = f"{content.command} {key}" if content.command else key
        for finding in refused(line, rules):
            if not content.command or _is_about_options(finding):
                reason = finding.message
                yield Flaw(field, message("problems.refused-answer", reason=reason))
        for form in deprecated(line, rules):
            said = "deprecated-form-instead" if form.instead else "deprecated-form"
            values = {"name": form.name, "since": form.since, "instead": form.instead}
            yield Flaw(field, message(f"problems.{said}", **values), Severity.WARNING)


def _is_about_options(finding: Finding) -> bool:
    """Whether it matters for a flag alone, whose line lacks operands and values."""
    return finding.code in _ABOUT_OPTIONS
