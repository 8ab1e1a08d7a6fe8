"""From cards to the questions of a quiz: in which form each is asked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from trainer.cards.card import Card, CardId, Input
from trainer.language.text import Language
from trainer.study.quiz.distractors import choices_of
from trainer.study.quiz.generated import generated
from trainer.study.quiz.paper import Item
from trainer.study.quiz.question import Made, Question, Shelf
from trainer.study.quiz.record import QuizMode
from trainer.study.quiz.selection import draw

_AS_WRITTEN = 60
"""How many questions of a hundred are asked as they stand in the deck, if they can."""


class Form(StrEnum):
    """How a question of a quiz is answered."""

    TYPE = "type"
    RECALL = "recall"
    CHOOSE = "choose"
    CLOZE = "cloze"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Composed:
    """The questions of a quiz, and how many cards could not be asked in its way."""

    items: tuple[Item, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Manner:
    """In which way questions are asked: for what mode, in what forms, by what seed.

    Without forms all are fine. `made` is how the questions of some cards are to come
    about, if that can be; so those of another quiz are asked again.
    """

    mode: QuizMode
    seed: str
    forms: Collection[Form] = ()
    made: Mapping[CardId, Made] | None = None


def compose(
    cards: Iterable[Card], shelf: Shelf, manner: Manner, count: int
) -> Composed:
    """Make so many questions, each of a card, or as many as can be made."""
    items: list[Item] = []
    left_out = 0
    for card in cards:
        if len(items) == count:
            break
        item = item_of(card, shelf, manner)
        if item is None:
            left_out += 1
        else:
            items.append(item)
    return Composed(tuple(items), left_out)


def item_of(card: Card, shelf: Shelf, manner: Manner) -> Item | None:
    """Return what a quiz asks of a card, or nothing if it cannot ask it in its way."""
    seed = manner.seed
    plain = replace(card, content=card.content.deal(f"{card.id}/quiz {seed}"))
    if manner.mode is QuizMode.HYBRID:
        return _typed_first(plain, shelf, manner)
    questions = [
        one for one in _questions(plain, shelf, seed) if _suits(one.card, manner)
    ]
    if not questions:
        return None
    wanted = (manner.made or {}).get(card.id)
    chosen = next((one for one in questions if one.made is wanted), None)
    return Item(chosen or _drawn(questions, f"{seed}/{card.id}"), plain)


def _typed_first(plain: Card, shelf: Shelf, manner: Manner) -> Item | None:
    if not input_of(plain).is_typed or not _is_of_form(plain, manner):
        return None
    question = Question(plain, plain.id, Made.CARD)
    return Item(question, plain, choices_of(plain, shelf, manner.seed))


def _questions(plain: Card, shelf: Shelf, seed: str) -> list[Question]:
    """Return all ways to ask a card, as it stands in the deck first."""
    questions = [Question(plain, plain.id, Made.CARD)]
    choices = choices_of(plain, shelf, seed)
    if choices is not None and input_of(plain) is not Input.CHOICE:
        questions.append(Question(choices, plain.id, Made.CHOICES))
    return [*questions, *generated(plain, shelf, seed)]


def _suits(card: Card, manner: Manner) -> bool:
    wanted = input_of(card)
    if manner.mode is QuizMode.DOMC:
        return wanted is Input.CHOICE and _is_of_form(card, manner)
    if manner.mode is QuizMode.EXAM and wanted is Input.FLIP:
        return False
    return _is_of_form(card, manner)


def _is_of_form(card: Card, manner: Manner) -> bool:
    return not manner.forms or card.form in manner.forms


def _drawn(questions: list[Question], seed: str) -> Question:
    """Choose by the seed: mostly the card as it is, else one of the others."""
    number = int(draw(f"{seed}/made")[:8], 16)
    first, *others = questions
    if not others or (first.made is Made.CARD and number % 100 < _AS_WRITTEN):
        return first
    made = others if first.made is Made.CARD else questions
    return made[number // 100 % len(made)]


def input_of(card: Card) -> Input:
    """Return what a card wants of the learner, which no language changes."""
    return card.content.prompt(Language.EN).input
