"""What is said where a sitting asks nothing though cards wait: a limit is reached."""

from collections.abc import Callable
from dataclasses import replace
from shlex import join

from trainer.cli.selection import Selection
from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.scheduling.queue import Queue
from trainer.scheduling.settings import Settings

LineUp = Callable[[int | None, Settings], Queue]
"""Lines up a sitting again, with so many new cards and other settings."""

_ANY_NUMBER = 10**9
_MORE_NEW = 10
_MORE_REVIEWS = 20


def reviews_used_up(
    count: int, selection: Selection, settings: Settings, language: Language
) -> str:
    """Say that reviews are held back, and how to have more of them."""
    limit = settings.reviews_per_day
    command = f"{_review(selection)} --reviews {limit + min(count, _MORE_REVIEWS)}"
    key = "review.reviews-used-up"
    return say(language, key, count=count, limit=limit, command=command)


def new_used_up(
    line_up: LineUp, selection: Selection, settings: Settings, language: Language
) -> str:
    """Say that new cards wait, and how to have some; nothing where none do."""
    uncapped = replace(settings, new_under_cap=False)
    count = len(line_up(_ANY_NUMBER, uncapped).new)
    if not count:
        return ""
    command = f"{_review(selection)} --new {min(count, _MORE_NEW)}"
    if line_up(None, uncapped).new:
        key, limit = "review.new-under-cap-used-up", settings.reviews_per_day
    else:
        key, limit = "review.new-used-up", settings.new_per_day
    return say(language, key, count=count, limit=limit, command=command)


def _review(selection: Selection) -> str:
    """Return the command that asks what was selected."""
    tags = [word for tag in selection.tags for word in ("--tag", tag)]
    kinds = [word for kind in selection.kinds for word in ("--kind", kind.value)]
    return join(["trainer", "review", *selection.topics, *tags, *kinds])
