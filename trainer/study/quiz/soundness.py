"""What may stand among choices: what is surely wrong, and not the same twice."""

from collections.abc import Callable, Sequence

from trainer.grading.verdict import Outcome, Verdict

Same = Callable[[str, str], bool]

WEIGHTY = frozenset(
    {
        "bad-image",
        "bad-switch",
        "bad-value",
        "misplaced",
        "misread",
        "missing-operand",
        "missing-option",
        "missing-redirect",
        "missing-tag",
        "missing-tail",
        "needs-value",
        "no-mount-target",
        "swapped",
        "swapped-operands",
        "too-few",
        "too-many",
        "took-letters",
        "wrong-operand",
        "wrong-option",
        "wrong-tag",
        "wrong-tail",
        "wrong-value",
    }
)
"""Findings with which a line does something else than asked, or nothing.

A line that only does more than asked, or has a slip of the pen in it, might be
argued for: it is no choice.
"""


def is_wrong(verdict: Verdict) -> bool:
    """Tell whether an answer is wrong beyond dispute."""
    if verdict.outcome is Outcome.PARTIAL:
        return any(one.code in WEIGHTY for one in verdict.findings)
    return verdict.outcome is Outcome.WRONG


def are_distinct(texts: Sequence[str], same: Same) -> bool:
    """Tell whether no two of some texts mean the same."""
    return not any(
        same(one, other) for at, one in enumerate(texts) for other in texts[at + 1 :]
    )
