"""`trainer grammar`: the command lines that the trainer understands."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from trainer.cli.completers import complete_grammars
from trainer.cli.grammars import own_grammars
from trainer.cli.jsonlines import print_json
from trainer.cli.mistakes import UnknownError, UsageError
from trainer.cli.output import check_output
from trainer.cli.panels import DECKS
from trainer.cli.parameters import AsJson
from trainer.cli.world import World
from trainer.exchange.harvest.files import (
    list_grammars,
    read_overlay,
    write_grammar,
)
from trainer.exchange.harvest.harvest import harvest_grammar
from trainer.grading.grammar import Command, Grammar, Option
from trainer.grading.grammars import SHIPPED
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.text import Language
from trainer.terminal.table import table

app = typer.Typer(
    help="Harvest, list and show grammars of command lines.",
    epilog="Example: trainer grammar show docker container run",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

_UNKNOWN = "yes"
"""Stands for the version of a removal where nobody knows it; see `Option`."""


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="grammar", rich_help_panel=DECKS)


@app.command("list", epilog="Example: trainer grammar list")
def list_all(context: typer.Context, as_json: AsJson = False) -> None:
    """List the grammars: those that come with the trainer, and your own."""
    world: World = context.obj
    names = sorted({*SHIPPED, *list_grammars(Path(own_grammars(world.home)))})
    found = [world.grammar(name) for name in names]
    rows = [
        [name, grammar.program, grammar.version, str(len(grammar.commands))]
        for name, grammar in zip(names, found, strict=True)
    ]
    keys = ("name", "program", "version", "commands")
    if as_json:
        listed = [dict(zip(keys, row, strict=True)) for row in rows]
        print_json({"grammars": listed})
        return
    head = [say(world.language, f"grammar.{key}") for key in keys]
    for line in table([head, *rows], frozenset({3})):
        print(clean(line))


@app.command("show", epilog="Example: trainer grammar show docker container run")
def show(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            help="A grammar's name, or a file.", autocompletion=complete_grammars
        ),
    ],
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[COMMAND]", help="One command.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a grammar's commands, or the options of one command."""
    world: World = context.obj
    grammar = world.grammar(name)
    language = world.language
    rows = _options(_found(grammar, words), language) if words else _commands(grammar)
    if as_json:
        print_json({"rows": rows})
        return
    for line in table(rows or [[""]], frozenset()):
        print(clean(line))


@app.command("harvest", epilog="Example: trainer grammar harvest kubectl")
def harvest(
    context: typer.Context,
    program: Annotated[str, typer.Argument(help="A client with subcommands.")],
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="FILE", help="Else your data folder."),
    ] = "",
    overlay: Annotated[
        str,
        typer.Option(metavar="FILE", help="What help cannot tell: roles, value kinds."),
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite the file if it exists.")
    ] = False,
) -> None:
    """Learn a client's grammar from its --help pages; nothing else of it is run."""
    world: World = context.obj
    name = Path(program).stem
    path = Path(output) if output else Path(own_grammars(world.home)) / f"{name}.json"
    check_output(str(path), force=force)
    said = say(world.language, "grammar.harvesting", program=name)
    print(clean(said), file=sys.stderr)
    data = harvest_grammar(program, read_overlay(Path(overlay)) if overlay else None)
    try:
        write_grammar(data, path)
    except OSError as error:
        reason = error.strerror
        raise UsageError("output-unusable", path=path, reason=reason) from error
    count = len(data["commands"])
    print(clean(say(world.language, "grammar.harvested", path=path, count=count)))


def _found(grammar: Grammar, words: list[str]) -> Command:
    command, used = grammar.find(words)
    if command is None or used < len(words):
        known = [" ".join(one.path) for one in grammar.commands]
        raise UnknownError("command", " ".join(words), known)
    return command


def _commands(grammar: Grammar) -> list[list[str]]:
    return [
        [
            " ".join(command.path),
            ", ".join(" ".join(alias) for alias in command.aliases),
        ]
        for command in grammar.commands
        if command.runnable and not command.hidden
    ]


def _options(command: Command, language: Language) -> list[list[str]]:
    return [
        [", ".join(option.names()), option.type, _remark(option, language)]
        for option in command.options
        if not option.hidden
    ]


def _remark(option: Option, language: Language) -> str:
    """Return the default of an option, or that it is no more."""
    if not option.removed:
        return option.default
    key = "removed" if option.removed == _UNKNOWN else "removed-in"
    remark = say(language, f"grammar.{key}", version=option.removed)
    if not option.instead:
        return remark
    return say(language, "grammar.instead", remark=remark, instead=option.instead)
