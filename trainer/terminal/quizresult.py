"""What a quiz came to, as its learner reads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from shlex import quote

from trainer.grading.verdict import Outcome
from trainer.language.catalogue import say
from trainer.language.width import text_width
from trainer.study.quiz.paper import Answered
from trainer.study.quiz.record import QuizBegun, QuizMode
from trainer.study.quiz.result import Result, Tally
from trainer.terminal.line import BLANK, Line, field, indented, paragraph
from trainer.terminal.look import Look, rule
from trainer.terminal.quizwords import (
    gave_text,
    miss_texts,
    mode_text,
    percent_text,
    score_text,
    spent_text,
)
from trainer.terminal.table import table
from trainer.terminal.words import label_text

_GAP = 2
"""Blanks between a label and its text."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A result with what it is called: the quiz as it was begun, the topics' titles."""

    result: Result
    begun: QuizBegun
    titles: Mapping[str, str]


def result_lines(summary: Summary, look: Look) -> Iterator[Line]:
    """Yield the score, the score by topic and kind, and every miss."""
    result = summary.result
    yield rule(look)
    for text, style in _headline(summary, look):
        yield from paragraph(text, look.columns, style)
    if result.score.questions:
        yield BLANK
        yield from _tallies(summary, look)
    if result.misses:
        yield BLANK
        missed = _say(look, "missed", count=len(result.misses))
        yield from paragraph(missed, look.columns, "class:title")
        for answered in result.misses:
            yield BLANK
            yield from _miss(answered, look)
        yield BLANK
        retry = _say(look, "retry", count=len(result.misses))
        yield from paragraph(retry, look.columns)
    if not summary.begun.is_repeating:
        again = _say(look, "seed-was", command=_command(summary.begun))
        yield from paragraph(again, look.columns, "class:dim")


def _command(begun: QuizBegun) -> str:
    """Return the command line that asks the same questions again."""
    mode = "" if begun.mode is QuizMode.PRACTICE else f"--mode {begun.mode}"
    words = ("trainer quiz", begun.selection, mode, f"--seed {quote(begun.seed)}")
    return " ".join(filter(None, words))


def _headline(summary: Summary, look: Look) -> Iterator[tuple[str, str]]:
    result, begun = summary.result, summary.begun
    values = {
        "mode": mode_text(begun.mode, look.language),
        "score": score_text(result.score, look.language),
        "percent": percent_text(result.score.percent, look.language),
        "time": spent_text(result.took_ms, look.language),
    }
    if not result.score.questions:
        yield _say(look, "none-answered"), ""
        return
    yield _say(look, "headline", **values), "class:title"
    if not result.is_finished:
        counts = {"answered": result.score.questions, "questions": result.questions}
        yield _say(look, "unfinished", **counts), "class:partial"
    if result.passed is not None:
        key = "passed" if result.passed else "failed"
        style = "class:correct" if result.passed else "class:wrong"
        yield _say(look, key, mark=begun.pass_mark), style


def _tallies(summary: Summary, look: Look) -> Iterator[Line]:
    by_topic = summary.result.by_topic
    topics = {
        title: by_topic[name]
        for name, title in summary.titles.items()
        if name in by_topic
    }
    kinds = {
        _say(look, f"kind-{name}"): tally
        for name, tally in summary.result.by_kind.items()
    }
    rows = [_row(name, tally, look) for name, tally in {**topics, **kinds}.items()]
    lines = table(rows, frozenset({1, 2}))
    for number, line in enumerate(lines):
        if number == len(topics):
            yield BLANK
        yield from paragraph(line, max(look.columns, len(line)))


def _row(name: str, tally: Tally, look: Look) -> list[str]:
    score = score_text(tally, look.language)
    return [name, score, percent_text(tally.percent, look.language)]


def _miss(answered: Answered, look: Look) -> Iterator[Line]:
    """Lay out a question, what was answered, what is right, and why."""
    card, language = answered.item.card, look.language
    question = card.content.prompt(language).question.rstrip("\n")
    yield from paragraph(question, look.columns, "class:question")
    room = look.columns - 2
    lines: list[Line] = []
    for text in miss_texts(answered, language):
        lines += paragraph(text, room, "class:partial")
    facts = list(_facts(answered, look))
    column = max(text_width(label) for label, _, _ in facts) + _GAP
    for label, text, style in facts:
        lines += field(label, text, style, column, room)
    yield from indented(lines, 2)


def _facts(answered: Answered, look: Look) -> Iterator[tuple[str, str, str]]:
    """Yield what was answered, what is right and where that stands."""
    card, language = answered.item.card, look.language
    if answered.verdict.outcome is not Outcome.UNJUDGED:
        yield _say(look, "label-given"), gave_text(answered, language), "class:wrong"
    answer = card.content.sides(language)[1]
    yield label_text("answer", language), answer, "class:answer"
    if card.source:
        source = card.source.cited().in_language(language)
        yield label_text("source", language), source, "class:dim"


def _say(look: Look, key: str, **values: object) -> str:
    return say(look.language, f"quiz.{key}", **values)
