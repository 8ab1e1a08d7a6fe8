"""The log as a table that fits the terminal."""

from collections.abc import Iterator, Mapping, Sequence

from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.scheduling.history import Logged
from trainer.scheduling.memory import Memory
from trainer.scheduling.review import Review
from trainer.terminal.interval import interval_at_rating
from trainer.terminal.line import shown
from trainer.terminal.look import Look
from trainer.terminal.table import columns, table
from trainer.terminal.words import entry_text
from trainer.terminal.wrap import cut

_COLUMNS_FOR_ONE_LINE = 80
_LEAST_CARD = 8
_LEAST_TYPED = 12
_NAMES = ("time", "card", "rating", "interval", "verdict", "typed")
_CARD, _TYPED = 1, 5


def log_lines(
    log: Sequence[Logged],
    memories: Mapping[str, Memory],
    look: Look,
    *,
    of_one_card: bool = False,
) -> Iterator[str]:
    """Yield reviews and marks, a line each; where it is narrow, with a second one.

    `memories` are what was remembered after each review, by the review's id.
    """
    head = [say(look.language, f"log.{name}") for name in _NAMES]
    rows = [head, *(_cells(one, memories.get(one.entry.id), look) for one in log)]
    if of_one_card:
        rows = [[*row[:_CARD], "", *row[_CARD + 1 :]] for row in rows]
    lines = _narrow(rows, look)
    if look.columns >= _COLUMNS_FOR_ONE_LINE:
        lines = iter(table(_cut_last(rows, look), frozenset()))
    return (line.rstrip() for line in lines)


def log_time(logged: Logged, look: Look) -> str:
    """Return when something was done, by the learner's own clock."""
    is_wide = look.columns >= _COLUMNS_FOR_ONE_LINE
    return logged.entry.at.strftime("%Y-%m-%d %H:%M" if is_wide else "%m-%d %H:%M")


def _cells(logged: Logged, memory: Memory | None, look: Look) -> list[str]:
    entry, language = logged.entry, look.language
    what = entry_text(entry, language)
    result = interval_at_rating(memory, look.rollover, language) if memory else ""
    if logged.taken_back:
        result = say(language, "log.taken-back")
    outcome, typed = _answer(entry, language) if isinstance(entry, Review) else ("", "")
    return [log_time(logged, look), shown(entry.card), what, result, outcome, typed]


def _answer(review: Review, language: Language) -> tuple[str, str]:
    typed = " ".join(shown(review.response).split())
    return say(language, f"log.outcome-{review.outcome.value}"), typed


def _cut_last(rows: Sequence[Sequence[str]], look: Look) -> list[list[str]]:
    """Shorten what was typed to the room that is left of a line."""
    rest = max(_LEAST_TYPED, look.columns - _width(rows, range(_TYPED)))
    return [[*row[:_TYPED], cut(row[_TYPED], rest, _ellipsis(look))] for row in rows]


def _narrow(rows: Sequence[Sequence[str]], look: Look) -> Iterator[str]:
    """Put what was typed on lines of its own, and shorten the names of cards."""
    others = [index for index in range(_TYPED) if index != _CARD]
    rest = max(_LEAST_CARD, look.columns - _width(rows, others))
    fixed = [
        [row[0], cut(row[_CARD], rest, _ellipsis(look)), *row[_CARD + 1 : _TYPED]]
        for row in rows
    ]
    for line, row in zip(table(fixed, frozenset()), rows, strict=True):
        yield line
        if row[_TYPED] and row is not rows[0]:
            yield "  " + cut(row[_TYPED], look.columns - 2, _ellipsis(look))


def _width(rows: Sequence[Sequence[str]], chosen: Sequence[int]) -> int:
    """Return how wide some columns are, with the gaps behind them."""
    return sum(2 + max(columns(row[index]) for row in rows) for index in chosen)


def _ellipsis(look: Look) -> str:
    return look.signs.ellipsis
