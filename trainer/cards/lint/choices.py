"""Rules about choices: the wrong ones are wrong, and look like the right one."""

import re
from collections.abc import Callable, Iterator

from trainer.cards.card import Card, Flaw
from trainer.cards.forms.choose import Choose
from trainer.cards.problem import Severity
from trainer.grading.answers import grade_command, grade_flag
from trainer.grading.grammar import Grammar
from trainer.grading.verdict import Outcome, Verdict
from trainer.language.text import Language, message
from trainer.language.width import text_width

_CODE = re.compile(r"`([^`]+)`")
_PLACEHOLDER = re.compile(r"<([^\s<>]+)>")
_GLANCE = 24
"""An answer of so many columns is long beside any other."""

Judge = Callable[[str, str], Verdict]


def telling_form(card: Card) -> Iterator[Flaw]:
    """Yield answers that stand out among the choices by how they look."""
    if not isinstance(card.content, Choose):
        return
    keys = (key for lang in Language for key in _stands_out(card.content, lang))
    for key in dict.fromkeys(keys):
        yield Flaw("wrong", message(f"problems.{key}"), Severity.WARNING)


def _stands_out(content: Choose, language: Language) -> Iterator[str]:
    answer = content.answer.in_language(language)
    wrong = [one.in_language(language) for one in content.wrong]
    if all(_is_code(one) is not _is_code(answer) for one in wrong):
        yield "answer-is-code" if _is_code(answer) else "answer-is-words"
    width = text_width(answer)
    if width > _GLANCE and width > 2 * max(map(text_width, wrong)):
        yield "answer-is-longest"


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(text.strip()) is not None


def right_distractor(card: Card) -> Iterator[Flaw]:
    """Yield wrong choices that the grammar takes for the answer."""
    if not isinstance(card.content, Choose):
        return
    rules = card.content.context.rules()
    judge = _judge(card.content, rules) if rules else None
    if judge is None:
        return
    answer = _plain(card.content.answer.in_language(Language.EN))
    for text in card.content.wrong:
        choice = text.in_language(Language.EN)
        if judge(answer, _plain(choice)).outcome is Outcome.CORRECT:
            yield Flaw("wrong", message("problems.right-choice", choice=choice))


def _judge(content: Choose, rules: Grammar) -> Judge | None:
    """Return what judges the choices: commands, or options of the one command asked."""
    texts = (content.answer, *content.wrong)
    choices = [_plain(one.in_language(Language.EN)) for one in texts]
    if all(one.split()[:1] == [rules.program] for one in choices):
        return lambda answer, choice: grade_command([answer], choice, rules)
    command = _command(content.ask.in_language(Language.EN), rules)
    if command is None or not all(one.startswith("-") for one in choices):
        return None
    return lambda answer, choice: grade_flag([answer], choice, command, rules)


def _command(question: str, rules: Grammar) -> str | None:
    """Return the command that a question is about, if it names exactly one."""
    lines = (one.split() for one in _CODE.findall(question))
    ours = (line[1:] for line in lines if line[:1] == [rules.program])
    named = {_path(words, rules) for words in ours}
    path = named.pop() if len(named) == 1 else ()
    return " ".join((rules.program, *path)) if path else None


def _path(words: list[str], rules: Grammar) -> tuple[str, ...]:
    command, _ = rules.find(words)
    return command.path if command else ()


def _plain(choice: str) -> str:
    """Return the code of a choice; its placeholders stand for themselves."""
    text = choice.strip()
    found = _CODE.fullmatch(text)
    return _PLACEHOLDER.sub(r"\1", found[1] if found else text)
