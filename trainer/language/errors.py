"""What the user can mend: one class, worded and printed in one place."""

from enum import IntEnum

from trainer.language.text import Language, message


class Exit(IntEnum):
    """What the program's exit codes mean."""

    OK = 0
    CHECK_FAILED = 1
    USAGE = 2
    CANCELLED = 3
    UNREADABLE = 4
    BUSY = 5
    INTERRUPTED = 130


class TrainerError(Exception):
    """Something went wrong that the user can mend.

    The catalogue `errors` says for each key what happened and what to do.
    Subclasses stand beside the code that raises them.
    """

    exit_code = Exit.UNREADABLE

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.message = message(f"errors.{key}", **values)

    def in_language(self, language: Language) -> str:
        """Word the error."""
        return self.message.in_language(language)

    def __str__(self) -> str:
        return self.in_language(Language.EN)
