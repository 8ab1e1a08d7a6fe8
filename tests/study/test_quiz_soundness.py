"""No choice but the right one is right: over all shipped cards, for many seeds.

`TRAINER_QUIZ_SEEDS` is how many seeds each card is tried with; by default it is one,
another from card to card. `make quizzes` tries 200.
"""

import os
import re
from collections.abc import Mapping
from itertools import islice

import pytest

from tests.study.test_quiz_questions import CARDS, plain
from trainer.cards.card import Card, CardId
from trainer.cards.forms.choose import Choose
from trainer.grading.verdict import Outcome
from trainer.language.text import Language
from trainer.study.quiz.generated import all_questions
from trainer.study.quiz.question import Made, Question, dealt

SEEDS = int(os.environ.get("TRAINER_QUIZ_SEEDS", "1"))
PARTS = 16 if SEEDS > 1 else 1
"""Into how many tests the cards are divided, so that all processors have work."""
LINE = re.compile("`([^`]+)`$")
GAP = "____"


@pytest.mark.parametrize("part", range(PARTS))
def test_no_choice_but_the_right_one_is_graded_correct(part: int) -> None:
    judged = 0
    for number, card in islice(enumerate(CARDS.values()), part, None, PARTS):
        for seed in (str(number + one) for one in range(SEEDS)):
            asked = dealt(card, seed)
            only_its_answer(asked, (card.id, seed))
            for one in all_questions(card, CARDS, seed):
                where = (card.id, one.made, seed)
                only_its_answer(one.card, where)
                by_the_deck(asked, one, where)
                judged += 1
    assert judged > 400 * SEEDS // PARTS // 2


def only_its_answer(card: Card, where: object) -> None:
    """Check that a question takes its answer for right, and no other choice."""
    for language in Language:
        answer = card.content.sides(language)[1]
        choices = card.content.prompt(language).choices
        if not isinstance(card.content, Choose):
            continue
        right = [
            one.text
            for one in choices
            if card.content.grade(one.value).outcome is Outcome.CORRECT
        ]
        assert right == [answer], where


def by_the_deck(card: Card, question: Question, where: object) -> None:
    """Check that the deck's cards take no wrong choice, and no slip, for right."""
    content = question.card.content
    shown = LINE.search(content.prompt(Language.EN).question)
    line = shown[1] if shown else ""
    if question.made is Made.SLIP:
        assert not is_right(card, line), where
    if not isinstance(content, Choose):
        return
    for wrong in content.wrong:
        text = plain(wrong.en or "")
        match question.made:
            case Made.CHOICES | Made.COMMAND:
                assert not is_right(card, text), where
            case Made.MISSING:
                assert not is_right(card, line.replace(GAP, text)), where
            case Made.EFFECT | Made.MEANING if text in ASKED:
                answer = card.content.sides(Language.EN)[1]
                assert not is_right(ASKED[text], answer), where
            case _:
                pass
    if question.made is Made.MISSING:
        answer = plain(content.answer.en or "")
        assert is_right(card, line.replace(GAP, answer)), where


def is_right(card: Card, answer: str) -> bool:
    """Whether a card takes an answer for right."""
    return card.content.grade(answer).outcome is Outcome.CORRECT


def asked_by(cards: Mapping[CardId, Card]) -> dict[str, Card]:
    """Return cards by what they ask."""
    return {card.content.sides(Language.EN)[0]: card for card in cards.values()}


ASKED = asked_by(CARDS)
