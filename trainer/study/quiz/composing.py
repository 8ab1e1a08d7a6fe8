"""From cards to the questions of a quiz: in which form each is asked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from trainer.cards.card import Card, CardId, Input
from trainer.cards.shuffle import shuffled
from trainer.language.text import Language
from trainer.study.quiz.distractors import choices_of
from trainer.study.quiz.generated import ASKING, all_questions, generate
from trainer.study.quiz.paper import Item
from trainer.study.quiz.question import Form, Made, Question, Shelf, dealt, number_of
from trainer.study.quiz.record import QuizMode

_AS_WRITTEN = 60
"""How many questions of a hundred are asked as they stand in the deck, if they can."""
_EVERY = 5
"""Each question at such a place is made by the program, if a card gives one."""
_TYPED = (Made.MISSING, Made.SLIP)
"""Kinds of questions the answer to which may be typed."""
_LOOK_AHEAD = 60
"""Among so many of the next cards one is looked for that gives such a question."""


@dataclass(frozen=True, slots=True)
class Composed:
    """The questions of a quiz, and how many cards its mode could not ask."""

    items: tuple[Item, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Manner:
    """In which way questions are asked: for what mode, in what forms, by what seed.

    Without forms all are fine. `made` is how the questions of some cards are to come
    about, if that can be; so those of another quiz are asked again, in their order.
    """

    mode: QuizMode
    seed: str
    forms: Collection[Form] = ()
    made: Mapping[CardId, Made] | None = None


def compose(
    cards: Iterable[Card], shelf: Shelf, manner: Manner, count: int
) -> Composed:
    """Make so many questions, each of a card, or as many as can be made.

    Few cards give a question that the program makes, and a quiz is to have some: the
    next card that does may come before its turn.
    """
    waiting = list(cards)
    items: list[Item] = []
    left_out = 0
    while waiting and len(items) < count:
        drawn = _drawn(waiting, shelf, manner) if _is_turn(len(items), manner) else None
        if drawn is not None:
            items.append(drawn)
            waiting.remove(shelf[drawn.question.of])
            continue
        card = waiting.pop(0)
        item = item_of(card, shelf, manner)
        if item is not None:
            items.append(item)
        else:
            left_out += _is_of_form(card, manner)
    return Composed(tuple(items), left_out)


def _is_turn(known: int, manner: Manner) -> bool:
    return known % _EVERY == _EVERY - 1 and manner.made is None and _makes(manner)


def _makes(manner: Manner) -> bool:
    """Tell whether a question that the program makes may be fit for a quiz."""
    fit = {Form.CHOOSE} if manner.mode is QuizMode.DOMC else {Form.CHOOSE, Form.TYPE}
    is_fit = not manner.forms or not fit.isdisjoint(manner.forms)
    return is_fit and manner.mode is not QuizMode.HYBRID


def _drawn(waiting: Sequence[Card], shelf: Shelf, manner: Manner) -> Item | None:
    """Return the first question that can be made of the next cards."""
    is_chosen = not manner.forms or Form.CHOOSE in manner.forms
    kinds = [one for one in ASKING if is_chosen or one in _TYPED]
    for card in waiting[:_LOOK_AHEAD]:
        for at in shuffled(len(kinds), f"{manner.seed}/{card.id}/drawn"):
            made = generate(kinds[at], card, shelf, manner.seed)
            if made and _suits(made.card, manner):
                return Item(made, dealt(card, manner.seed))
    return None


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
    others = all_questions(card, shelf, manner.seed) if _makes(manner) else ()
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
