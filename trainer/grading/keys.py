"""Answer keys: what an author should know before learners are judged by one."""

from collections.abc import Iterator
from dataclasses import dataclass

from trainer.grading.commandline import Invocation, parse_command
from trainer.grading.compare import read_expected
from trainer.grading.difference import of_problem
from trainer.grading.feedback import findings_of
from trainer.grading.grammar import Grammar
from trainer.grading.repair import repair
from trainer.grading.shell import Script, Simple
from trainer.grading.verdict import Finding


@dataclass(frozen=True, slots=True)
class Deprecated:
    """An option or command that still works and should not be taught.

    `since` is a version, or `yes` where nobody knows which; `instead` is what to
    write today, if known.
    """

    name: str
    since: str
    instead: str | None


def refused(answer: str, grammar: Grammar) -> tuple[Finding, ...]:
    """Return why the client would refuse an answer; nothing if it would not."""
    problems = [
        of_problem(problem)
        for invocation in _invocations(answer, grammar)
        for problem in invocation.problems
    ]
    return findings_of(problems, repair(answer))


def deprecated(answer: str, grammar: Grammar) -> Iterator[Deprecated]:
    """Yield the deprecated forms in an answer."""
    for invocation in _invocations(answer, grammar):
        command = invocation.command
        if command and command.deprecated:
            name = " ".join(command.path)
            yield Deprecated(name, command.deprecated, command.instead)
        for given in (*invocation.options, *invocation.given):
            option = given.option
            if option.deprecated:
                yield Deprecated(given.spelled, option.deprecated, option.instead)


def _invocations(answer: str, grammar: Grammar) -> list[Invocation]:
    script = read_expected(answer)
    return [parse_command(simple, grammar, strict=True) for simple in _commands(script)]


def _commands(script: Script) -> Iterator[Simple]:
    for pipeline in script.pipelines:
        yield from pipeline
    for inner in script.substitutions:
        yield from _commands(inner)
