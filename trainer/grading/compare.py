"""Comparing what two lines do: substitutions, steps and pipes, command by command."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, pairwise
from typing import TypeVar

from trainer.grading.commandline import parse_command
from trainer.grading.commands import compare_commands, is_ours
from trainer.grading.difference import Comparison, Difference
from trainer.grading.grammar import Grammar
from trainer.grading.pipes import without_detours
from trainer.grading.shell import (
    MOST_SUBSTITUTIONS,
    QUOTED_SUBSTITUTION,
    SUBSTITUTION,
    Script,
    Simple,
    Slip,
    Word,
    read_script,
)
from trainer.grading.slips import edits
from trainer.grading.unify import Bindings
from trainer.grading.ways import read_meaning


def compare_lines(expected: str, given: str, grammar: Grammar) -> Comparison:
    """Compare two repaired lines."""
    found = _compare_as_typed(expected, given, grammar)
    for edit in edits(expected, given, grammar.program) if found.differences else ():
        again = _compare_as_typed(expected, edit.line, grammar)
        if again.same and not again.differences:
            typed = given[edit.start : edit.end].strip()
            places = ((edit.start, edit.end),)
            slip = Difference(edit.kind, typed, edit.meant, typed, places)
            return replace(again, differences=(slip,))
    return found


def _compare_as_typed(expected: str, given: str, grammar: Grammar) -> Comparison:
    wanted = read_expected(expected)
    typed = _read_typed(given)
    slips = [_slipped(one, given) for one in typed.slips]
    if wanted.slips:
        slips = [one for one in slips if one.kind not in {x.kind for x in wanted.slips}]
    shortest, short = _shortest_expected(expected), without_detours(typed)
    found = _Lines(grammar, shortest, given).compare(short)
    if found.differences and (shortest, short) != (wanted, typed):
        as_typed = _Lines(grammar, wanted, given).compare(typed)
        found = min(found, as_typed, key=lambda one: one.cost)
    if not slips:
        return found
    return replace(found, differences=(*slips, *found.differences))


@lru_cache(maxsize=512)
def read_expected(text: str) -> Script:
    """Read an accepted answer, placeholders included."""
    return read_script(text, holes=True)


@lru_cache(maxsize=512)
def _shortest_expected(text: str) -> Script:
    return without_detours(read_expected(text))


def _slipped(slip: Slip, given: str) -> Difference:
    mark = given[slip.start : slip.start + 1]
    return Difference(slip.kind, mark, places=((slip.start, slip.end),))


def same_words(one: str, other: str) -> bool:
    """Tell whether two lines are the same words to the shell, quoted otherwise."""
    if one == other:
        return True
    bare = one.translate(_UNQUOTED) == other.translate(_UNQUOTED)
    return bare and _shape_of(one) == _shape(_read_typed(other))


_UNQUOTED = str.maketrans("", "", "'\"\\; \t\r\n")


@lru_cache(maxsize=512)
def _shape_of(expected: str) -> object:
    return _shape(read_script(expected))


@lru_cache(maxsize=4)
def _read_typed(text: str) -> Script:
    """Read what was typed, once for all accepted answers."""
    return read_script(text)


def _shape(script: Script) -> object:
    pipelines = [
        [
            (
                [word.text for word in (*simple.assignments, *simple.words)],
                [(one.fd, one.op, one.target.text) for one in simple.redirects],
            )
            for simple in pipeline
        ]
        for pipeline in script.pipelines
    ]
    inner = [_shape(one) for one in script.substitutions]
    return pipelines, script.connectors, inner, [one.kind for one in script.slips]


_Part = TypeVar("_Part", Simple, Sequence[Simple])
_NOTHING = (Comparison(same=False), -1)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Compares a given line, `text`, with an expected one, `wanted`."""

    grammar: Grammar
    wanted: Script
    text: str

    def compare(self, given: Script) -> Comparison:
        """Compare the lines, substitutions first so that equal ones look equal."""
        signs: dict[int, str] = {}
        expected = _signed(self.wanted, self._one_word_signs(self.wanted))
        inner: list[Difference] = []
        for number, one in enumerate(given.substitutions):
            wanted, differences = self._substitution(number, _signed(one, signs))
            inner.extend(differences)
            quoted = SUBSTITUTION if self._is_one_word(one) else QUOTED_SUBSTITUTION
            signs[SUBSTITUTION + number] = chr(SUBSTITUTION + wanted)
            signs[QUOTED_SUBSTITUTION + number] = chr(quoted + wanted)
        outer = self._lines(expected, _signed(given, signs))
        if inner and outer.differences:
            kept = [one for one in outer.differences if not _is_about_signs(one)]
            outer = replace(outer, differences=(*kept, *inner))
        return outer

    def _one_word_signs(self, script: Script) -> dict[int, str]:
        """Make quoted substitutions plain where quotes change nothing."""
        return {
            QUOTED_SUBSTITUTION + number: chr(SUBSTITUTION + number)
            for number, one in enumerate(script.substitutions)
            if self._is_one_word(one)
        }

    def _is_one_word(self, script: Script) -> bool:
        """Tell whether a substitution yields one word, so that quotes do not count."""
        if len(script.pipelines) != 1 or len(script.pipelines[0]) != 1:
            return False
        typed = parse_command(script.pipelines[0][0], self.grammar)
        if typed.program in _ONE_WORD_PROGRAMS:
            return True
        meaning = read_meaning(typed)
        if meaning.path in _ONE_WORD_COMMANDS:
            return True
        last = [one.value for one in meaning.items if one.slot == "last"]
        return meaning.path == ("container", "ls") and last == ["1"]

    def _substitution(
        self, number: int, given: Script
    ) -> tuple[int, tuple[Difference, ...]]:
        """Return the number of the equal substitution, or how the nearest differs."""
        nearest: Comparison | None = None
        for at, wanted in enumerate(self.wanted.substitutions):
            found = self._lines(wanted, given)
            if found.same and not found.differences:
                return at, ()
            if nearest is None or found.cost < nearest.cost:
                nearest = found
        unknown = MOST_SUBSTITUTIONS + number
        return unknown, nearest.differences if nearest else ()

    def _lines(self, expected: Script, given: Script) -> Comparison:
        one, other = (list(map(len, x.pipelines)) for x in (expected, given))
        if one != other and sum(one) == sum(other):
            in_one_row = self._lines(_in_one_row(expected), _in_one_row(given))
            if not any(x.kind.endswith("-step") for x in in_one_row.differences):
                return in_one_row
        found = self._paired(
            expected.pipelines, given.pipelines, self._pipelines, "step", {}
        )
        if any(one.kind in ("missing-step", "extra-step") for one in found.differences):
            return found
        return _with_connectors(found, expected, given)

    def _pipelines(
        self, expected: Sequence[Simple], given: Sequence[Simple], bound: Bindings
    ) -> Comparison:
        return self._paired(expected, given, self._commands, "stage", bound)

    def _commands(self, expected: Simple, given: Simple, bound: Bindings) -> Comparison:
        return compare_commands(expected, given, self.grammar, bound)

    def _paired(
        self,
        expected: Sequence[_Part],
        given: Sequence[_Part],
        compare: Callable[[_Part, _Part, Bindings], Comparison],
        what: str,
        bound: Bindings,
    ) -> Comparison:
        """Pair the parts of two lines, each with the nearest of the same command."""
        if len(expected) == len(given) == 1:
            return compare(expected[0], given[0], bound)
        left = list(range(len(given)))
        pairs: list[tuple[int, Comparison]] = []
        parts: list[_Part] = []
        lacking = []
        for one in expected:
            ranked = [(compare(one, given[at], bound), at) for at in left]
            best, at = min(ranked, key=lambda pair: pair[0].cost, default=_NOTHING)
            if best.same:
                left.remove(at)
                pairs.append((at, best))
                parts.append(one)
                bound = best.bound
            else:
                lacking.append(one)
        found = [difference for _, best in pairs for difference in best.differences]
        found += [_lack(one, what) for one in lacking]
        found += [_surplus(given[at], what, self.text) for at in left]
        found += _out_of_order(parts, [at for at, _ in pairs], what)
        same = self._has_command(expected, lacking)
        return Comparison(same=same, differences=tuple(found), bound=bound)

    def _has_command(self, expected: Sequence[_Part], lacking: Sequence[_Part]) -> bool:
        """Tell whether a command of ours is there, or any where none is ours."""
        ours = [one for one in expected if self._is_ours(one)] or expected
        return any(one not in lacking for one in ours)

    def _is_ours(self, part: _Part) -> bool:
        return any(is_ours(one, self.grammar) for one in _simples(part))


