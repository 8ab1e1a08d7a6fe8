"""Quizzes over time, and what is mistaken for what, as tables."""

from collections.abc import Iterator, Sequence

from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.study.quiz.confusions import Confusion
from trainer.study.quiz.result import Past
from trainer.terminal.plot import ASCII, UNICODE, columns_plot
from trainer.terminal.quizwords import mode_text, percent_text, score_text, spent_text
from trainer.terminal.table import table

_PLOT_ROWS = 5
_FEWEST_COLUMNS = 3


def history_lines(
    past: Sequence[Past], language: Language, columns: int, *, ascii_only: bool
) -> Iterator[str]:
    """Yield the quizzes as a table, and their scores as a plot if there are some."""
    yield from table([_row(one, language) for one in past], frozenset({2, 3, 4}))
    if len(past) >= _FEWEST_COLUMNS:
        yield ""
        yield say(language, "quiz.plot")
        shares = [float(one.score.percent) for one in past]
        pen = ASCII if ascii_only else UNICODE
        yield from columns_plot(shares, columns, _PLOT_ROWS, pen)


def _row(past: Past, language: Language) -> list[str]:
    begun = past.begun
    marks = []
    if past.passed is not None:
        key = "was-passed" if past.passed else "was-failed"
        marks.append(say(language, f"quiz.{key}", mark=begun.pass_mark))
    if not past.is_finished:
        marks.append(say(language, "quiz.was-unfinished", questions=begun.questions))
    return [
        f"{begun.at:%Y-%m-%d %H:%M}",
        mode_text(begun.mode, language),
        score_text(past.score, language),
        percent_text(past.score.percent, language),
        spent_text(past.took_ms, language),
        " ".join(marks),
        begun.selection,
    ]


def confusion_lines(found: Sequence[Confusion], language: Language) -> Iterator[str]:
    """Yield what was mistaken for what, and how often."""
    for one in found:
        yield say(
            language,
            "quiz.confusion",
            taken=one.taken,
            due=one.due,
            count=one.count,
        )
