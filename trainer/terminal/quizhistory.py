"""Quizzes over time, and what is mistaken for what, as tables."""

from collections.abc import Iterator, Sequence

from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.language.width import text_width
from trainer.study.quiz.confusions import Confusion
from trainer.study.quiz.result import Past
from trainer.terminal.plot import ASCII, UNICODE, columns_plot
from trainer.terminal.quizwords import mode_text, percent_text, score_text, spent_text
from trainer.terminal.signs import Signs, signs_for
from trainer.terminal.table import table
from trainer.terminal.wrap import cut

_PLOT_ROWS, _PLOT_COLUMNS = 5, 80
_LEAST_ROOM = 8
_NUMBERS = frozenset({2, 3, 4})
_FEWEST_COLUMNS = 3


def history_lines(
    past: Sequence[Past], language: Language, columns: int, *, ascii_only: bool
) -> Iterator[str]:
    """Yield the quizzes as a table, and their scores as a plot if there are some."""
    yield from _table(past, language, columns, signs_for(ascii_only=ascii_only))
    if len(past) >= _FEWEST_COLUMNS:
        yield ""
        yield say(language, "quiz.plot")
        shares = [float(one.score.percent) for one in past]
        pen = ASCII if ascii_only else UNICODE
        yield from columns_plot(shares, min(columns, _PLOT_COLUMNS), _PLOT_ROWS, pen)


def _table(
    past: Sequence[Past], language: Language, columns: int, signs: Signs
) -> list[str]:
    """Lay the quizzes out; what was asked for takes the room that is left."""
    rows = [_row(one, language) for one in past]
    room = columns - max(map(text_width, table(rows, _NUMBERS))) - 2
    if room >= _LEAST_ROOM:
        asked = (cut(one.begun.selection, room, signs.ellipsis) for one in past)
        rows = [[*row, text] for row, text in zip(rows, asked, strict=True)]
    return table(rows, _NUMBERS)


def _row(past: Past, language: Language) -> list[str]:
    begun = past.begun
    marks = []
    if past.passed is not None:
        key = "was-passed" if past.passed else "was-failed"
        marks.append(say(language, f"quiz.{key}", mark=begun.pass_mark))
    if not past.is_finished:
        marks.append(say(language, "quiz.was-unfinished"))
    return [
        f"{begun.at:%Y-%m-%d}",
        mode_text(begun.mode, language),
        score_text(past.score, language),
        percent_text(past.score.percent, language),
        spent_text(past.took_ms, language),
        " ".join(marks),
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
