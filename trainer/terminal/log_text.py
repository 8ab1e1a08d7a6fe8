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
_NONE: frozenset[int] = frozenset()
_NAMES = ("time", "card", "rating", "interval", "verdict", "typed")


def log_lines(
    log: Sequence[Logged],
    memories: Mapping[str, Memory],
    look: Look,
    *,
    of_one_card: bool = False,
    values: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Yield reviews and marks, a line each; where it is narrow, with a second one.

    `memories` are what was remembered after each review, by the review's id, and
    `values` what the card was asked with, if it has any that change.
    """
    head = [say(look.language, f"log.{name}") for name in _NAMES]
    rows = [head, *(_cells(one, memories.get(one.entry.id), look) for one in log)]
    if values:
        asked = (shown(values.get(one.entry.id, "")) for one in log)
        column = [say(look.language, "log.values"), *asked]
        pairs = zip(rows, column, strict=True)
        rows = [[*row, text, typed] for (*row, typed), text in pairs]
    if of_one_card:
        rows = [[time, *rest] for time, _, *rest in rows]
    room = look.columns - _width([row[:-1] for row in rows])
    if room >= _LEAST_TYPED:
        ellipsis = look.signs.ellipsis
        return iter(
            table([[*row, cut(typed, room, ellipsis)] for *row, typed in rows], _NONE)
        )
    return _in_two_lines(rows, look, has_card=not of_one_card)


def _time(logged: Logged, look: Look) -> str:
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
    return [_time(logged, look), shown(entry.card), what, result, outcome, typed]


def _answer(review: Review, language: Language) -> tuple[str, str]:
    typed = " ".join(shown(review.response).split())
    return say(language, f"log.outcome-{review.outcome.value}"), typed


def _in_two_lines(
    rows: Sequence[Sequence[str]], look: Look, *, has_card: bool
) -> Iterator[str]:
    """Put what was typed on lines of its own, and shorten the names of cards."""
    ellipsis = look.signs.ellipsis
    short = [list(row[:-1]) for row in rows]
    if has_card:
        others = [[time, *rest] for time, _, *rest in short]
        room = max(_LEAST_CARD, look.columns - _width(others))
        short = [
            [time, cut(card, room, ellipsis), *rest] for time, card, *rest in short
        ]
    for number, line in enumerate(table(short, _NONE)):
        yield line
        typed = rows[number][-1]
        if number and typed:
            yield "  " + cut(typed, look.columns - 2, ellipsis)


def _width(rows: Sequence[Sequence[str]]) -> int:
    """Return how wide a table is, with a gap behind it."""
    return sum(2 + max(map(columns, cells)) for cells in zip(*rows, strict=True))
