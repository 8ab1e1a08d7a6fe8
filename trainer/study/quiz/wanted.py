"""A line that is asked for, and what judges others beside it."""

from dataclasses import dataclass

from trainer.cards.forms.typed import Typed
from trainer.grading.answers import grade_command, grade_flag
from trainer.grading.verdict import Outcome
from trainer.language.text import Language
from trainer.study.quiz.line import Line, read_line
from trainer.study.quiz.soundness import is_wrong


@dataclass(frozen=True, slots=True)
class Wanted:
    """The answer of a card as a line; that of a flag's card begins with its command."""

    content: Typed
    line: Line

    @property
    def answer(self) -> str:
        """The line, or the part of it that is asked for."""
        return self.line.edited()

    def refuses(self, text: str) -> bool:
        """Tell whether an answer is wrong beyond dispute."""
        return is_wrong(self.content.grade(text))

    def same(self, one: str, other: str) -> bool:
        """Tell whether two answers mean the same."""
        rules, within = self.line.grammar, self.content.command
        if within:
            found = grade_flag([one], other, within, rules)
        else:
            found = grade_command([one], other, rules)
        return found.outcome is Outcome.CORRECT


def wanted_of(content: Typed) -> Wanted | None:
    """Return a card's answer as a line to edit; `None` where the grammar reads none."""
    rules = content.context.rules()
    answer = content.answer.in_language(Language.EN)
    before = f"{content.command} " if content.command else ""
    if rules is None or "`" in answer:
        return None
    line = read_line(before + answer, rules, len(before))
    return Wanted(content, line) if line else None
