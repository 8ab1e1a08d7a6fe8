"""What a judged answer teaches: the verdict, the answer, and the card's reasons."""

from collections.abc import Iterable

from trainer.cards.card import Input
from trainer.grading.verdict import Outcome, Verdict
from trainer.language.width import text_width
from trainer.study.session import Judged
from trainer.terminal.annotated import annotated_lines
from trainer.terminal.choices import marked_choice_lines
from trainer.terminal.line import (
    COLUMNS_FOR_LABELS,
    Line,
    field,
    indented,
    labelled,
    paragraph,
)
from trainer.terminal.look import Look, apart
from trainer.terminal.words import details, given_text, judgement, label_text

_LABELS = ("typed", "answer", "why", "notes", "source")
_STYLES = {"answer": "class:answer", "source": "class:dim"}
OUTCOME_SIGNS = {
    Outcome.CORRECT: "right",
    Outcome.PARTIAL: "partly",
    Outcome.WRONG: "wrong",
}
"""The fields of `Signs` by outcome."""


def lesson_lines(judged: Judged, look: Look, *, overruled: bool = False) -> list[Line]:
    """Lay out all there is to learn from an answer."""
    choices = marked_choice_lines(judged, look)
    parts = [
        choices,
        [*_verdict(judged, look, overruled=overruled), *_answers(judged, look)],
        field_lines(details(judged.card, look.language), look),
    ]
    return apart(parts, look)


def _verdict(judged: Judged, look: Look, *, overruled: bool) -> list[Line]:
    outcome = judged.verdict.outcome
    if outcome is Outcome.UNJUDGED:
        return []
    sign = getattr(look.signs, OUTCOME_SIGNS[outcome])
    word, remarks = judgement(judged.verdict, judged.response, look.language)
    if overruled:
        is_right = outcome is Outcome.CORRECT
        key = "overruled-wrong" if is_right else "overruled-right"
        note = f"{sign} {look.say(key, verdict=word)}"
        return paragraph(note, look.columns, f"class:{outcome}")
    lines = [part for text in remarks for part in paragraph(text, look.columns - 2)]
    return [((f"class:{outcome}", f"{sign} {word}"),), *indented(lines, 2)]


def _answers(judged: Judged, look: Look) -> list[Line]:
    """Return what was typed with its marks, and the answer."""
    card, verdict = judged.card, judged.verdict
    wanted = card.content.prompt(look.language).input
    if wanted is Input.CHOICE:
        return []
    answer = card.content.sides(look.language)[1]
    lines = field_lines([("answer", answer)], look)
    if verdict.outcome is Outcome.CORRECT or not judged.response.strip():
        return lines
    if wanted is Input.ORDER:
        given = given_text(card, judged.response, look.language)
        return [*field_lines([("typed", given)], look), *lines]
    return [*_annotated(verdict, judged.response.strip("\n"), look), *lines]


def _annotated(verdict: Verdict, response: str, look: Look) -> list[Line]:
    label = label_text("typed", look.language)
    if look.columns < COLUMNS_FOR_LABELS:
        below = annotated_lines(verdict, response, look.columns - 2)
        return [(("class:label", label),), *indented(below, 2)]
    column = _label_column(look)
    lines = annotated_lines(verdict, response, look.columns - column)
    return labelled(label, lines, column)


def field_lines(texts: Iterable[tuple[str, str]], look: Look) -> list[Line]:
    """Lay out parts of a card, each beside its label, without those left empty."""
    column = _label_column(look)
    lines: list[Line] = []
    for name, text in texts:
        if text.strip():
            label = label_text(name, look.language)
            style = _STYLES.get(name, "")
            lines += field(label, text.strip("\n"), style, column, look.columns)
    return lines


def _label_column(look: Look) -> int:
    return 2 + max(text_width(label_text(name, look.language)) for name in _LABELS)
