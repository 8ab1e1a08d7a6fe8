"""Slips of the shell that one edit of the whole line explains.

Such a line reads as something else altogether, so that comparing it word by word names
everything but the slip. Each edit is tried: if the line is right then, that was it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

_BRACKETS = (
    re.compile(r"\$\{(?P<inner>[^{}\n]+)\}"),
    re.compile(r"\$\[(?P<inner>[^\[\]\n]+)\]"),
    re.compile(r"(?<!\$)\{(?P<inner>[^{}\n]+)\}"),
    re.compile(r"(?<!\$)\((?P<inner>[^()\n]+)\)"),
    re.compile(r"'(?P<inner>[^'\n]+)'"),
    re.compile(r'"(?P<inner>[^"$`\n]+)"'),
    re.compile(r"\$(?P<inner>\w+(?: [^$|&;()\n]*)?$)"),
)
"""What is written where `$(…)` should be."""
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


@dataclass(frozen=True, slots=True)
class _Second:
    """Where another command of a program begins in a line.

    `bare` is one without brackets around it, `piped` one behind a pipe, `between` one
    that nothing connects, or only a redirect; `connector` finds what does.
    """

    bare: re.Pattern[str]
    piped: re.Pattern[str]
    between: re.Pattern[str]
    connector: re.Pattern[str]


@lru_cache(maxsize=8)
def _second(program: str) -> _Second:
    name = re.escape(program) or r"[a-z][\w.-]*"  # without a grammar any program
    begins = rf"(?:sudo )?{name} "
    return _Second(
        re.compile(rf"(?<=\s)(?P<inner>{name} [^$|&;()\n]*$)"),
        re.compile(rf"\|\s*(?P<inner>{begins})"),
        re.compile(rf"(?<=[^|&;\s])(?:[ \t]*+[<>]{{1,2}})?[ \t]++(?P<inner>{begins})"),
        re.compile(rf"(?<![|&;])([|&;]++)\s++{begins}"),
    )


def edits(expected: str, given: str, program: str) -> Iterator[Edit]:
    """Yield the ways in which `given` may have been meant, likeliest first.

    `program` is the one of the grammar. A line that is far longer than the answer has
    more than one slip.
    """
    if len(given) > 2 * len(expected) + 100:
        return
    if wrapped := _WRAPPED.fullmatch(given):
        inner = wrapped[wrapped.lastindex or 0]
        yield Edit("quoted-line", inner, 0, len(given), inner)
    second = _second(program)
    if "$(" in expected or "`" in expected or "xargs" in expected:
        for pattern in (*_BRACKETS, second.bare):
            yield from _edited("no-substitution", pattern, given, "$(", ")")
        yield from _edited("no-xargs", second.piped, given, "| xargs ", "")
    for connector in dict.fromkeys(second.connector.findall(expected)):
        yield from _edited("no-connector", second.between, given, f" {connector} ", "")


def _edited(
    kind: str, pattern: re.Pattern[str], given: str, before: str, after: str
) -> Iterator[Edit]:
    for found in islice(pattern.finditer(given), _MOST):
        meant = f"{before}{found['inner']}{after}"
        line = given[: found.start()] + meant + given[found.end() :]
        yield Edit(kind, line, found.start(), found.end(), meant.strip())
