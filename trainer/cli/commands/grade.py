"""`trainer grade`: judge answers from the shell."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Annotated, Any, TextIO

import typer

from trainer.cli.jsonlines import print_json
from trainer.cli.mistakes import UsageError
from trainer.cli.panels import TOOLS
from trainer.cli.parameters import AsJson, GrammarName
from trainer.cli.world import World
from trainer.grading.answers import grade_command, grade_flag
from trainer.grading.grammar import Grammar
from trainer.grading.verdict import Verdict
from trainer.language.clean import clean
from trainer.language.errors import Exit, TrainerError
from trainer.language.text import Language
from trainer.terminal.words import verdict_text

_LONGEST = 1 << 20
"""A line of so many characters may have no end."""


class BatchError(TrainerError):
    """Lines of a batch could not be read."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        rich_help_panel=TOOLS,
        epilog="Example: trainer grade 'docker ps -a' 'docker container ls --all'",
        context_settings={"ignore_unknown_options": True},
    )(grade)


def grade(
    context: typer.Context,
    expected: Annotated[
        str | None, typer.Argument(help="The right answer.", show_default=False)
    ] = None,
    given: Annotated[
        str | None, typer.Argument(help="What was typed.", show_default=False)
    ] = None,
    accept: Annotated[
        list[str] | None, typer.Option(help="Another right answer; repeatable.")
    ] = None,
    grammar: GrammarName = "docker",
    command: Annotated[
        str, typer.Option(help="Judge flags in the context of this command.")
    ] = "",
    batch: Annotated[
        str, typer.Option(metavar="FILE.jsonl", help="Judge many; `-` reads stdin.")
    ] = "",
    as_json: AsJson = False,
) -> int:
    """Judge a typed command by what it does.

    With --batch each line of a file is `{"id", "expected": [...], "given"}`, and a line
    of JSON comes out for each. Exits with 1 if the one answer is not correct.
    """
    world: World = context.obj
    rules = world.grammar(grammar)
    if batch:
        return _grade_batch(batch, command, rules, world)
    if expected is None or given is None:
        raise UsageError("grade-needs-two")
    verdict = _judge([expected, *(accept or [])], given, command, rules)
    if as_json:
        print_json(_as_json(verdict, world.language))
    else:
        for line in _lines(verdict, world.language):
            print(clean(line))
    return Exit.OK if verdict.outcome == "correct" else Exit.CHECK_FAILED


def _judge(expected: list[str], given: str, command: str, grammar: Grammar) -> Verdict:
    if command:
        return grade_flag(expected, given, command, grammar)
    return grade_command(expected, given, grammar)


def _lines(verdict: Verdict, language: Language) -> Iterator[str]:
    yield verdict_text(verdict.outcome, language)
    for repair in verdict.repairs:
        yield repair.in_language(language)
    yield from _sentences(verdict, language)


def _sentences(verdict: Verdict, language: Language) -> Iterator[str]:
    for finding in verdict.findings:
        yield finding.message.in_language(language)


def _as_json(verdict: Verdict, language: Language) -> dict[str, object]:
    findings = [
        {
            "code": finding.code,
            "subject": finding.subject,
            "message": finding.message.in_language(language),
            "span": [finding.spans[0].start, finding.spans[0].end]
            if finding.spans
            else None,
        }
        for finding in verdict.findings
    ]
    return {
        "verdict": verdict.outcome.value,
        "feedback": " ".join(_sentences(verdict, language)),
        "findings": findings,
        "repairs": [repair.in_language(language) for repair in verdict.repairs],
    }


def _grade_batch(path: str, command: str, grammar: Grammar, world: World) -> int:
    """Judge line by line, each answer printed before the next line is read."""
    unread = 0
    with ExitStack() as stack:
        stream = _stream(path, stack)
        lines = iter(lambda: stream.readline(_LONGEST), "")
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            if len(line) == _LONGEST:
                raise BatchError("batch-line-long", path=path, number=number)
            row = _row(line)
            if row is None:
                unread += 1
                error = BatchError("batch-line", path=path, number=number)
                print(clean(error.in_language(world.language)), file=sys.stderr)
                continue
            verdict = _judge(
                row["expected"], row["given"], row.get("command", command), grammar
            )
            print_json({"id": row.get("id"), **_as_json(verdict, world.language)})
    return Exit.UNREADABLE if unread else Exit.OK


def _stream(path: str, stack: ExitStack) -> TextIO:
    if path == "-":
        return sys.stdin
    try:
        stream = open(path, encoding="utf-8-sig", errors="replace", newline="\n")  # noqa: SIM115 - closed by the stack
    except OSError as error:
        reason = error.strerror
        raise BatchError("unreadable-file", path=path, reason=reason) from error
    return stack.enter_context(stream)


def _row(line: str) -> dict[str, Any] | None:
    """Return a line's fields, or nothing if they are not as they should be."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    sound = (
        isinstance(row, dict)
        and isinstance(row.get("given"), str)
        and isinstance(row.get("command", ""), str)
        and isinstance(row.get("expected"), list)
        and all(isinstance(one, str) for one in row["expected"])
    )
    return row if sound else None
