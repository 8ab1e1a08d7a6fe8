"""What is said at the end of a session."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.study.session import Finished, Session, right_at_first
from trainer.terminal.interval import duration_text, time_text

_A_MOMENT = timedelta(minutes=1)


def summary_texts(session: Session, now: datetime, language: Language) -> Iterator[str]:
    """Yield what was done, and what comes next."""
    cards = len({done.card.id for done in session.done})
    if cards:
        spent = sum(done.review.took_ms for done in session.done)
        yield say(
            language,
            "review.summary",
            cards=cards,
            answers=len(session.done),
            right=right_at_first(session),
            time=time_text(spent, language),
        )
    if not isinstance(session.phase, Finished):
        yield say(language, "review.left", count=session.left(now).total)
    elif session.phase.next_step:
        wait = duration_text(max(session.phase.next_step - now, _A_MOMENT), language)
        yield say(language, "review.next-step", wait=wait)
    else:
        yield say(language, "review.all-done")
