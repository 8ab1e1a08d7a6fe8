"""What stays on the screen: a line for each finished card, and the summary."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from trainer.scheduling.review import Rating, Review
from trainer.study.session import Done, Finished, Session, right_at_first
from trainer.terminal.interval import duration_text, interval_at_rating
from trainer.terminal.line import Line, paragraph, shown
from trainer.terminal.look import Look, rule
from trainer.terminal.ratings import rating_word
from trainer.terminal.wrap import cut, pad, text_width

_COLUMNS_FOR_ALIGNMENT = 50
_INTERVAL_COLUMNS = 8
_SECONDS_COLUMNS = 6
_MINUTE_MS = 60_000
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
    word = rating_word(rating, look)
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


def taken_back_line(review: Review | None, look: Look) -> Line:
    """Say which answer no longer counts."""
    if review is None:
        return (("class:dim", look.say("nothing-taken-back")),)
    rating = rating_word(review.rating, look)
    text = look.say("taken-back", card=shown(review.card), rating=rating)
    line = f"{look.signs.taken_back} {text}"
    return (("class:hard", cut(line, look.columns, look.signs.ellipsis)),)


def summary_lines(session: Session, now: datetime, look: Look) -> list[Line]:
    """Sum the sitting up."""
    texts = [_answered_text(session, look), *_outlook(session, now, look)]
    lines = [line for text in texts for line in paragraph(text, look.columns)]
    return [rule(look), *lines]


def time_text(milliseconds: int, look: Look) -> str:
    """Word the time an answer or a sitting took."""
    if milliseconds < _MINUTE_MS:
        return look.say("seconds", n=f"{milliseconds / 1000:.1f}")
    return duration_text(timedelta(milliseconds=milliseconds), look.language)


def _tail(done: Done, look: Look) -> str:
    took = time_text(done.review.took_ms, look)
    interval = interval_at_rating(done.memory, look.rollover, look.language)
    if _is_aligned(look):
        took = " " * (_SECONDS_COLUMNS - text_width(took)) + took
        interval = pad(interval, _INTERVAL_COLUMNS)
    return f" {took} {look.signs.leads_to} {interval}"


def _is_aligned(look: Look) -> bool:
    return look.columns >= _COLUMNS_FOR_ALIGNMENT


def _word_columns(look: Look) -> int:
    return 1 + max(text_width(rating_word(rating, look)) for rating in Rating)


def _answered_text(session: Session, look: Look) -> str:
    if not session.done:
        return look.say("none-answered")
    cards = len({done.card.id for done in session.done})
    right = right_at_first(session)
    said = look.say("answered", cards=cards, right=right)
    spent = sum(done.review.took_ms for done in session.done)
    return f"{said}{look.signs.between}{time_text(spent, look)}"


def _outlook(session: Session, now: datetime, look: Look) -> Iterable[str]:
    left = session.left(now).total
    if left:
        yield look.say("rest", cards=left)
    elif isinstance(session.phase, Finished):
        yield look.say("all-done")
    step = session.queue.next_step()
    if step is not None and step <= now:
        yield look.say("next-step-now")
    elif step is not None:
        interval = duration_text(step - now, look.language)
        yield look.say("next-step", interval=interval)
