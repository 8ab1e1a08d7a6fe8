"""Taking a command line to pieces, each with what it is by the grammar."""

from collections.abc import Iterator
from dataclasses import dataclass

from trainer.grading.commandline import (
    Invocation,
    operand_roles,
    parse_command,
)
from trainer.grading.difference import of_problem
from trainer.grading.feedback import findings_of
from trainer.grading.grammar import Grammar
from trainer.grading.options import Given, Problem
from trainer.grading.repair import Repaired, repair
from trainer.grading.shell import Redirect, Script, Simple, read_script
from trainer.grading.values import value_kind
from trainer.grading.verdict import Finding, Span
from trainer.language.text import Message


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line.

    `role` is `wrapper`, `program`, `command`, `option`, `operand`, `assignment`,
    `redirect` or `connector`. `name` is canonical: `container ls`, `--detach`, or the
    role of an operand such as `image`. An option has a `value`, and the `kind` of it.
    """

    role: str
    text: str
    name: str
    span: Span
    value: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """A line in parts, with what the client would refuse, and what was repaired."""

    parts: tuple[Part, ...]
    findings: tuple[Finding, ...] = ()
    repairs: tuple[Message, ...] = ()


def explain(line: str, grammar: Grammar) -> Explained:
    """Take a line to pieces; commands in substitutions come after those around them."""
    repaired = repair(line)
    script = read_script(repaired.text)
    explainer = _Explainer(repaired, grammar)
    parts = list(explainer.script(script))
    for inner in script.substitutions:
        parts.extend(explainer.script(inner))
    findings = findings_of(map(of_problem, explainer.problems), repaired)
    return Explained(tuple(parts), findings, repaired.notes)


class _Explainer:
    def __init__(self, repaired: Repaired, grammar: Grammar) -> None:
        self.repaired = repaired
        self.grammar = grammar
        self.problems: list[Problem] = []

    def script(self, script: Script) -> Iterator[Part]:
        for pipeline, connector in zip(
            script.pipelines, script.connectors, strict=True
        ):
            for number, simple in enumerate(pipeline):
                if number:
                    yield self._part("connector", "|", "|", simple.start, simple.start)
                yield from self._simple(simple)
            if connector:
                end = pipeline[-1].end
                yield self._part("connector", connector, connector, end, end)

    def _part(self, role: str, text: str, name: str, start: int, end: int) -> Part:
        return Part(role, text, name, self.repaired.span(start, end))

    def _simple(self, simple: Simple) -> Iterator[Part]:
        invocation = parse_command(simple, self.grammar)
        self.problems.extend(invocation.problems)
        found = [*self._front(simple, invocation), *self._body(invocation)]
        found += map(self._redirect, invocation.redirects)
        yield from sorted(found, key=lambda part: part.span.start)

    def _front(self, simple: Simple, invocation: Invocation) -> Iterator[Part]:
        for word in invocation.assignments:
            name = word.text.partition("=")[0]
            yield self._part("assignment", word.raw, name, word.start, word.end)
        count = len(simple.words) - len(invocation.words)
        for word in simple.words[:count]:
            if word not in invocation.assignments:
                yield self._part("wrapper", word.raw, word.text, word.start, word.end)

    def _body(self, invocation: Invocation) -> Iterator[Part]:
        words = invocation.words
        if not words:
            return
        first = words[0]
        name = invocation.program
        yield self._part("program", first.raw, name, first.start, first.end)
        if invocation.program != self.grammar.program:
            for word in words[1:]:
                yield self._part("operand", word.raw, "", word.start, word.end)
            return
        yield from self._command(invocation)
        yield from map(self._option, (*invocation.options, *invocation.given))
        yield from self._operands(invocation)

    def _command(self, invocation: Invocation) -> Iterator[Part]:
        words = invocation.name_words
        if words:
            text = " ".join(word.raw for word in words)
            name = " ".join(invocation.path)
            yield self._part("command", text, name, words[0].start, words[-1].end)

    def _option(self, given: Given) -> Part:
        option = given.option
        takes = option.type != "bool"
        span = self.repaired.span(given.start, given.end)
        kind = value_kind(option) or option.type
        value = given.value if takes else None
        return Part("option", given.typed, f"--{option.long}", span, value, kind)

    def _operands(self, invocation: Invocation) -> Iterator[Part]:
        operands = invocation.operands
        roles = operand_roles(invocation.command, len(operands))
        for word, role in zip(operands, roles, strict=True):
            yield self._part("operand", word.raw, role, word.start, word.end)

    def _redirect(self, redirect: Redirect) -> Part:
        text = self.repaired.text[redirect.start : redirect.end]
        name = f"{redirect.fd}{redirect.op}"
        return self._part("redirect", text, name, redirect.start, redirect.end)
