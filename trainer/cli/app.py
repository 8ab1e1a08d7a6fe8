"""The command line, put together. Each command is a module of this folder."""

from importlib import import_module
from typing import Annotated, Any

import typer

from trainer import __version__
from trainer.cli.clock import SystemClock
from trainer.cli.options import COLORS, LANGUAGES, Options
from trainer.cli.world import World
from trainer.language.errors import Exit
from trainer.scheduling.settings import Settings
from trainer.storage.configuration.keys import fields
from trainer.terminal.preferences import Preferences

app = typer.Typer(
    name="trainer",
    help="Turn study notes on a command-line tool into lasting knowledge.",
    epilog="Example: trainer review images --limit 20",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Without a command: today as JSON.")
    ] = False,
    lang: Annotated[
        str, typer.Option(metavar="|".join(LANGUAGES), help="Language to speak.")
    ] = "",
    plain: Annotated[
        bool, typer.Option("--plain", help="Line mode: one answer a line, no redraw.")
    ] = False,
    ascii_: Annotated[
        bool, typer.Option("--ascii", help="Draw with ASCII characters only.")
    ] = False,
    color: Annotated[
        str, typer.Option(metavar="|".join(COLORS), help="When to use colour.")
    ] = "",
    no_input: Annotated[
        bool, typer.Option("--no-input", help="Never ask; fail where one must.")
    ] = False,
    home: Annotated[str, typer.Option(metavar="DIR", help="Folder of your data.")] = "",
    deck_folder: Annotated[
        str, typer.Option("--decks", metavar="DIR", help="Folder of the decks.")
    ] = "",
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
) -> None:
    """Without a command: today at a glance."""
    del (
        lang,
        plain,
        ascii_,
        color,
        no_input,
        home,
        deck_folder,
        debug,
    )  # read already, by `split_options`
    if version:
        typer.echo(f"trainer {__version__}")
    elif context.invoked_subcommand is None:
        from trainer.cli.commands import today

        today.show_today(context.obj, as_json=as_json)


COMMANDS = {
    "review": "review",
    "due": "due",
    "stats": "stats",
    "undo": "log",
    "log": "log",
    "card": "cards",
    "deck": "decks",
    "notes": "notes",
    "grade": "grade",
    "explain": "explain",
    "grammar": "grammar",
    "export": "export",
    "config": "config",
    "backup": "backup",
    "doctor": "doctor",
}
"""The commands in the order of the help, and the modules they are in."""


def _register(words: list[str]) -> None:
    """Load the module of the command that is run, or all of them for help."""
    wanted = [words[0]] if words and words[0] in COMMANDS else COMMANDS
    for module in dict.fromkeys(COMMANDS[name] for name in wanted):
        import_module(f"trainer.cli.commands.{module}").register(app)


def _world(options: Options) -> World:
    settings: dict[str, Any] = fields(options.configuration, "settings")
    preferences: dict[str, Any] = fields(options.configuration, "preferences")
    return World(
        options, SystemClock(), Settings(**settings), Preferences(**preferences)
    )


def run(options: Options, words: list[str]) -> int:
    """Run a command; return the exit code. Raises what the command raises."""
    world = _world(options)
    try:
        _register(words)
        code = app(words, prog_name="trainer", obj=world, standalone_mode=False)
    except SystemExit as error:
        if isinstance(error.__context__, BrokenPipeError):
            raise error.__context__ from None
        raise
    except Exception as error:
        show = getattr(error, "show", None)
        if show is None:
            raise
        show()  # what typer says of a wrong command line
        return Exit.USAGE
    return code if isinstance(code, int) else Exit.OK
