"""From cards to the questions of a quiz: in which form each is asked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from trainer.cards.card import Card, CardId, Input
from trainer.language.text import Language
from trainer.study.quiz.distractors import choices_of
from trainer.study.quiz.generated import all_questions
from trainer.study.quiz.paper import Item
from trainer.study.quiz.question import Made, Question, Shelf, dealt, number_of
from trainer.study.quiz.record import QuizMode

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
    plain = dealt(card, manner.seed)
    as_written = Question(plain, card.id, Made.CARD)
    if manner.mode is QuizMode.HYBRID:
        return _typed_first(card, as_written, shelf, manner)
    wanted = (manner.made or {}).get(card.id)
    number = number_of(f"{manner.seed}/{card.id}/made")
    is_written = wanted is Made.CARD if wanted else number % 100 < _AS_WRITTEN
    can_be_written = _suits(plain, manner)
    if can_be_written and is_written:
        return Item(as_written, plain)
    others = all_questions(card, shelf, manner.seed)
    made = [one for one in others if _suits(one.card, manner)]
    if not made:
        return Item(as_written, plain) if can_be_written else None
    drawn = made[number // 100 % len(made)]
    return Item(next((one for one in made if one.made is wanted), drawn), plain)


def _typed_first(
    card: Card, as_written: Question, shelf: Shelf, manner: Manner
) -> Item | None:
    plain = as_written.card
    if not input_of(plain).is_typed or not _is_of_form(plain, manner):
        return None
    return Item(as_written, plain, choices_of(card, shelf, manner.seed))


def _suits(card: Card, manner: Manner) -> bool:
    wanted = input_of(card)
    if manner.mode is QuizMode.DOMC:
        return wanted is Input.CHOICE and _is_of_form(card, manner)
    if manner.mode is QuizMode.EXAM and wanted is Input.FLIP:
        return False
    return _is_of_form(card, manner)


def _is_of_form(card: Card, manner: Manner) -> bool:
    return not manner.forms or card.form in manner.forms


def input_of(card: Card) -> Input:
    """Return what a card wants of the learner, which no language changes."""
    return card.content.prompt(Language.EN).input
