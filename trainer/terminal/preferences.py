"""What a learner may choose about the sitting itself."""

from typing import NamedTuple


class Preferences(NamedTuple):
    """How a sitting goes.

    With `two_grades` an answer is rated with two keys, failed or passed; `hints`
    offers hints while a command is typed.
    """

    two_grades: bool = False
    hints: bool = True
