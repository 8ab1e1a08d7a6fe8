"""`trainer explain`: a command line in parts."""

from collections.abc import Iterator
from shlex import join
from typing import Annotated

import typer

from trainer.cli.jsonlines import print_json
from trainer.cli.panels import TOOLS
from trainer.cli.parameters import AsJson, GrammarName
from trainer.cli.world import World
from trainer.grading.explain import Explained, Part, explain
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.text import Language
from trainer.terminal.table import table


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "explain",
        rich_help_panel=TOOLS,
        epilog="Example: trainer explain 'docker run -dp 8080:80 nginx'",
        context_settings={"ignore_unknown_options": True},
    )(explain_line)


def explain_line(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="COMMAND", help="In quotes, or word by word."),
    ],
    grammar: GrammarName = "docker",
    as_json: AsJson = False,
) -> None:
    """Break a command line into parts: what each is, and what value it took."""
    world: World = context.obj
    line = words[0] if len(words) == 1 else join(words)
    explained = explain(line, world.grammar(grammar))
    if as_json:
        print_json(_as_json(explained, world.language))
        return
    for text in _lines(explained, world.language):
        print(clean(text))


def _lines(explained: Explained, language: Language) -> Iterator[str]:
    if explained.parts:
        names = ("text", "role", "name", "value", "kind")
        head = [say(language, f"explain.{name}") for name in names]
        rows = [_row(part, language) for part in explained.parts]
        yield from table([head, *rows], frozenset())
    for repair in explained.repairs:
        yield repair.in_language(language)
    for finding in explained.findings:
        yield finding.message.in_language(language)


def _row(part: Part, language: Language) -> list[str]:
    role = say(language, f"explain.role-{part.role}")
    return [part.text, role, part.name, part.value or "", part.kind]


def _as_json(explained: Explained, language: Language) -> dict[str, object]:
    parts = [
        {
            "role": part.role,
            "text": part.text,
            "name": part.name,
            "span": [part.span.start, part.span.end],
            "value": part.value,
            "kind": part.kind or None,
        }
        for part in explained.parts
    ]
    findings = [
        {"code": one.code, "message": one.message.in_language(language)}
        for one in explained.findings
    ]
    repairs = [one.in_language(language) for one in explained.repairs]
    return {"parts": parts, "findings": findings, "repairs": repairs}
