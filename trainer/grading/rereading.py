"""Reading a line in other ways, to find the one slip that explains it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from trainer.grading.commandline import Invocation, parse_command
from trainer.grading.difference import Difference
from trainer.grading.grammar import Grammar
from trainer.grading.meaning import Meaning
from trainer.grading.shell import Simple, Word

Reading = tuple[Invocation, Difference]
"""What a line would be without a slip, and the slip."""


def other_readings(
    wanted: Meaning, typed: Invocation, given: Simple, grammar: Grammar
) -> Iterable[Reading]:
    """Yield the ways in which `given` may have been meant."""
    yield from _unquoted(wanted, given, grammar)
    command = typed.command
    if command and not command.interspersed and len(typed.operands) > 1:
        yield from _moved(typed, given, grammar)
    if typed.operands:
        yield from _misread(wanted, typed, given, grammar)


def _unquoted(wanted: Meaning, given: Simple, grammar: Grammar) -> Iterable[Reading]:
    """Read words as one that only quotes would have kept together."""
    whole = {word.text: word for word in wanted.invocation.words if " " in word.text}
    for text, word in whole.items():
        count = text.count(" ") + 1
        for at in range(len(given.words) - count + 1):
            apart = given.words[at : at + count]
            if " ".join(one.text for one in apart) != text:
                continue
            one = replace(apart[0], text=text, end=apart[-1].end)
            words = (*given.words[:at], one, *given.words[at + count :])
            again = parse_command(replace(given, words=words), grammar)
            shown = " ".join(one.raw for one in apart)
            places = ((apart[0].start, apart[-1].end),)
            yield again, Difference("unquoted", shown, word.raw, shown, places)


def _moved(typed: Invocation, given: Simple, grammar: Grammar) -> Iterable[Reading]:
    """Read options behind the operand as though they stood before it."""
    first = typed.operands[0]
    as_given = set(given.words).issuperset(typed.operands)
    for start, stop in _option_runs(typed.operands) if as_given else ():
        behind = typed.operands[start:stop]
        again = parse_command(_reordered(given, first, behind), grammar)
        places = ((behind[0].start, behind[-1].end),)
        moved = " ".join(word.raw for word in behind)
        yield again, Difference("misplaced", moved, first.raw, moved, places)


def _misread(
    wanted: Meaning, typed: Invocation, given: Simple, grammar: Grammar
) -> Iterable[Reading]:
    """Read a value after a switch as though it belonged to an option."""
    first = typed.operands[0]
    before = [one for one in typed.given if one.end <= first.start]
    if not before or before[-1].option.takes_value:
        return
    meant = [one for one in wanted.items if one.raw and first.text == one.raw]
    if not meant or any(first.raw == one.raw for one in wanted.pieces):
        return
    switch = before[-1]
    rest = tuple(word for word in given.words if word is not first)
    again = parse_command(replace(given, words=rest), grammar)
    role = wanted.pieces[0].role if wanted.pieces else ""
    places = ((switch.start, first.end),)
    yield (
        again,
        Difference(
            "misread", switch.spelled, meant[0].typed, first.raw, places, detail=role
        ),
    )


def _option_runs(operands: Sequence[Word]) -> Iterable[tuple[int, int]]:
    """Yield which operands may be options that stand behind the first operand."""
    options = [at for at, one in enumerate(operands) if one.text.startswith("-")]
    start = next((at for at in options if at > 0), 0)
    if start:
        yield start, len(operands)
        for stop in range(start + 1, min(len(operands), start + 8)):
            yield start, stop


def _reordered(simple: Simple, first: Word, behind: Sequence[Word]) -> Simple:
    words = list(simple.words)
    moved = [words.index(one) for one in behind]
    kept = [word for at, word in enumerate(words) if at not in moved]
    at = kept.index(first)
    return replace(simple, words=(*kept[:at], *behind, *kept[at:]))
