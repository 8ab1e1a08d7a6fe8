"""Where a sitting stands, as a learner sees it beside the card."""

from datetime import datetime
from typing import NamedTuple

from trainer.scheduling.queue import Left
from trainer.study.session import Session


class View(NamedTuple):
    """What the learner sees besides the card: where the session stands.

    `elapsed_ms` counts from the session's beginning; a cram leaves the schedule alone.
    """

    done: int
    left: Left
    now: datetime
    elapsed_ms: int = 0
    is_flagged: bool = False
    is_cram: bool = False


def view_of(session: Session, now: datetime, elapsed_ms: int = 0) -> View:
    """Return where a session stands."""
    shown = getattr(session.phase, "card", None)
    return View(
        done=len(session.done),
        left=session.left(now),
        now=now,
        elapsed_ms=elapsed_ms,
        is_flagged=shown is not None and shown.id in session.flagged,
        is_cram=not session.mode.schedules,
    )
