"""The pages of a quiz: a question, an option, a second try, what an answer is worth."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from trainer.cards.card import Card
from trainer.language.width import text_width
from trainer.study.quiz.paper import (
    Again,
    Answered,
    Asking,
    Judging,
    Offering,
    Quiz,
    Told,
    offered_text,
)
from trainer.study.quiz.record import NONE
from trainer.study.session import Judged
from trainer.terminal.choices import choice_lines
from trainer.terminal.lesson import OUTCOME_SIGNS, field_lines, lesson_lines
from trainer.terminal.line import Line, labelled, paragraph, shown
from trainer.terminal.look import Look, air, apart
from trainer.terminal.page import (
    Page,
    Seen,
    head_lines,
    hint_lines,
    key_line,
    question_lines,
)
from trainer.terminal.quizwords import (
    choice_text,
    judged_texts,
    made_text,
    notes,
    points_text,
    spent_text,
    standing_text,
    title_of,
)
from trainer.terminal.words import details
from trainer.terminal.wrap import cut, pad

_SECONDS_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class QuizFrame:
    """What stands around a question: where the quiz stands, and the keys."""

    quiz: Quiz
    titles: Mapping[str, str]
    left_ms: Callable[[], int | None]
    keys: Sequence[str]


def quiz_page(frame: QuizFrame, seen: Seen, look: Look) -> Page:
    """Lay out what a quiz shows now."""
    match frame.quiz.phase:
        case Asking(item):
            return _asked(item.card, seen, frame, look)
        case Again() as again:
            return _again(again, seen, frame, look)
        case Offering() as offering:
            return _offered(offering, frame, look)
        case Judging(item):
            return _turned(item.card, frame, look)
        case Told(answered):
            return _told(answered, frame, look)
        case ended:
            raise TypeError(ended)


def _asked(card: Card, seen: Seen, frame: QuizFrame, look: Look) -> Page:
    choices = choice_lines(card.content.prompt(look.language), seen.picked, look)
    hints = hint_lines(card, seen, look)
    return _page(card, [question_lines(card, look), choices, hints], frame, look)


def _again(again: Again, seen: Seen, frame: QuizFrame, look: Look) -> Page:
    response = again.first.strip()
    said = look.say(
        "quiz-again" if response else "quiz-again-unknown", response=response
    )
    said = f"{look.signs.wrong} {said}"
    note = paragraph(said, look.columns, "class:wrong")
    prompt = again.card.content.prompt(look.language)
    choices = choice_lines(prompt, seen.picked, look)
    parts = [question_lines(again.item.card, look), note, choices]
    return _page(again.card, parts, frame, look)


def _offered(offering: Offering, frame: QuizFrame, look: Look) -> Page:
    card = offering.item.card
    label = look.say("quiz-option", n=offering.place + 1)
    column = text_width(label) + 2
    text = offered_text(offering, look.language)
    option = paragraph(text, max(2, look.columns - column))
    lines = labelled(label, option, column)
    return _page(card, [question_lines(card, look), lines], frame, look)


def _turned(card: Card, frame: QuizFrame, look: Look) -> Page:
    answer = card.content.sides(look.language)[1]
    lesson = [("answer", answer)], details(card, look.language)
    lines = [field_lines(fields, look) for fields in lesson]
    return _page(card, [question_lines(card, look), *lines], frame, look)


def _told(answered: Answered, frame: QuizFrame, look: Look) -> Page:
    card = answered.item.card
    above = [*question_lines(card, look), *air(look)]
    response = choice_text(card, answered.response, look.language)
    judged = Judged(card, response, answered.verdict, answered.took_ms, {})
    remarks = [
        line
        for text in notes(answered, look.language)
        for line in paragraph(text, look.columns, "class:partial")
    ]
    body = apart([lesson_lines(judged, look), remarks], look)
    page = _page(card, [], frame, look)
    return page._replace(body=[*above, *body], start=len(above))


def _page(
    card: Card, parts: Sequence[Sequence[Line]], frame: QuizFrame, look: Look
) -> Page:
    quiz = frame.quiz
    place = f"{quiz.position}/{len(quiz.paper.items)}"
    made = made_text(quiz, look.language)
    places = [look.signs.between.join((place, made)), place] if made else [place]
    told = standing_text(quiz, frame.left_ms(), look.language)
    standing: Line = (("class:dim", look.signs.between.join(told)),)
    head = head_lines(title_of(card, frame.titles), places, standing, look)
    return Page(head, apart(parts, look), [*air(look), key_line(frame.keys, look)])


def answer_line(answered: Answered, quiz: Quiz, look: Look) -> Line:
    """Sum an answer up in a line; in an exam only that it was given."""
    took = spent_text(answered.took_ms, look.language)
    took = " " * max(0, _SECONDS_COLUMNS - text_width(took)) + took
    sign, style, word = look.signs.between.strip(), "class:dim", ""
    if quiz.paper.mode.tells_at_once:
        outcome = answered.outcome
        sign, style = getattr(look.signs, OUTCOME_SIGNS[outcome]), f"class:{outcome}"
        word = judged_texts(answered, look.language)[0]
        if answered.points != NONE:
            word += f" +{points_text(answered.points)}"
    rest = text_width(f"{sign}   {word} {took}")
    question = shown(answered.item.card.content.prompt(look.language).question)
    room = max(0, look.columns - rest)
    question = pad(cut(question, room, look.signs.ellipsis), room)
    return (
        (style, f"{sign} "),
        ("", f"{question}  "),
        (style, word),
        ("class:dim", f" {took}"),
    )
