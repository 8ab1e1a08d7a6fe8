r"""Rule: no two cards ask the same.

Questions are compared as sets of words, Chinese as pairs of characters, by the share
that both have (Jaccard). Questions of the same answer are few. Of the others, only
those that agree in a rare word can be alike, so each is compared with those alone that
share one of its rarest words: as many as could be missing in a question that is alike
(Chaudhuri et al., 2006, "A primitive operator for similarity joins in data cleaning").
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import ceil

from trainer.cards.card import Card, CardId, Flaw
from trainer.cards.forms.typed import Typed
from trainer.cards.lint.shelf import Shelf
from trainer.cards.lint.words import HAN, folded, words
from trainer.cards.problem import Severity
from trainer.language.text import Language, message

ALIKE, ALIKE_ENOUGH = 0.9, 0.6
"""Questions that share so much ask the same; less is enough if the answer is the same.

Contrasts, such as one question about `save` and one about `export`, share much.
"""

MOST_RIVALS = 30
"""So many questions with a word or an answer in common are looked at for one."""

_HAN = re.compile(f"[{HAN}]")
_IN_CODE = re.compile(r"`([^`]*)`")
_IS_SPECIAL = re.compile(r"[-/.\d=]")
_IS_TERM = re.compile(rf"[^{HAN}]")


@dataclass(frozen=True, slots=True)
class _Question:
    """What a card asks in one language.

    Only questions of the same `topic` can ask the same: those of one kind with the
    same code and numbers in them, and the same Latin words in Chinese.
    """

    card: Card
    words: str
    topic: str
    shingles: frozenset[str]
    answer: str


def repeated_question(shelf: Shelf) -> Iterator[tuple[Card, Flaw]]:
    """Yield cards that ask what an earlier one asks, unless they are siblings."""
    twins: dict[CardId, tuple[Card, str]] = {}
    for language in Language:
        for card, other, key in _pairs(shelf.cards.values(), language):
            twins.setdefault(card.id, (other, key))
    for name, (other, key) in twins.items():
        names = {"card": other.id, "place": shelf.place(other)}
        said = message(f"problems.{key}", **names)
        yield shelf.cards[name], Flaw("ask", said, Severity.WARNING)


def _pairs(
    cards: Iterable[Card], language: Language
) -> Iterator[tuple[Card, Card, str]]:
    """Yield cards, each with an earlier one that asks the same, and how much so.

    Only the questions of one topic are held at a time.
    """
    topics: dict[str, list[Card]] = defaultdict(list)
    counts = Counter[str]()
    for card in cards:
        one = _question(card, language)
        topics[one.topic].append(card)
        counts.update(one.shingles)
    for asking in topics.values():
        if len(asking) > 1:
            questions = (_question(card, language) for card in asking)
            yield from _pairs_on_topic(questions, counts)


def _pairs_on_topic(
    questions: Iterable[_Question], counts: Mapping[str, int]
) -> Iterator[tuple[Card, Card, str]]:
    equal: dict[str, list[_Question]] = defaultdict(list)
    index: dict[str, list[_Question]] = defaultdict(list)
    for one in questions:
        same = equal[one.words]
        keys = dict.fromkeys((one.answer, *_rarest(one, counts)))
        rivals = (other for key in keys for other in index[key][-MOST_RIVALS:])
        if other := next(_strangers(one, same), None):
            yield one.card, other.card, "same-question"
        elif other := next(_strangers(one, _alike(one, rivals)), None):
            yield one.card, other.card, "near-question"
        same.append(one)
        for key in keys:
            index[key].append(one)


def _question(card: Card, language: Language) -> _Question:
    asked = card.content.prompt(language).question
    found = words(asked)
    plain = folded(found)
    code = " ".join(_IN_CODE.findall(asked))
    is_special = _IS_TERM if _HAN.search(asked) else _IS_SPECIAL
    special = {*words(code), *filter(is_special.search, found)}
    command = card.content.command if isinstance(card.content, Typed) else None
    topic = " ".join((card.kind, command or "", *sorted(special)))
    answer = " ".join(card.content.sides(language)[1].casefold().split())
    shingles = frozenset(_shingles(plain))
    return _Question(card, " ".join(plain), topic, shingles, answer)


def _shingles(found: Sequence[str]) -> Iterator[str]:
    """Yield what a question is compared by: words, and Chinese characters in pairs."""
    for at, word in enumerate(found):
        pair = word + "".join(found[at + 1 : at + 2])
        yield pair if _HAN.match(word) else word


def _rarest(one: _Question, counts: Mapping[str, int]) -> list[str]:
    """Return the rarest shingles, of which an alike question must have one."""
    most = len(one.shingles) - ceil(ALIKE * len(one.shingles)) + 1
    return nsmallest(most, one.shingles, key=lambda shingle: (counts[shingle], shingle))


def _alike(one: _Question, others: Iterable[_Question]) -> Iterator[_Question]:
    for other in others:
        common = len(one.shingles & other.shingles)
        share = ALIKE_ENOUGH if one.answer == other.answer else ALIKE
        if common >= share * (len(one.shingles) + len(other.shingles) - common):
            yield other


def _strangers(one: _Question, others: Iterable[_Question]) -> Iterator[_Question]:
    """Yield the questions whose cards are no siblings."""
    for other in others:
        names = one.card.id in other.card.siblings, other.card.id in one.card.siblings
        if not any(names):
            yield other
