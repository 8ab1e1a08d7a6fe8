"""A question that was made for a quiz, as lines for its author."""

from collections.abc import Iterator

from trainer.cards.card import Input
from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.study.quiz.question import Question
from trainer.terminal.words import labelled_text


def question_lines(question: Question, language: Language) -> Iterator[str]:
    """Yield where a question comes from, what it asks, its choices and its answer."""
    content = question.card.content
    generated = say(language, "questions.generated")
    made = say(language, question.made.name_key)
    yield say(
        language,
        "questions.preview",
        card=question.of,
        generated=generated,
        made=made,
    )
    prompt = content.prompt(language)
    asked, *more = (line for line in prompt.question.split("\n") if line)
    yield "  " + labelled_text("question", asked, language)
    yield from (f"    {line}" for line in more)
    if prompt.input is Input.CHOICE:
        for number, choice in enumerate(prompt.choices, 1):
            yield f"    {number}. {choice.text}"
    _, answer = content.sides(language)
    yield "  " + labelled_text("answer", answer, language)