_ONE_WORD_PROGRAMS = frozenset({"whoami", "hostname", "id", "uname", "basename"})
_ONE_WORD_COMMANDS = frozenset({("container", "run"), ("container", "create")})


def _signed(script: Script, signs: dict[int, str]) -> Script:
    """Renumber the substitutions of a line."""
    if not signs:
        return script
    pipelines = tuple(
        tuple(_signed_simple(simple, signs) for simple in pipeline)
        for pipeline in script.pipelines
    )
    return replace(script, pipelines=pipelines)


def _signed_simple(simple: Simple, signs: dict[int, str]) -> Simple:
    def renumbered(word: Word) -> Word:
        text = word.text.translate(signs)
        return word if text == word.text else replace(word, text=text)

    redirects = tuple(
        replace(one, target=renumbered(one.target)) for one in simple.redirects
    )
    words = tuple(map(renumbered, simple.words))
    assignments = tuple(map(renumbered, simple.assignments))
    return replace(simple, words=words, assignments=assignments, redirects=redirects)


def _is_about_signs(difference: Difference) -> bool:
    return any(mark in difference.got for mark in ("$(", "`", "|"))


def _with_connectors(found: Comparison, expected: Script, given: Script) -> Comparison:
    if not found.same or expected.connectors == given.connectors:
        return found
    wanted, typed = expected.connectors, given.connectors
    pairs = zip(wanted, typed, strict=False)
    one, other = next(((a, b) for a, b in pairs if a != b), ("", ""))
    kind = "connector" if one and other else "missing-word" if one else "extra-word"
    difference = Difference(kind, one or other, one, other)
    return replace(found, differences=(*found.differences, difference))


