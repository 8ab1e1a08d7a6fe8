"""Menus on the terminal, one below the other, which may be left at any of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import questionary

from trainer.language.catalogue import say
from trainer.language.errors import Exit, TrainerError
from trainer.language.text import Language
from trainer.terminal.steady import color_depth

_MOST_KEYS = 36
"""More keys of their own questionary does not give."""


class CancelledError(TrainerError):
    """The learner broke off what the program asked for."""

    exit_code = Exit.CANCELLED


@contextmanager
def cancellable() -> Iterator[None]:
    """Raise `CancelledError` on Ctrl-C and Ctrl-D."""
    try:
        yield
    except (KeyboardInterrupt, EOFError) as error:
        raise CancelledError("cancelled") from error


def choose(
    question: str, offers: Sequence[tuple[str, str]], language: Language, *, color: bool
) -> str:
    """Ask for one of some titles, and return the value behind it.

    Each has a key of its own where there are not too many of them.
    """
    has_keys = len(offers) <= _MOST_KEYS
    how = "instruction" if has_keys else "instruction-arrows"
    asked = questionary.select(
        question,
        [questionary.Choice(title, value) for title, value in offers],
        use_shortcuts=has_keys,
        instruction=say(language, f"wizard.{how}"),
        color_depth=color_depth(color=color),
    )
    return str(asked.unsafe_ask())
