"""Comparing instructions of a Dockerfile: the keyword counts in any case."""

from collections.abc import Iterable
from dataclasses import replace

from trainer.grading.compare import compare_lines
from trainer.grading.difference import Comparison, Difference
from trainer.grading.grammar import no_grammar
from trainer.grading.instructions import (
    KEYWORDS,
    UNORDERED,
    Instruction,
    read_instruction,
    words_of,
)
from trainer.grading.nearness import is_near
from trainer.grading.unify import Bindings, unify

_RUNNING = frozenset({"CMD", "ENTRYPOINT", "RUN"})


def compare_instructions(expected: str, given: str) -> Comparison:
    """Compare two instructions."""
    wanted, typed = read_instruction(expected), read_instruction(given)
    said = given.split(maxsplit=1)[0]
    start = given.find(said)
    places = ((start, start + len(said)),)
    differences = []
    if typed.keyword != wanted.keyword:
        if not is_near(typed.keyword, wanted.keyword) or typed.keyword in KEYWORDS:
            other = replace(_other(wanted, typed, said), places=places)
            return Comparison(same=False, differences=(other,))
        slip = Difference("command-typo", said, wanted.keyword, said, places)
        differences.append(slip)
    return Comparison(same=True, differences=(*differences, *_of(wanted, typed, given)))


def _other(wanted: Instruction, typed: Instruction, said: str) -> Difference:
    kind = "wrong-command" if typed.keyword in KEYWORDS else "other-program"
    return Difference(kind, said, wanted.keyword, said)


def _of(wanted: Instruction, typed: Instruction, given: str) -> Iterable[Difference]:
    """Yield how the arguments differ."""
    words = words_of(wanted, holes=True)
    typed_words = words_of(_as(wanted.keyword, typed))
    orders = (list, sorted) if wanted.keyword in UNORDERED else (list,)
    if any(_match(order(words), order(typed_words)) for order in orders):
        return ()
    shells = not wanted.is_array and not typed.is_array and typed.rest
    if wanted.keyword in _RUNNING and wanted.flags == typed.flags and shells:
        line = given[typed.start :].rjust(len(given))
        return compare_lines(wanted.rest, line, no_grammar()).differences
    return [_of_arguments(wanted, typed, given)]


def _as(keyword: str, typed: Instruction) -> Instruction:
    """Read a mistyped instruction as the one it was meant for."""
    return Instruction(keyword, typed.flags, typed.rest, typed.start)


def _of_arguments(wanted: Instruction, typed: Instruction, given: str) -> Difference:
    said, got = (" ".join([*one.flags, one.rest]).strip() for one in (wanted, typed))
    if not got:
        return Difference("missing-word", said, said)
    start = typed.start if not typed.flags else given.find("--")
    return Difference(
        "wrong-operand", wanted.keyword, said, got, ((start, len(given)),)
    )


def _match(expected: list[str], given: list[str]) -> bool:
    bound: Bindings = {}
    if len(expected) != len(given):
        return False
    for one, other in zip(expected, given, strict=True):
        found = unify(one, other, bound)
        if found is None:
            return False
        bound = found
    return True
