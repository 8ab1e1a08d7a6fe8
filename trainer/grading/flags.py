"""Comparing options typed on their own, in the context of their command."""

from dataclasses import dataclass, replace

from trainer.grading.commandline import Invocation, parse_command
from trainer.grading.difference import Comparison, Difference
from trainer.grading.grammar import Grammar
from trainer.grading.options import Given
from trainer.grading.shell import Simple, read_script
from trainer.grading.unify import Bindings, unify
from trainer.grading.values import TRUE, read_value, value_kind

_ABOUT_OPERANDS = frozenset({"too-few", "too-many", "needs-value"})


@dataclass(frozen=True, slots=True)
class _Flag:
    """An option by its long name; `values` is empty where none was typed."""

    long: str
    values: tuple[str, ...]
    given: Given


def compare_flags(
    expected: str, given: str, command: str, grammar: Grammar
) -> Comparison:
    """Compare options; a value counts only where the expected answer has one."""
    wanted = _parsed(expected, command, grammar, holes=True)
    typed = _parsed(given, command, grammar)
    offset = 0 if _is_line(given, grammar) else len(command) + 1
    bare = not typed.given and typed.operands and not given.lstrip().startswith("-")
    if bare and not _is_line(given, grammar):
        return _without_dashes(wanted, given, command, grammar)
    found = _compared(wanted, typed)
    strays = () if _is_line(given, grammar) else _strays(wanted, typed)
    moved = tuple(_shifted(one, -offset) for one in (*found.differences, *strays))
    return replace(found, differences=moved)


def _is_line(text: str, grammar: Grammar) -> bool:
    return bool(grammar.program) and grammar.program in text.split()[:2]


def _parsed(
    text: str, command: str, grammar: Grammar, *, holes: bool = False
) -> Invocation:
    line = text if _is_line(text, grammar) else f"{command} {text}"
    script = read_script(line, holes=holes)
    simple = script.pipelines[0][0] if script.pipelines else Simple()
    return parse_command(simple, grammar, anywhere=True)


def _compared(wanted: Invocation, typed: Invocation) -> Comparison:
    problems = [one for one in typed.problems if one.kind not in _ABOUT_OPERANDS]
    found = [
        Difference(
            one.kind,
            one.subject,
            one.near,
            one.subject,
            ((one.start, one.end),),
            detail=one.detail,
        )
        for one in problems
    ]
    expected, given = _flags(wanted), _flags(typed)
    if not expected:
        return _as_words(wanted, typed)
    same = bool({one.long for one in expected} & {one.long for one in given})
    return Comparison(same, (*found, *_differences(expected, given)))


def _strays(wanted: Invocation, typed: Invocation) -> tuple[Difference, ...]:
    """Return words that belong to no option, such as `true` after a switch."""
    known = {word.text for word in wanted.operands}
    return tuple(
        Difference("extra-operand", word.text, "", word.raw, ((word.start, word.end),))
        for word in typed.operands
        if word.text not in known
    )


def _flags(invocation: Invocation) -> list[_Flag]:
    return [_flag(one) for one in (*invocation.options, *invocation.given)]


def _flag(given: Given) -> _Flag:
    option = given.option
    if option.type == "bool":
        return _Flag(option.long, ("true" if given.value in TRUE else "false",), given)
    if given.value == "" and given.typed == given.spelled:
        return _Flag(option.long, (), given)
    return _Flag(option.long, read_value(value_kind(option), given.value), given)


def _differences(expected: list[_Flag], given: list[_Flag]) -> list[Difference]:
    bound: Bindings = {}
    left, found = list(given), []
    for one in expected:
        rivals = [other for other in left if other.long == one.long]
        match = next((x for x in rivals if _match(one, x, bound) is not None), None)
        if match is not None:
            bound = _match(one, match, bound) or bound
            left.remove(match)
        elif rivals:
            left.remove(rivals[0])
            found.append(_wrong_value(one, rivals[0]))
        else:
            found.append(Difference("missing-option", f"--{one.long}", one.given.typed))
    return found + [_surplus(one) for one in left]


def _match(expected: _Flag, given: _Flag, bound: Bindings) -> Bindings | None:
    if not expected.values:
        return bound
    if len(expected.values) != len(given.values):
        return None
    found: Bindings | None = bound
    for one, other in zip(expected.values, given.values, strict=True):
        found = unify(one, other, found) if found is not None else None
    return found


def _wrong_value(expected: _Flag, given: _Flag) -> Difference:
    place = (given.given.start, given.given.end)
    name = f"--{given.long}"
    if not given.values:
        return Difference("needs-value", name, expected.given.typed, name, (place,))
    return Difference(
        "wrong-value", name, expected.given.typed, given.given.typed, (place,)
    )


def _surplus(flag: _Flag) -> Difference:
    place = (flag.given.start, flag.given.end)
    return Difference("extra-option", f"--{flag.long}", "", flag.given.typed, (place,))


def _as_words(wanted: Invocation, typed: Invocation) -> Comparison:
    """Compare what no grammar can read, word by word."""
    expected = [word.text for word in wanted.words]
    given = [word.text for word in typed.words]
    if expected == given:
        return Comparison(same=True)
    one, other = _tail(wanted), _tail(typed)
    return Comparison(
        same=False, differences=(Difference("wrong-operand", "", one, other),)
    )


def _tail(invocation: Invocation) -> str:
    return " ".join(word.raw for word in invocation.words if word.raw.startswith("-"))


def _without_dashes(
    wanted: Invocation, given: str, command: str, grammar: Grammar
) -> Comparison:
    word = given.strip()
    dashes = "-" if len(word.split()[0].partition("=")[0]) == 1 else "--"
    found = _compared(wanted, _parsed(dashes + word, command, grammar))
    about = Difference("no-dashes", word, dashes + word, word, ((0, len(given)),))
    if not found.same:
        return Comparison(same=False, differences=(about,))
    kept = tuple(_shifted(one, -len(command) - 1) for one in found.differences)
    return Comparison(same=True, differences=(about, *kept))


def _shifted(one: Difference, offset: int) -> Difference:
    places = tuple(
        (max(start + offset, 0), max(end + offset, 0)) for start, end in one.places
    )
    return replace(one, places=places)
