"""Rule: a question does not give its answer away."""

import re
from collections.abc import Iterator

from trainer.cards.card import Card, Content, Flaw, Kind
from trainer.cards.forms.choose import Choose
from trainer.cards.forms.cloze import Cloze
from trainer.cards.forms.recall import Recall
from trainer.cards.forms.typed import Typed
from trainer.cards.lint.words import folded, stands_in, words
from trainer.cards.problem import Severity
from trainer.language.text import Language, message

_OPTION = re.compile(r"(?<!\S)(--?[A-Za-z][\w-]*)")
_TRIFLES = frozenset({"yes", "no", "none", "both", "nothing", "the", "是", "不", "否"})


def giveaway(card: Card) -> Iterator[Flaw]:
    """Yield answers that stand in their own question, in any language."""
    found = (
        answer
        for language in Language
        for answer in _given_away(card.content, language)
    )
    for answer in dict.fromkeys(found):
        said = message("problems.gives-away", answer=answer)
        yield Flaw("ask", said, Severity.WARNING)


def _given_away(content: Content, language: Language) -> Iterator[str]:
    question = content.prompt(language).question
    yield from (one for one in _answers(content, language) if _tells(question, one))


def _answers(content: Content, language: Language) -> Iterator[str]:
    """Yield what a question must not contain."""
    match content:
        case Typed() if content.context.kind is Kind.FLAG:
            yield from _OPTION.findall(content.answer.in_language(language))
        case Typed() | Recall():
            yield content.answer.in_language(language)
        case Choose():
            yield from _lonely(content, language)
        case Cloze():
            yield from (blank[0] for blank in content.blanks(language))
        case _:
            return


def _lonely(content: Choose, language: Language) -> Iterator[str]:
    """Yield the answer, unless the question names the wrong ones as well."""
    question = content.ask.in_language(language)
    wrong = (one.in_language(language) for one in content.wrong)
    if not any(_tells(question, one) for one in wrong):
        yield content.answer.in_language(language)


def _tells(question: str, answer: str) -> bool:
    wanted, asked = words(answer), words(question)
    if _is_trifle(wanted):
        return False
    if any(map(_minds_capitals, wanted)):
        return stands_in(wanted, asked)
    return stands_in(folded(wanted), folded(asked))


def _is_trifle(wanted: tuple[str, ...]) -> bool:
    """Tell whether an answer is so short that it stands anywhere by chance."""
    return len("".join(wanted)) < 2 or set(folded(wanted)) <= _TRIFLES  # noqa: PLR2004 - one character


def _minds_capitals(word: str) -> bool:
    """Tell whether another case is another word: `-p` or `-P`, `FROM` or "from"."""
    return word.startswith("-") or (word.isupper() and len(word) > 1)
