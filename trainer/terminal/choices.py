"""Choices on the screen: to pick one, or to put all of them in order."""

from collections.abc import Sequence

from trainer.cards.card import Input, Prompt
from trainer.grading.verdict import Outcome
from trainer.study.session import Judged
from trainer.terminal.line import Line, indented, paragraph
from trainer.terminal.look import Look


def choice_lines(prompt: Prompt, picked: Sequence[int], look: Look) -> list[Line]:
    """Lay out what there is to pick from, each with its digit.

    Of steps to be ordered, those picked show the place they were given.
    """
    lines: list[Line] = []
    for index, choice in enumerate(prompt.choices):
        mark = ""
        if prompt.input is Input.ORDER:
            place = picked.index(index) + 1 if index in picked else None
            mark = f"[{place or ' '}]"
        style = "class:dim" if index in picked else ""
        lines += _choice(f"{index + 1}", mark, choice.text, style, look)
    return lines


def marked_choice_lines(judged: Judged, look: Look) -> list[Line]:
    """Lay out the choices of a judged answer: the right one, and the one taken."""
    prompt = judged.card.content.prompt(look.language)
    if prompt.input is not Input.CHOICE:
        return []
    lines: list[Line] = []
    for index, choice in enumerate(prompt.choices):
        is_taken = choice.value == judged.response
        is_right = judged.card.content.grade(choice.value).outcome is Outcome.CORRECT
        sign = look.signs.right if is_right else look.signs.wrong if is_taken else " "
        style = "class:correct" if is_right else "class:wrong" if is_taken else ""
        lines += _choice(f"{index + 1}", sign, choice.text, style, look)
    return lines


def _choice(digit: str, mark: str, text: str, style: str, look: Look) -> list[Line]:
    lead: Line = (("class:label", f"{digit}"), (style, f" {mark} " if mark else "  "))
    column = sum(len(part) for _, part in lead)
    first, *rest = paragraph(text, max(2, look.columns - column), style)
    return [(*lead, *first), *indented(rest, column)]
