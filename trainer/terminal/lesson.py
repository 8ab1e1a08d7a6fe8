"""What a judged answer teaches: the verdict, the answer, and the card's reasons."""

from collections.abc import Iterable

from trainer.grading.verdict import Outcome
from trainer.language.width import text_width
from trainer.study.session import Judged
from trainer.terminal.choices import marked_choice_lines
from trainer.terminal.line import Line, indented, labelled, paragraph, run_in
from trainer.terminal.look import Look, air
from trainer.terminal.words import details, given_text, judgement, label_text

_COLUMNS_FOR_LABELS = 50
_LABELS = ("typed", "answer", "why", "notes", "source")
_STYLES = {"answer": "class:answer", "source": "class:dim"}
_SIGNS = {
    Outcome.CORRECT: "right",
    Outcome.PARTIAL: "partly",
    Outcome.WRONG: "wrong",
}


def lesson_lines(judged: Judged, look: Look) -> list[Line]:
    """Lay out all there is to learn from an answer."""
    choices = marked_choice_lines(judged, look)
    between = air(look) if choices else []
    return [
        *choices,
        *between,
        *_verdict(judged, look),
        *_details(judged, look, has_choices=bool(choices)),
    ]


def _verdict(judged: Judged, look: Look) -> list[Line]:
    outcome = judged.verdict.outcome
    if outcome is Outcome.UNJUDGED:
        return []
    sign = getattr(look.signs, _SIGNS[outcome])
    word, remarks = judgement(judged.verdict, judged.response, look.language)
    lines = [part for text in remarks for part in paragraph(text, look.columns - 2)]
    return [((f"class:{outcome}", f"{sign} {word}"),), *indented(lines, 2)]


def _details(judged: Judged, look: Look, *, has_choices: bool) -> list[Line]:
    """Return what was typed, the answer, and what the card says about it."""
    is_right = judged.verdict.outcome is Outcome.CORRECT
    typed = "" if is_right else given_text(judged.card, judged.response, look.language)
    answer = judged.card.content.sides(look.language)[1]
    said = [] if has_choices else [("typed", typed.strip()), ("answer", answer)]
    first = _fields(said, look)
    below = _fields(details(judged.card, look.language), look)
    return [*first, *(air(look) if below else []), *below]


def _fields(texts: Iterable[tuple[str, str]], look: Look) -> list[Line]:
    lines: list[Line] = []
    for name, text in texts:
        if text.strip():
            label = label_text(name, look.language)
            lines += _field(label, text.strip("\n"), _STYLES.get(name, ""), look)
    return lines


def _field(label: str, text: str, style: str, look: Look) -> list[Line]:
    column = _label_column(look)
    if look.columns < _COLUMNS_FOR_LABELS:
        return run_in(label, text, look.columns, style)
    return labelled(label, paragraph(text, look.columns - column, style), column)


def _label_column(look: Look) -> int:
    return 2 + max(text_width(label_text(name, look.language)) for name in _LABELS)
