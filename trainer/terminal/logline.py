"""What stays on the screen: a line for each thing that was done."""

from trainer.language.width import text_width
from trainer.scheduling.marks import Entry, Mark
from trainer.scheduling.review import Rating
from trainer.study.session import Done
from trainer.terminal.interval import interval_at_rating, time_text
from trainer.terminal.line import Line, shown
from trainer.terminal.look import Look
from trainer.terminal.words import mark_text, rating_text, taken_back_text
from trainer.terminal.wrap import cut, pad

_COLUMNS_FOR_ALIGNMENT = 50
_INTERVAL_COLUMNS = 8
_SECONDS_COLUMNS = 6
_SIGNS = {
    Rating.AGAIN: "wrong",
    Rating.HARD: "partly",
    Rating.GOOD: "right",
    Rating.EASY: "right",
}


def log_line(done: Done, look: Look) -> Line:
    """Sum a finished card up: its question, the rating, the time, the interval."""
    rating = done.review.rating
    sign = getattr(look.signs, _SIGNS[rating])
    word = rating_text(rating, look.language)
    tail = _tail(done, look)
    rest = text_width(f"{sign}  {tail}")
    question = cut(
        shown(done.card.content.prompt(look.language).question),
        max(0, look.columns - rest - _word_columns(look)),
        look.signs.ellipsis,
    )
    if _is_aligned(look):
        question = pad(question, look.columns - rest - _word_columns(look))
        word = pad(word, _word_columns(look) - 1)
    return (
        (f"class:{rating.name.lower()}", f"{sign} "),
        ("", f"{question} "),
        (f"class:{rating.name.lower()}", word),
        ("class:dim", tail),
    )


def mark_line(mark: Mark, look: Look) -> Line:
    """Say what was decided about a card."""
    text = f"{look.signs.between.strip()} {mark_text(mark, look.language)}  {mark.card}"
    return (("class:dim", cut(shown(text), look.columns, look.signs.ellipsis)),)


def taken_back_line(entry: Entry | None, look: Look) -> Line:
    """Say what no longer counts."""
    text = shown(taken_back_text(entry, look.language))
    if entry is None:
        return (("class:dim", text),)
    line = f"{look.signs.taken_back} {text}"
    return (("class:hard", cut(line, look.columns, look.signs.ellipsis)),)


def _tail(done: Done, look: Look) -> str:
    took = time_text(done.review.took_ms, look.language)
    if _is_aligned(look):
        took = " " * (_SECONDS_COLUMNS - text_width(took)) + took
    if done.memory is None or not done.review.mode.schedules:
        return f" {took}"
    interval = interval_at_rating(done.memory, look.rollover, look.language)
    if _is_aligned(look):
        interval = pad(interval, _INTERVAL_COLUMNS)
    return f" {took} {look.signs.leads_to} {interval}"


def _is_aligned(look: Look) -> bool:
    return look.columns >= _COLUMNS_FOR_ALIGNMENT


def _word_columns(look: Look) -> int:
    return 1 + max(text_width(rating_text(rating, look.language)) for rating in Rating)
