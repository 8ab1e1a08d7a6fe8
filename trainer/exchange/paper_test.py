"""A quiz on paper: questions with room for answers, and the key, as Markdown."""

import re
from collections.abc import Iterator

from trainer.cards.card import Card, Input
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.text import Language
from trainer.study.quiz.paper import Item, Paper

_LETTERS = "ABCDEFGHI"
_LINE = "\\_" * 30
_CODE = re.compile(r"(`[^`\n]+`)")
_SPECIAL = re.compile(r"([\\<>*_#\[\]])")


def paper_test(paper: Paper, language: Language) -> str:
    """Return a quiz as a text of Markdown that says nothing of where it was made."""
    return clean("\n".join(_lines(paper, language))) + "\n"


def _lines(paper: Paper, language: Language) -> Iterator[str]:
    count = len(paper.items)
    yield "# " + say(language, "quiz.paper-title", count=count)
    yield ""
    yield say(language, "quiz.paper-name")
    for number, item in enumerate(paper.items, 1):
        mark = f"{number}. "
        yield ""
        yield mark + _shown(_question(item.card, language), len(mark))
        yield ""
        yield from _room(item.card, language, " " * len(mark))
    yield ""
    yield "## " + say(language, "quiz.paper-key")
    yield ""
    for number, item in enumerate(paper.items, 1):
        mark = f"{number}. "
        yield mark + _key(item, language, len(mark))
    yield ""
    yield say(language, "quiz.paper-seed", seed=paper.seed)


def _question(card: Card, language: Language) -> str:
    return card.content.prompt(language).question.strip("\n")


def _room(card: Card, language: Language, margin: str) -> Iterator[str]:
    prompt = card.content.prompt(language)
    for letter, choice in zip(_LETTERS, prompt.choices, strict=False):
        mark = f"{margin}- [ ] {letter}. "
        yield mark + _shown(choice.text, len(margin) + 2)
    if prompt.input is Input.ORDER:
        yield ""
        yield f"{margin}{say(language, 'quiz.paper-order')} {_LINE}"
    elif prompt.input is not Input.CHOICE:
        yield margin + _LINE


def _key(item: Item, language: Language, indent: int) -> str:
    """Return the answer, whether no author wrote the question, and the reasons."""
    card = item.card
    prompt, answer = card.content.prompt(language), card.content.sides(language)[1]
    if prompt.input is Input.CHOICE:
        texts = [choice.text for choice in prompt.choices]
        place = f"{_LETTERS[texts.index(answer)]}. " if answer in texts else ""
        told = f"{place}{_shown(answer, indent)}"
    elif prompt.input is Input.COMMAND and "`" not in answer and "\n" not in answer:
        told = f"`{answer}`"
    else:
        told = _shown(answer, indent)
    if item.question.made.is_generated:
        told += say(language, "quiz.paper-generated")
    if card.why is None:
        return told
    why = _shown(card.why.in_language(language), indent)
    return f"{told}  \n{' ' * indent}{why}"


def _shown(text: str, indent: int) -> str:
    """Return a text in which only code means something to Markdown."""
    parts = _CODE.split(text.strip("\n"))
    safe = "".join(
        part if number % 2 else _SPECIAL.sub(r"\\\1", part)
        for number, part in enumerate(parts)
    )
    margin = " " * indent
    paragraphs = (
        part.replace("\n", f"  \n{margin}") for part in re.split(r"\n{2,}", safe)
    )
    return f"\n\n{margin}".join(paragraphs)