def _in_one_row(script: Script) -> Script:
    """Make every stage of a pipe a step of its own, connected by `|`."""
    pipelines = tuple((simple,) for stages in script.pipelines for simple in stages)
    rows = zip(script.pipelines, script.connectors, strict=True)
    connectors = [[*["|"] * (len(stages) - 1), last] for stages, last in rows]
    return Script(pipelines, tuple(chain.from_iterable(connectors)))


def _simples(part: Simple | Sequence[Simple]) -> Sequence[Simple]:
    return [part] if isinstance(part, Simple) else part


def _text_of(part: Simple | Sequence[Simple]) -> str:
    simples = _simples(part)
    return " | ".join(
        " ".join(word.raw for word in (*one.assignments, *one.words)) for one in simples
    )


def _out_of_order(
    parts: Sequence[Simple | Sequence[Simple]], places: Sequence[int], what: str
) -> list[Difference]:
    """Tell which of two parts comes first, where they stand the other way round."""
    for at, (one, other) in enumerate(pairwise(places)):
        if one > other:
            first, then = _text_of(parts[at]), _text_of(parts[at + 1])
            return [Difference("order", what, first, then)]
    return []


def _lack(part: Simple | Sequence[Simple], what: str) -> Difference:
    text = _text_of(part)
    return Difference(f"missing-{what}", text, text)


def _surplus(part: Simple | Sequence[Simple], what: str, given: str) -> Difference:
    simples = _simples(part)
    place = (simples[0].start, simples[-1].end)
    text = given[place[0] : place[1]]
    return Difference(f"extra-{what}", text, "", text, (place,))
