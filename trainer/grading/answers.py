"""The doors of this room: judge a typed answer against the accepted ones."""

import re
import unicodedata
from collections.abc import Sequence

from trainer.grading.verdict import Finding, Outcome, Verdict
from trainer.language.text import message


def grade_command(expected: Sequence[str], given: str, grammar: str | None) -> Verdict:
    """Judge a command line by what it does.

    `expected` holds the answer and what else is accepted, best first; `grammar`
    names the command-line grammar that decides, if any. Never raises.
    """
    del grammar  # words decide until the grammar does
    return _grade_words(expected, given)


def grade_flag(
    expected: Sequence[str], given: str, command: str, grammar: str | None
) -> Verdict:
    """Judge a flag typed as the answer to a card about `command`."""
    del command, grammar
    return _grade_words(expected, given)


def grade_wording(expected: Sequence[str], given: str) -> Verdict:
    """Judge a short answer in prose: case, blanks and width do not count."""
    return _grade_words(expected, given)


_TYPOGRAPHY = str.maketrans(
    "\u2013\u2212\u2014\u201c\u201d\u2018\u2019\u3002", "---\"\"''."
)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY)
    return re.sub(r"^\s*[$#]\s+", "", plain).split()


def _grade_words(expected: Sequence[str], given: str) -> Verdict:
    words = _words(given)
    if any(_words(one) == words for one in expected):
        return Verdict(Outcome.CORRECT, expected[0])
    if not words:
        finding = Finding("empty", "", message("findings.empty"))
    else:
        finding = Finding(
            "differs", expected[0], message("findings.differs", expected=expected[0])
        )
    return Verdict(Outcome.WRONG, expected[0], (finding,))
