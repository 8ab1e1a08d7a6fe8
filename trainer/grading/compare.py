"""Comparing what two lines do: differences, and whether the command is there at all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from trainer.grading.commandline import Invocation, Problem, parse_command
from trainer.grading.grammar import Grammar
from trainer.grading.meaning import Item, Meaning, Piece, read_meaning
from trainer.grading.nearness import is_near
from trainer.grading.images import tag_of
from trainer.grading.ports import PART
from trainer.grading.pipes import without_detours
from trainer.grading.shell import (
    HOLE,
    MOST_SUBSTITUTIONS,
    QUOTED_SUBSTITUTION,
    SUBSTITUTION,
    Script,
    Simple,
    Word,
    read_script,
)
from trainer.grading.unify import Bindings, unify

Places = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a given line departs from the expected one.

    `subject` is what it is about, `expected` and `got` how both sides were typed.
    """

    kind: str
    subject: str
    expected: str = ""
    got: str = ""
    places: Places = ()
    item: Item | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`same`: a command of the expected line occurs in the given one."""

    same: bool
    differences: tuple[Difference, ...] = ()

    @property
    def cost(self) -> int:
        """How far apart the lines are."""
        weights = (COSTS.get(one.kind, 3) for one in self.differences)
        return sum(weights) + (0 if self.same else 100)


COSTS = {"missing-operand": 4, "missing-option": 4, "wrong-value": 2, "misplaced": 1}
COSTS |= {"swapped": 1, "wrong-command": 50, "program-typo": 1, "single-dash": 1}


def compare_lines(expected: str, given: str, grammar: Grammar) -> Comparison:
    """Compare two repaired lines."""
    wanted = read_expected(expected)
    typed = without_detours(read_script(given))
    slips = [_slipped(one, given) for one in typed.slips]
    if wanted.slips:
        slips = [one for one in slips if one.kind not in {x.kind for x in wanted.slips}]
    found = _Matcher(grammar, wanted, given).scripts(wanted, typed)
    return replace(found, differences=(*slips, *found.differences))


@lru_cache(maxsize=512)
def read_expected(text: str) -> Script:
    """Read an accepted answer, placeholders included."""
    return without_detours(read_script(text, holes=True))


def _slipped(slip: "object", given: str) -> Difference:
    kind, start, end = slip.kind, slip.start, slip.end  # type: ignore[attr-defined]
    return Difference(kind, given[start : start + 1], places=((start, end),))


def same_words(one: str, other: str) -> bool:
    """Tell whether two lines are the same words to the shell."""
    return one == other or _shape(read_script(one)) == _shape(read_script(other))


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


@dataclass(slots=True)
class _Matcher:
    grammar: Grammar
    wanted: Script
    given_text: str
    bound: Bindings = field(default_factory=dict)

    # scripts and pipelines -----------------------------------------------------

    def scripts(self, expected: Script, given: Script) -> Comparison:
        """Compare lines, substitutions first so that equal ones look equal."""
        signs: dict[int, str] = {}
        own = self._one_word_signs(expected)
        expected = _signed(expected, own)
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
        if len(expected.pipelines) == 1 and len(given.pipelines) == 1:
            found = self._pipelines(expected.pipelines[0], given.pipelines[0])
            return _with_connectors(found, expected, given)
        found, paired = self._paired(
            expected.pipelines, given.pipelines, self._pipelines, "step"
        )
        return _with_connectors(found, expected, given) if paired else found

    def _pipelines(
        self, expected: Sequence[Simple], given: Sequence[Simple]
    ) -> Comparison:
        if len(expected) == 1 and len(given) == 1:
            return self._commands(expected[0], given[0])
        found, _ = self._paired(expected, given, self._commands, "stage")
        return found

    def _paired(
        self,
        expected: Sequence[Simple] | Sequence[Sequence[Simple]],
        given: Sequence[Simple] | Sequence[Sequence[Simple]],
        compare: Callable[..., Comparison],
        what: str,
    ) -> tuple[Comparison, bool]:
        """Pair the parts of two lines, each with the nearest of the same command."""
        left = list(given)
        order: list[int] = []
        differences: list[Difference] = []
        docker, lacking = [], []
        for one in expected:
            ranked = [
                (compare(one, other), at)
                for at, other in enumerate(given)
                if other in left
            ]
            best = min(ranked, key=lambda pair: pair[0].cost, default=None)
            if best is None or not best[0].same:
                lacking.append(one)
                continue
            left.remove(given[best[1]])
            order.append(best[1])
            docker.append(self._is_ours(one))
            differences.extend(best[0].differences)
        ours = any(map(self._is_ours, expected))
        same = any(docker) if ours else bool(order)
        differences.extend(_lack(one, what) for one in lacking)
        differences.extend(_surplus(one, what, self.given_text) for one in left)
        if order != sorted(order):
            differences.append(Difference("order", what))
        return Comparison(same, tuple(differences)), not lacking and not left

    def _is_ours(self, part: Simple | Sequence[Simple]) -> bool:
        simples = [part] if isinstance(part, Simple) else part
        return any(
            parse_command(one, self.grammar).program == self.grammar.program
            for one in simples
        )

    # commands --------------------------------------------------------------------

    def _commands(self, expected: Simple, given: Simple) -> Comparison:
        wanted = _read(expected, self.grammar)
        path = wanted.invocation.path
        typed = parse_command(given, self.grammar, path)
        if wanted.invocation.program != self.grammar.program:
            return self._others(wanted, read_meaning(typed))
        if typed.program != self.grammar.program:
            return Comparison(False, (self._no_program(wanted, typed, given),))
        first = self._read_as(wanted, typed)
        if first.same and first.differences:
            return min([first, *self._read_again(wanted, typed, given)], key=_cost)
        return first

    def _no_program(
        self, wanted: Meaning, typed: Invocation, given: Simple
    ) -> Difference:
        places = ((given.start, given.end),)
        known = typed.words and self.grammar.find([typed.words[0].text])[1]
        kind = "missing-program" if known else "other-program"
        program, name = self.grammar.program, _name(wanted)
        return Difference(kind, program, name, typed.program, places)

    def _read_as(self, wanted: Meaning, typed: Invocation) -> Comparison:
        meaning = read_meaning(typed)
        problems = _unshared(typed.problems, wanted.invocation.problems)
        found = [of_problem(one) for one in problems]
        if meaning.path != wanted.path:
            other = _other_command(wanted, meaning)
            return Comparison(other.kind == "inspecting", (*found, other))
        found += self._differences(wanted, meaning)
        return Comparison(True, tuple(_settled(found)))

    def _differences(self, wanted: Meaning, typed: Meaning) -> list[Difference]:
        path = " ".join(wanted.path)
        found = [
            replace(one, detail=path) if one.kind == "extra-option" else one
            for one in self._match_items(wanted.items, typed.items)
        ]
        return [*found, *self._match_pieces(wanted, typed)]

    def _read_again(
        self, wanted: Meaning, typed: Invocation, given: Simple
    ) -> Iterable[Comparison]:
        """Read the line in other ways, to find the slip that explains it."""
        command = typed.command
        if command and not command.interspersed and len(typed.operands) > 1:
            yield from self._moved(wanted, typed, given)
        if typed.operands:
            yield from self._misread(wanted, typed, given)

    def _moved(
        self, wanted: Meaning, typed: Invocation, given: Simple
    ) -> Iterable[Comparison]:
        """Read options behind the operand as though they stood before it."""
        first = typed.operands[0]
        for start, stop in _option_runs(typed.operands):
            behind = typed.operands[start:stop]
            again = _reordered(given, first, behind)
            found = self._read_as(wanted, parse_command(again, self.grammar))
            places = ((behind[0].start, behind[-1].end),)
            moved = " ".join(word.raw for word in behind)
            about = Difference("misplaced", moved, first.raw, moved, places)
            if not any(one.kind in _REFUSALS for one in found.differences):
                yield replace(found, differences=(about, *found.differences))

    def _misread(
        self, wanted: Meaning, typed: Invocation, given: Simple
    ) -> Iterable[Comparison]:
        """Read a value after a switch as though it belonged to an option."""
        first = typed.operands[0]
        before = [one for one in typed.given if one.end <= first.start]
        if not before or before[-1].option.takes_value:
            return
        switch = before[-1]
        meant = [one for one in wanted.items if one.raw and first.text == one.raw]
        if not meant or any(first.raw == one.raw for one in wanted.pieces):
            return
        rest = tuple(word for word in given.words if word is not first)
        again = parse_command(replace(given, words=rest), self.grammar)
        found = self._read_as(wanted, again)
        role = wanted.pieces[0].role if wanted.pieces else ""
        places = ((switch.start, first.end),)
        about = Difference(
            "misread", switch.spelled, meant[0].typed, first.raw, places, detail=role
        )
        yield replace(found, differences=(about, *found.differences))

    # options -----------------------------------------------------------------------

    def _match_items(
        self, expected: Sequence[Item], given: Sequence[Item]
    ) -> list[Difference]:
        left = list(given)
        lacking = []
        for one in sorted(expected, key=lambda item: item.value.count(HOLE)):
            match = next((other for other in left if self._is_item(one, other)), None)
            if match is None:
                lacking.append(one)
            else:
                left.remove(match)
        found: list[Difference] = []
        for one in sorted(lacking, key=expected.index):
            rival = next((other for other in left if other.slot == one.slot), None)
            if rival is None:
                places: Places = ()
                found.append(_about("missing-option", one, one.typed, "", places))
            else:
                left.remove(rival)
                found.append(_wrong_value(one, rival))
        return found + [_extra(one) for one in left]

    def _is_item(self, expected: Item, given: Item) -> bool:
        if expected.slot != given.slot:
            return False
        if _lacks_tag(expected.value, given.raw) and _is_image(expected):
            return False
        return self._is_text(expected.value, given.value)

    def _is_text(self, expected: str, given: str) -> bool:
        found = unify(expected, given, self.bound)
        if found is None:
            return False
        self.bound = found
        return True

    # operands ----------------------------------------------------------------------

    def _match_pieces(self, wanted: Meaning, typed: Meaning) -> list[Difference]:
        bags = [[], []]  # type: list[list[Piece]]
        rows = [[], []]  # type: list[list[Piece]]
        for side, meaning in enumerate((wanted, typed)):
            for piece in meaning.pieces:
                (rows if piece.ordered else bags)[side].append(piece)
        return [*self._match_row(*rows), *self._match_bag(*bags)]

    def _match_bag(self, expected: list[Piece], given: list[Piece]) -> list[Difference]:
        left, lacking = list(given), []
        for one in sorted(expected, key=lambda piece: HOLE in piece.value):
            match = next((x for x in left if self._is_text(one.value, x.value)), None)
            if match is None:
                lacking.append(one)
            else:
                left.remove(match)
        # naming the same thing twice is naming it once
        left = [one for one in left if one.value not in {x.value for x in expected}]
        pairs = list(zip(lacking, left, strict=False))
        found = [_wrong_piece(one, other) for one, other in pairs]
        found += [_lacking_piece(one) for one in lacking[len(pairs) :]]
        return found + [_extra_piece(one) for one in left[len(pairs) :]]

    def _match_row(self, expected: list[Piece], given: list[Piece]) -> list[Difference]:
        if len(expected) == len(given) == 2 and _are_swapped(expected, given):  # noqa: PLR2004
            one, other = given
            said = f"{expected[0].raw} {expected[1].raw}"
            places = ((one.start, other.end),)
            return [
                Difference(
                    "swapped-operands", one.role, said, f"{one.raw} {other.raw}", places
                )
            ]
        fixed = [piece for piece in expected if piece.role != "command"]
        tail = expected[len(fixed) :]
        count = min(len(fixed), len([one for one in given if one.role != "command"]))
        found = self._side_by_side(fixed[:count], given[:count])
        found += [_lacking_piece(one) for one in fixed[count:]]
        rest = given[count:]
        if any(one.role == "command" for one in (*tail, *rest)):
            return found + self._match_tail(tail, rest)
        return found + [_extra_piece(one) for one in rest]

    def _side_by_side(
        self, expected: Sequence[Piece], given: Sequence[Piece]
    ) -> list[Difference]:
        return [
            _wrong_piece(one, other)
            for one, other in zip(expected, given, strict=True)
            if not self._is_piece(one, other)
        ]

    def _is_piece(self, expected: Piece, given: Piece) -> bool:
        if _lacks_tag(expected.value, given.raw):
            return False
        return self._is_text(expected.value, given.value)

    def _match_tail(
        self, expected: Sequence[Piece], given: Sequence[Piece]
    ) -> list[Difference]:
        """Match the command line that runs in a container."""
        if len(expected) == len(given):
            if not self._side_by_side(expected, given):
                return []
        wanted, typed = _joined(expected), _joined(given)
        places = ((given[0].start, given[-1].end),) if given else ()
        kind = "wrong-tail" if wanted and typed else "missing-tail"
        if not wanted:
            kind = "extra-tail"
        return [Difference(kind, wanted or typed, wanted, typed, places)]

    # other programs ------------------------------------------------------------------

    def _others(self, wanted: Meaning, typed: Meaning) -> Comparison:
        expected, given = wanted.invocation, typed.invocation
        if not given.words:
            same = not expected.words
            found = self._match_items(wanted.items, typed.items)
            return Comparison(same, tuple(found))
        if not expected.words:
            return Comparison(
                False, (Difference("other-program", "", "", given.program),)
            )
        found = self._program(expected, given)
        if found and found[0].kind == "other-program":
            return Comparison(False, tuple(found))
        found += self._words(expected.words[1:], given.words[1:])
        found += self._match_items(wanted.items, typed.items)
        return Comparison(True, tuple(found))

    def _program(self, expected: Invocation, given: Invocation) -> list[Difference]:
        first, wanted = given.words[0], expected.program
        places = ((first.start, first.end),)
        if self._is_text(wanted, given.program):
            return []
        near = is_near(given.program, wanted) and HOLE not in wanted
        if near and given.program != self.grammar.program:
            return [Difference("program-typo", wanted, wanted, first.raw, places)]
        return [Difference("other-program", wanted, wanted, given.program, places)]

    def _words(
        self, expected: Sequence[Word], given: Sequence[Word]
    ) -> list[Difference]:
        wanted = [_as_piece(word) for word in expected]
        typed = [_as_piece(word) for word in given]
        if len(wanted) == len(typed):
            return self._side_by_side(wanted, typed)
        return self._by_bags(wanted, typed)

    def _by_bags(self, expected: list[Piece], given: list[Piece]) -> list[Difference]:
        left, lacking = list(given), []
        for one in expected:
            match = next((x for x in left if self._is_text(one.value, x.value)), None)
            if match is None:
                lacking.append(one)
            else:
                left.remove(match)
        found = [Difference("missing-word", x.raw, x.raw) for x in lacking]
        extra = [
            Difference("extra-word", x.raw, "", x.raw, ((x.start, x.end),))
            for x in left
        ]
        return [*found, *extra] or [Difference("order", "word")]


_ONE_WORD_PROGRAMS = frozenset({"whoami", "hostname", "id", "uname", "basename"})
_ONE_WORD_COMMANDS = frozenset({("container", "run"), ("container", "create")})


def _cost(comparison: Comparison) -> int:
    return comparison.cost


@lru_cache(maxsize=512)
def _read(expected: Simple, grammar: Grammar) -> Meaning:
    return read_meaning(parse_command(expected, grammar))


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
    difference = Difference("connector", one or other, one, other)
    return replace(found, differences=(*found.differences, difference))


def _text_of(part: Simple | Sequence[Simple]) -> str:
    simples = [part] if isinstance(part, Simple) else part
    return " | ".join(
        " ".join(word.raw for word in (*one.assignments, *one.words)) for one in simples
    )


def _lack(part: Simple | Sequence[Simple], what: str) -> Difference:
    text = _text_of(part)
    return Difference(f"missing-{what}", text, text)


def _surplus(part: Simple | Sequence[Simple], what: str, given: str) -> Difference:
    simples = [part] if isinstance(part, Simple) else part
    place = (simples[0].start, simples[-1].end)
    text = given[place[0] : place[1]]
    return Difference(f"extra-{what}", text, "", text, (place,))


def _name(meaning: Meaning) -> str:
    return " ".join([meaning.invocation.program, meaning.invocation.name]).strip()


def _other_command(wanted: Meaning, typed: Meaning) -> Difference:
    invocation = typed.invocation
    command = invocation.command
    places = ((invocation.start, invocation.end),)
    expected, got = _name(wanted), _name(typed)
    if command is not None and not command.runnable and not command.opaque:
        return Difference("group", got, expected, got, places)
    if {typed.path, wanted.path} & {("inspect",)} and (
        typed.path[-1:] == wanted.path[-1:]
    ):
        return Difference("inspecting", got, expected, got, places)
    return Difference("wrong-command", got, expected, got, places)


def _unshared(
    problems: Iterable[Problem], expected: Sequence[Problem]
) -> list[Problem]:
    known = {(one.kind, one.subject) for one in expected}
    return [one for one in problems if (one.kind, one.subject) not in known]


def of_problem(problem: Problem) -> Difference:
    places = ((problem.start, problem.end),)
    return Difference(
        problem.kind,
        problem.subject,
        problem.near,
        problem.subject,
        places,
        detail=problem.detail,
    )


_REFUSALS = frozenset(
    "unknown-option removed-option needs-value bad-image no-mount-target bad-value bad-switch took-letters "
    "too-few too-many".split()
)


_REPEATING = frozenset({"extra-option", "extra-operand"})


def _settled(found: list[Difference]) -> list[Difference]:
    """Drop differences that a refusal of the same thing already tells."""
    refused = [place for one in found if one.kind in _REFUSALS for place in one.places]
    kinds = {one.kind for one in found}
    kept = []
    for one in found:
        repeats = one.kind in _REPEATING and any(
            place in refused for place in one.places
        )
        if repeats or (one.kind == "missing-operand" and "too-few" in kinds):
            continue
        kept.append(one)
    return kept


def _about(
    kind: str, item: Item, expected: str, got: str, places: Places
) -> Difference:
    return Difference(kind, _subject(item), expected, got, places, item)


def _subject(item: Item) -> str:
    if item.option is None:
        return item.spelled or item.raw
    return f"--{item.option.long}"


def _wrong_value(expected: Item, given: Item) -> Difference:
    kind = "swapped" if _is_swapped(expected.raw, given.raw) else "wrong-value"
    places = ((given.start, given.end),)
    return Difference(
        kind, _subject(given), expected.typed, given.typed, places, expected, given.raw
    )


def _is_swapped(one: str, other: str) -> bool:
    first, second = one.strip("'\"").split(":"), other.strip("'\"").split(":")
    return len(first) > 1 and first[:2] == second[1::-1] and first[2:] == second[2:]


def _extra(item: Item) -> Difference:
    places = ((item.start, item.end),)
    return _about("extra-option", item, "", item.typed, places)


def _lacks_tag(expected: str, raw: str) -> bool:
    """Tell whether a placeholder asks for a tag that was not typed."""
    if PART not in expected:
        return False
    return HOLE in expected.rpartition(PART)[2] and not tag_of(raw)


def _is_image(item: Item) -> bool:
    return item.option is not None and item.option.kind == "image"


def _are_swapped(expected: Sequence[Piece], given: Sequence[Piece]) -> bool:
    one, other = (piece.value for piece in expected)
    values = [piece.value for piece in given]
    return one != other and HOLE not in one + other and values == [other, one]


def _wrong_piece(expected: Piece, given: Piece) -> Difference:
    places = ((given.start, given.end),)
    return Difference("wrong-operand", given.role, expected.raw, given.raw, places)


def _lacking_piece(piece: Piece) -> Difference:
    return Difference("missing-operand", piece.role, piece.raw)


def _extra_piece(piece: Piece) -> Difference:
    places = ((piece.start, piece.end),)
    return Difference("extra-operand", piece.role, "", piece.raw, places)


def _joined(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.raw for piece in pieces)


def _as_piece(word: Word) -> Piece:
    return Piece("word", word.text, word.raw, word.start, word.end)


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
