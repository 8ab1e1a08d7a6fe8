"""Mistakes in how a command was given."""

from collections.abc import Iterable

from trainer.language.errors import Exit, TrainerError
from trainer.language.nearest import nearest


class UsageError(TrainerError):
    """The command line or the environment asks for what cannot be."""

    exit_code = Exit.USAGE


class UnknownError(UsageError):
    """A name that does not exist, with the nearest that does."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        names = list(known)
        near = nearest(name, names)
        if near:
            super().__init__(f"unknown-{what}-near", name=name, near=near)
        else:
            super().__init__(f"unknown-{what}", name=name, known=", ".join(names))
