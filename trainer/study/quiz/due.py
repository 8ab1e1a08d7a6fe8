"""What a card wants, as confusions name it: its command and options as they stand."""

from trainer.cards.card import Card
from trainer.cards.forms.typed import Typed
from trainer.study.quiz.confusions import Due, Written
from trainer.study.quiz.edits import option_name
from trainer.study.quiz.line import Line
from trainer.study.quiz.wanted import wanted_of


def due_of(card: Card) -> Due:
    """Return what a card wants."""
    content = card.content
    answer = content.grade("").expected
    wanted = wanted_of(content) if isinstance(content, Typed) else None
    if wanted is None:
        return Due(answer, answer.partition(" ")[0])
    options = (
        Written(one.part.name, option_name(one), one.part.value is not None)
        for one in wanted.line.options()
    )
    return Due(answer, _command_of(wanted.line), tuple(options))


def _command_of(line: Line) -> str:
    """Return the command of a line as it is written there, with the program."""
    names = (one.part.text for one in line.pieces if one.part.role == "command")
    return f"{line.grammar.program} {next(names, '')}".strip()
