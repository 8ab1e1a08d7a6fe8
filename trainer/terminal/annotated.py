"""What was typed, with the wrong pieces marked and the missing ones put in."""

import re
from collections.abc import Sequence

from trainer.grading.verdict import Finding, Verdict
from trainer.language.width import char_width
from trainer.terminal.line import Line, shown
from trainer.terminal.wrap import Slice, wrap_slices

WRONG, MISSING = "^", "+"
_KEPT = " "
_STYLES = {_KEPT: "", WRONG: "class:wrong", MISSING: "class:correct"}


def annotated_lines(verdict: Verdict, response: str, width: int) -> list[Line]:
    """Lay an answer out; below a line with marks stands a line of signs.

    The signs say the same as the colours: `^` is wrong, `+` was missing.
    """
    text, marks = annotate(verdict, response)
    lines: list[Line] = []
    for part in wrap_slices(text, width):
        lines.append(tuple(_fragments(text, marks, part)))
        signs = "".join(
            marks[at] * char_width(text[at]) for at in range(part[0], part[1])
        )
        if signs.strip():
            lines.append((("class:dim", signs.rstrip()),))
    return lines


def annotate(verdict: Verdict, response: str) -> tuple[str, str]:
    """Return an answer with what was missing, and a mark for each character."""
    text = shown(response)
    if len(text) != len(response):  # what may not be drawn was replaced: no marks fit
        return text, _KEPT * len(text)
    wrong = {
        at
        for finding in verdict.findings
        for span in finding.spans
        for at in range(span.start, span.end)
        if at < len(text) and not text[at].isspace()
    }
    marks = "".join(WRONG if at in wrong else _KEPT for at in range(len(text)))
    inserts = sorted(_inserts(verdict, text), key=lambda one: one[0], reverse=True)
    for at, word in inserts:
        before = " " if at and not text[at - 1].isspace() else ""
        after = " " if at < len(text) and not text[at].isspace() else ""
        new = f"{before}{word}{after}"
        sign = before + MISSING * len(word) + after
        text = text[:at] + new + text[at:]
        marks = marks[:at] + sign + marks[at:]
    return text, marks


def _inserts(verdict: Verdict, text: str) -> list[tuple[int, str]]:
    """Return what should have been typed, and where; of one place the last first."""
    placed = [
        (_place(one, verdict.expected, text), one.correction)
        for one in verdict.findings
        if one.correction
    ]
    return placed[::-1]


def _place(finding: Finding, expected: str, text: str) -> int:
    """Return where a correction belongs: behind what is wrong, or said to be before.

    Else it stands behind what comes before it in the expected answer.
    """
    if finding.spans:
        return min(len(text), max(span.end for span in finding.spans))
    if finding.after is not None:
        return min(len(text), finding.after)
    before, found, _ = expected.partition(finding.correction)
    if not found:
        return len(text)
    words = before.split()
    near = words if finding.correction.startswith("-") else words[-1:]
    for word in reversed(near):
        match = re.search(rf"(?<!\S){re.escape(word)}(?!\S)", text)
        if match:
            return match.end()
    return len(text) if words else 0


def _fragments(text: str, marks: str, part: Slice) -> Sequence[tuple[str, str]]:
    fragments: list[tuple[str, str]] = []
    for at in range(*part):
        style = _STYLES[marks[at]]
        if fragments and fragments[-1][0] == style:
            fragments[-1] = style, fragments[-1][1] + text[at]
        else:
            fragments.append((style, text[at]))
    return fragments
