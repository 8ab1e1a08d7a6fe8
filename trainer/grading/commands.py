"""Comparing two commands: by the grammar, or word by word without one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from trainer.grading.commandline import Invocation, parse_command
from trainer.grading.difference import (
    REFUSALS,
    Comparison,
    Difference,
    Places,
    of_problem,
)
from trainer.grading.grammar import Grammar
from trainer.grading.matching import Matcher
from trainer.grading.meaning import Item, Meaning, plain_meaning
from trainer.grading.nearness import is_near
from trainer.grading.options import Given, Problem
from trainer.grading.programs import is_unordered, program_of, read_arguments
from trainer.grading.rereading import other_readings
from trainer.grading.shell import HOLE, Simple, Word
from trainer.grading.unify import Bindings
from trainer.grading.ways import read_meaning


def compare_commands(
    expected: Simple, given: Simple, grammar: Grammar, bound: Bindings
) -> Comparison:
    """Compare two commands; of several readings the nearest counts."""
    return _Commands(_read(expected, grammar), given, grammar, bound).compare()


def is_ours(simple: Simple, grammar: Grammar) -> bool:
    """Tell whether a command runs the program of the grammar."""
    return parse_command(simple, grammar).program == grammar.program


@lru_cache(maxsize=512)
def _read(expected: Simple, grammar: Grammar) -> Meaning:
    return read_meaning(parse_command(expected, grammar))


@dataclass(frozen=True, slots=True)
class _Commands:
    wanted: Meaning
    given: Simple
    grammar: Grammar
    bound: Bindings

    def compare(self) -> Comparison:
        """Compare the commands."""
        expected = self.wanted.invocation
        typed = parse_command(self.given, self.grammar, expected.path)
        if expected.program != self.grammar.program or _has_open_command(expected):
            return self._of_others(read_meaning(typed))
        if typed.program != self.grammar.program:
            return Comparison(same=False, differences=(self._no_program(typed),))
        first = self._read_as(typed)
        if first.same and first.differences:
            return min([first, *self._read_again(typed)], key=lambda one: one.cost)
        return first

    def _no_program(self, typed: Invocation) -> Difference:
        known = typed.words and self.grammar.find([typed.words[0].text])[1]
        kind = "missing-program" if known else "other-program"
        name, places = _name(self.wanted), _places(typed, typed.words[:1])
        return Difference(kind, self.grammar.program, name, typed.program, places)

    def _read_as(self, typed: Invocation) -> Comparison:
        wanted, meaning = self.wanted, read_meaning(typed)
        both = typed.path == wanted.invocation.path == _OBJECTS
        if both and meaning.path != wanted.path:
            wanted, meaning = map(_as_typed, (wanted, meaning))
        problems = _unshared(typed.problems, self.wanted.invocation.problems)
        found = [of_problem(one) for one in problems]
        found += _leaders_lacking(self.wanted.invocation.problems, typed.problems)
        if meaning.path != wanted.path:
            other = _other_command(wanted, meaning)
            return Comparison(other.kind == "inspecting", (*found, other))
        matcher = Matcher(self.bound)
        found += self._differences(wanted, meaning, matcher)
        return Comparison(
            same=True, differences=tuple(_settled(found)), bound=matcher.bound
        )

    def _differences(
        self, wanted: Meaning, typed: Meaning, matcher: Matcher
    ) -> list[Difference]:
        path = " ".join(wanted.path)
        matched = matcher.match_items(wanted.items, typed.items)
        found = [
            replace(one, detail=path) if one.kind == _EXTRA else one
            for one in _with_defaults(matched, wanted.invocation, typed.invocation)
        ]
        found += matcher.match_pieces(wanted, typed)
        named = typed.invocation.name_words
        if named:
            end = named[-1].end
            found = [
                replace(one, after=end) if one.kind == _MISSING else one
                for one in found
            ]
        helped = [
            one for one in found if one.kind == _EXTRA and one.subject == "--help"
        ]
        return helped or found

    def _read_again(self, typed: Invocation) -> Iterable[Comparison]:
        readings = other_readings(self.wanted, typed, self.given, self.grammar)
        for reading, slip in readings:
            found = self._read_as(reading)
            if not any(one.kind in REFUSALS for one in found.differences):
                rest = (one for one in found.differences if not _tells(slip, one))
                yield replace(found, differences=(slip, *rest))

    def _of_others(self, typed: Meaning) -> Comparison:
        expected, given = self.wanted.invocation, typed.invocation
        matcher = Matcher(self.bound)
        found: list[Difference] = []
        if expected.words and given.words:
            found = self._program(expected, given, matcher)
            found += _arguments(expected, given, matcher)
        elif expected.words or given.words:
            found = [Difference("other-program", "", expected.program, given.program)]
        found += matcher.match_items(*map(_around, (self.wanted, typed)))
        if any(one.kind == "other-program" for one in found):
            return Comparison(same=False, differences=tuple(found[:1]))
        return Comparison(same=True, differences=tuple(found), bound=matcher.bound)

    def _program(
        self, expected: Invocation, given: Invocation, matcher: Matcher
    ) -> list[Difference]:
        first, wanted = given.words[0], expected.program
        places = ((first.start, first.end),)
        if matcher.is_text(program_of(wanted), program_of(given.program)):
            return []
        near = is_near(given.program, wanted) and HOLE not in wanted
        # `vi` is no slip for `vim`
        near = near and len(wanted) >= _SHORTEST_SLIP
        if near and given.program != self.grammar.program:
            return [Difference("program-typo", wanted, wanted, first.raw, places)]
        return [Difference("other-program", wanted, wanted, given.program, places)]


_SHORTEST_SLIP = 4
_OBJECTS = ("inspect",)
_INSPECTED = frozenset(
    {
        *("container", "image", "network", "volume", "plugin"),
        *("node", "service", "secret", "config"),
    }
)
"""What `docker inspect` looks among: what the engine keeps, no registry, no context."""
_VERSION = ("--version",)
_EXTRA = "extra-option"
_MISSING = "missing-option"


def _with_defaults(
    found: Iterable[Difference], expected: Invocation, typed: Invocation
) -> Iterator[Difference]:
    """Tell a value from the default that the other line gives explicitly."""
    for one in found:
        other = expected if one.kind == _EXTRA else typed
        given = _given_for(one, other) if one.kind in (_EXTRA, _MISSING) else None
        if given is None:
            yield one
        elif one.kind == _EXTRA:
            yield replace(one, kind="wrong-value", expected=given.typed)
        else:
            places = ((given.start, given.end),)
            yield replace(one, kind="wrong-value", got=given.typed, places=places)


def _given_for(one: Difference, invocation: Invocation) -> Given | None:
    """Return how a line gives an option that has one value."""
    option = one.item.option if one.item is not None else None
    if option is None or option.repeatable or option.type == "bool":
        return None
    same = [given for given in invocation.given if given.option.long == option.long]
    return same[-1] if same else None


def _as_typed(meaning: Meaning) -> Meaning:
    """Keep `--type` an option: both lines are the command for objects of any kind."""
    return meaning if _asks_help(meaning) else plain_meaning(meaning.invocation)


def _asks_help(meaning: Meaning) -> bool:
    return any(one.slot == "help" for one in meaning.items)


def _tells(slip: Difference, one: Difference) -> bool:
    """Tell whether a value after a switch explains another difference already."""
    names = one.expected == slip.expected or one.got == slip.subject
    return slip.kind == "misread" and names


def _arguments(
    expected: Invocation, given: Invocation, matcher: Matcher
) -> list[Difference]:
    name = expected.program
    wanted, typed = (read_arguments(name, x.words[1:]) for x in (expected, given))
    found = matcher.match_bag(wanted.options, typed.options)
    if not is_unordered(name):
        return found + matcher.match_words(wanted.operands, typed.operands)
    found += matcher.match_words(wanted.operands[:1], typed.operands[:1])
    return found + matcher.match_bag(wanted.operands[1:], typed.operands[1:])


def _around(meaning: Meaning) -> list[Item]:
    """Return redirects and assignments: the options are words already."""
    return [one for one in meaning.items if one.option is None]


def _has_open_command(invocation: Invocation) -> bool:
    """Tell whether a placeholder stands where a command should."""
    first = invocation.operands[:1]
    return invocation.command is None and bool(first) and HOLE in first[0].text


def _name(meaning: Meaning) -> str:
    return f"{meaning.invocation.program} {meaning.invocation.name}".strip()


def _other_command(wanted: Meaning, typed: Meaning) -> Difference:
    invocation = typed.invocation
    command = invocation.command
    expected, got = _name(wanted), _name(typed)
    named: Sequence[Word | Given] = invocation.name_words
    if command is None and invocation.operands:
        named = invocation.operands[:1]
        got = f"{got} {invocation.operands[0].raw}"
    kind = "wrong-command"
    if any(one.kind == "unknown-command" for one in invocation.problems):
        kind = "answer"
    elif typed.path == _VERSION:
        asked = [one for one in invocation.options if one.option.long == "version"]
        named, got = asked, f"{got} {asked[0].spelled}"
    elif command is None or (not command.runnable and not command.opaque):
        kind = "group"
    elif _OBJECTS in (typed.path, wanted.path) and {
        *typed.path,
        *wanted.path,
    } <= _INSPECTED.union(_OBJECTS):
        kind = "inspecting"
    places = _places(invocation, named or invocation.words[:1])
    return Difference(kind, got, expected, got, places)


def _places(typed: Invocation, wrong: Sequence[Word | Given]) -> Places:
    """Return where the words are that make it another command, or all of the line."""
    first, last = (wrong[0], wrong[-1]) if wrong else (typed, typed)
    return ((first.start, last.end),)


def _unshared(
    problems: Iterable[Problem], expected: Sequence[Problem]
) -> list[Problem]:
    known = set(map(_topic, expected))
    return [one for one in problems if _topic(one) not in known]


def _leaders_lacking(
    expected: Sequence[Problem], typed: Sequence[Problem]
) -> list[Difference]:
    """Tell of `xargs` and the like that only the expected command has in front."""
    return [
        Difference("missing-word", one.subject, one.subject)
        for one in _unshared(expected, typed)
        if one.kind == "leading-word"
    ]


def _topic(problem: Problem) -> tuple[str, str]:
    # the subject of what is absent is the command, whose name has aliases
    return problem.kind, "" if problem.kind == "too-few" else problem.subject


def _settled(found: list[Difference]) -> list[Difference]:
    """Drop differences that a refusal of the same thing already tells."""
    refused = {place for one in found if one.kind in REFUSALS for place in one.places}
    kept = [
        one
        for one in found
        if not (one.kind in _REPEATING and refused.intersection(one.places))
    ]
    few = next((one for one in kept if one.kind == "too-few"), None)
    absent = next((one for one in kept if one.kind in _ABSENT), None)
    if few is None or absent is None:
        return kept
    kept.remove(few)
    if few.detail:
        kept.remove(absent)
        kept.append(replace(few, kind="swallowed", subject=absent.expected))
    return kept


_REPEATING = frozenset({"extra-option", "extra-operand"})
_ABSENT = frozenset({"missing-operand", "missing-tail"})
