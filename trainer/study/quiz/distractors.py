"""Any card as multiple choice: the answer among lines that are surely wrong."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from trainer.cards.card import Card, Kind, Status
from trainer.cards.forms.choose import Choose
from trainer.cards.forms.cloze import Cloze
from trainer.cards.forms.typed import Typed
from trainer.grading.answers import grade_command, grade_flag
from trainer.grading.grammar import Grammar
from trainer.grading.verdict import Outcome
from trainer.language.text import Language, Text
from trainer.study.quiz.alike import answers_alike
from trainer.study.quiz.grid import Wanted, wrong_lines
from trainer.study.quiz.line import read_line
from trainer.study.quiz.question import Shelf

LEAST, MOST = 2, 3
"""So many wrong choices a question has."""


def choices_of(card: Card, shelf: Shelf, seed: str) -> Card | None:
    """Return a card as multiple choice; `None` where that could not be sound.

    The same card, cards of its topic and seed give the same choices everywhere. A
    card that has choices keeps them.
    """
    content = card.content
    if isinstance(content, Choose):
        return replace(card, content=content.deal(f"{card.id}/{seed}"))
    if isinstance(content, Typed) and card.kind is not Kind.CONCEPT:
        return _of_lines(card, content, seed)
    if isinstance(content, Typed | Cloze):
        answer, wrong = answers_alike(card, shelf, f"{card.id}/{seed}")
        return _chosen(card, answer, wrong, seed) if len(wrong) >= LEAST else None
    return None


def _of_lines(card: Card, content: Typed, seed: str) -> Card | None:
    rules = content.context.rules()
    answer = content.answer.in_language(Language.EN)
    wanted = _wanted(content, answer, rules) if rules else None
    if wanted is None:
        return None
    wrong = wrong_lines(wanted, f"{card.id}/{seed}", _said(card, wanted))
    return _chosen(card, answer, wrong, seed) if len(wrong) >= LEAST else None


def _wanted(content: Typed, answer: str, rules: Grammar) -> Wanted | None:
    before = f"{content.command} " if content.command else ""
    line = read_line(before + answer, rules, len(before))
    if line is None or "`" in answer:
        return None
    return Wanted(line, content.grade, _sameness(content, rules))


def _sameness(content: Typed, rules: Grammar) -> Callable[[str, str], bool]:
    """Return what tells whether two lines, or options of one command, mean the same."""

    def same(one: str, other: str) -> bool:
        if content.command:
            found = grade_flag([one], other, content.command, rules)
        else:
            found = grade_command([one], other, rules)
        return found.outcome is Outcome.CORRECT

    return same


def _said(card: Card, wanted: Wanted) -> str | None:
    """Return the line that the notes had wrong, if it is one that can be chosen."""
    notes = card.notes
    if notes is None or notes.said is None or notes.status is not Status.WRONG:
        return None
    said = notes.said
    begins = said.split()[:1] == wanted.line.text.split()[:1]
    is_line = said.isascii() and not set("[]<>=|`").intersection(said)
    return said if begins and is_line else None


def _chosen(card: Card, answer: str, wrong: Sequence[str], seed: str) -> Card:
    """Return a card with choices made of code, which reads alike in all languages."""
    asked = card.content.prompt
    ask = Text(asked(Language.EN).question, asked(Language.ZH).question)
    right, *others = (Text.same(f"`{text}`") for text in (answer, *wrong))
    content = Choose(card.content.context, ask, right, tuple(others))
    return replace(card, form="choose", content=content.deal(f"{card.id}/{seed}"))
