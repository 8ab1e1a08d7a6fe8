"""Any card as multiple choice: the answer among lines that are surely wrong."""

from collections.abc import Sequence

from trainer.cards.card import Card, Kind, Status
from trainer.cards.forms.choose import Choose
from trainer.cards.forms.typed import Typed
from trainer.cards.shuffle import shuffled
from trainer.grading.instructions import is_instruction
from trainer.language.text import Language
from trainer.study.quiz.alike import answers_alike
from trainer.study.quiz.choices import choosing, code, question
from trainer.study.quiz.grid import wrong_lines
from trainer.study.quiz.instruction import other_instructions
from trainer.study.quiz.question import Shelf, dealt
from trainer.study.quiz.soundness import is_wrong
from trainer.study.quiz.wanted import Wanted, wanted_of


def choices_of(card: Card, shelf: Shelf, seed: str) -> Card | None:
    """Return a card as multiple choice; `None` where that could not be sound.

    The same card, cards of its topic and seed give the same choices everywhere. A
    card that has choices keeps them.
    """
    card, seed = dealt(card, seed), f"{card.id}/{seed}"
    content = card.content
    if isinstance(content, Choose):
        return card
    if isinstance(content, Typed) and card.kind is not Kind.CONCEPT:
        answer, wrong = _of_lines(card, content, seed)
    else:
        answer, wrong = answers_alike(card, shelf, seed)
    others = list(map(code, wrong))
    return choosing(card, question(card), code(answer), others, seed)


def _of_lines(card: Card, content: Typed, seed: str) -> tuple[str, Sequence[str]]:
    """Return the answer of a command's or an option's card, and wrong ones."""
    answer = content.answer.in_language(Language.EN)
    if is_instruction(answer):
        return answer, _instructions(content, answer, seed)
    wanted = wanted_of(content)
    return answer, wrong_lines(wanted, seed, _said(card, wanted)) if wanted else ()


def _instructions(content: Typed, answer: str, seed: str) -> list[str]:
    others = list(other_instructions(answer))
    texts = (others[at] for at in shuffled(len(others), seed))
    return [one for one in texts if is_wrong(content.grade(one))]


def _said(card: Card, wanted: Wanted) -> str | None:
    """Return the line that the notes had wrong, if it is one that can be chosen."""
    notes = card.notes
    if notes is None or notes.said is None or notes.status is not Status.WRONG:
        return None
    said = notes.said
    begins = said.split()[:1] == wanted.line.text.split()[:1]
    is_line = said.isascii() and not set("[]<>=|`").intersection(said)
    return said if begins and is_line else None
