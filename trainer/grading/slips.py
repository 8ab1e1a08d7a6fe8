"""Slips of the shell that one edit of the whole line explains.

Such a line reads as something else altogether, so that comparing it word by word names
everything but the slip. Each edit is tried: if the line is right then, that was it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

_BRACKETS = (
    re.compile(r"\$\{(?P<inner>[^{}\n]+)\}"),
    re.compile(r"\$\[(?P<inner>[^\[\]\n]+)\]"),
    re.compile(r"(?<!\$)\{(?P<inner>[^{}\n]+)\}"),
    re.compile(r"(?<!\$)\((?P<inner>[^()\n]+)\)"),
    re.compile(r"'(?P<inner>[^'\n]+)'"),
    re.compile(r'"(?P<inner>[^"$`\n]+)"'),
    re.compile(r"\$(?P<inner>\w+(?: [^$|&;()\n]*)?$)"),
    re.compile(r"(?<=\s)(?P<inner>docker [^$|&;()\n]*$)"),
)
"""What is written where `$(…)` should be."""
_PIPED = re.compile(r"\|\s*(?P<inner>(?:sudo )?docker )")
_BETWEEN = re.compile(r"(?<=[^|&;\s])[ \t]*[<>]{0,2}[ \t]+(?P<inner>(?:sudo )?docker )")
"""A second command that nothing connects, or only a redirect."""
_CONNECTORS = re.compile(r"\s*([|&;]+)\s+(?:sudo )?docker ")
_WRAPPED = re.compile(r"\s*(?:\"([^\"\n]+)\"|'([^'\n]+)')\s*")
_MOST = 4


@dataclass(frozen=True, slots=True)
class Edit:
    """A line as it may have been meant; `start` up to `end` was typed otherwise."""

    kind: str
    line: str
    start: int
    end: int
    meant: str


def edits(expected: str, given: str) -> Iterator[Edit]:
    """Yield the ways in which `given` may have been meant, likeliest first.

    A line that is far longer than the answer has more than one slip.
    """
    if len(given) > 2 * len(expected) + 100:
        return
    if wrapped := _WRAPPED.fullmatch(given):
        inner = wrapped[wrapped.lastindex or 0]
        yield Edit("quoted-line", inner, 0, len(given), inner)
    if "$(" in expected or "`" in expected or "xargs" in expected:
        for pattern in _BRACKETS:
            yield from _edited("no-substitution", pattern, given, "$(", ")")
        yield from _edited("no-xargs", _PIPED, given, "| xargs ", "")
    for connector in dict.fromkeys(_CONNECTORS.findall(expected)):
        yield from _edited("no-connector", _BETWEEN, given, f" {connector} ", "")


def _edited(
    kind: str, pattern: re.Pattern[str], given: str, before: str, after: str
) -> Iterator[Edit]:
    for found in islice(pattern.finditer(given), _MOST):
        meant = f"{before}{found['inner']}{after}"
        line = given[: found.start()] + meant + given[found.end() :]
        yield Edit(kind, line, found.start(), found.end(), meant.strip())
