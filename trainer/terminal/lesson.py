"""What a judged answer teaches: the verdict, the answer, and the card's reasons."""

from trainer.grading.verdict import Outcome
from trainer.language.text import Message
from trainer.study.session import Judged
from trainer.terminal.line import Line, indented, labelled, paragraph, run_in
from trainer.terminal.look import Look, air
from trainer.terminal.words import (
    notes_text,
    source_text,
    unknown_text,
    verdict_text,
)
from trainer.terminal.wrap import text_width

_COLUMNS_FOR_LABELS = 50
_REPEATS_THE_ANSWER = frozenset({"differs", "empty"})
_SIGNS = {
    Outcome.CORRECT: "right",
    Outcome.PARTIAL: "partly",
    Outcome.WRONG: "wrong",
}


def lesson_lines(judged: Judged, look: Look) -> list[Line]:
    """Lay out all there is to learn from an answer."""
    return [*_verdict(judged, look), *_details(judged, look)]


def _verdict(judged: Judged, look: Look) -> list[Line]:
    outcome = judged.verdict.outcome
    if outcome is Outcome.UNJUDGED:
        return []
    sign = getattr(look.signs, _SIGNS[outcome])
    is_open = outcome is Outcome.WRONG and not judged.response.strip()
    word = (
        unknown_text(look.language) if is_open else verdict_text(outcome, look.language)
    )
    remarks = [*judged.verdict.repairs, *_telling_messages(judged)]
    said = [remark.in_language(look.language) for remark in remarks]
    lines = [part for text in said for part in paragraph(text, look.columns - 2)]
    return [((f"class:{outcome}", f"{sign} {word}"),), *indented(lines, 2)]


def _telling_messages(judged: Judged) -> list[Message]:
    return [
        finding.message
        for finding in judged.verdict.findings
        if finding.code not in _REPEATS_THE_ANSWER
    ]


def _details(judged: Judged, look: Look) -> list[Line]:
    """Return what was typed, the answer, and what the card says about it."""
    card, language = judged.card, look.language
    typed = "" if judged.verdict.outcome is Outcome.CORRECT else judged.response
    first = {
        "typed": (typed.strip(), "class:typed"),
        "answer": (card.content.sides(language)[1], "class:answer"),
    }
    then = {
        "why": (card.why.in_language(language) if card.why else "", ""),
        "notes": (notes_text(card, language) or "", ""),
        "source": (source_text(card, language) or "", "class:dim"),
    }
    below = _fields(then, look)
    return [*_fields(first, look), *(air(look) if below else []), *below]


def _fields(texts: dict[str, tuple[str, str]], look: Look) -> list[Line]:
    lines: list[Line] = []
    for name, (text, style) in texts.items():
        if text.strip():
            lines += _field(look.say(name), text.strip("\n"), style, look)
    return lines


def _field(label: str, text: str, style: str, look: Look) -> list[Line]:
    column = _label_column(look)
    if look.columns < _COLUMNS_FOR_LABELS:
        return run_in(label, text, look.columns, style)
    return labelled(label, paragraph(text, look.columns - column, style), column)


def _label_column(look: Look) -> int:
    names = ("typed", "answer", "why", "notes", "source")
    return max(text_width(look.say(name)) for name in names) + 2
