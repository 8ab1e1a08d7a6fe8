"""What a learner mistakes for what, by the log and the decks."""

from collections.abc import Iterable, Mapping

from trainer.cards.card import Card, CardId
from trainer.grading.grammar import Grammar
from trainer.scheduling.review import Review, remarks
from trainer.study.quiz.confusions import Confusion, Slip, confusions
from trainer.study.quiz.record import FULL, QuizAnswer


def confusions_of(
    reviews: Iterable[Review],
    quizzed: Iterable[QuizAnswer],
    shelf: Mapping[CardId, Card],
) -> list[Confusion]:
    """Return what was mistaken for what in reviews and quizzes."""
    given: list[Review | QuizAnswer] = [*reviews]
    given += [one for one in quizzed if one.points < FULL]
    return confusions(
        _slip(one, shelf[one.card])
        for one in given
        if remarks(one.findings) and one.card in shelf
    )


def command_of(card: Card) -> str:
    """Return the command of a card's answer, such as `docker image ls`.

    A flag is of the command in whose context it is judged. What is not of the deck's
    program has none.
    """
    said = getattr(card.content, "command", None)
    if said:
        return str(said)
    rules = _rules(card)
    words = card.content.grade("").expected.split()
    if rules is None or words[:1] != [rules.program]:
        return ""
    return _command_in(words, rules)


def _slip(one: Review | QuizAnswer, card: Card) -> Slip:
    answer = card.content.grade("").expected
    needs_command = any(note.code == "wrong-command" for note in one.findings)
    command = _answered_command(answer, card) if needs_command else ""
    return Slip(one.card, one.response, one.findings, answer, command)


def _answered_command(line: str, card: Card) -> str:
    """Return the words of a line that name its command."""
    rules, words = _rules(card), line.split()
    return _command_in(words, rules) if rules else " ".join(words[:1])


def _rules(card: Card) -> Grammar | None:
    context = getattr(card.content, "context", None)
    return context.rules() if context else None


def _command_in(words: list[str], rules: Grammar) -> str:
    _, used = rules.find(words[1:])
    return " ".join(words[: 1 + used])
