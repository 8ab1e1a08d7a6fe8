"""The command line, put together. Each command is a module of this folder."""

import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from trainer import __version__
from trainer.cli.options import COLORS, LANGUAGES, Options
from trainer.cli.usage import usage_text
from trainer.cli.world import World, make_world
from trainer.language.clean import clean
from trainer.language.errors import Exit
from trainer.language.text import Language

COMMANDS = {
    "review": "review",
    "quiz": "quiz",
    "due": "due",
    "optimize": "optimize",
    "simulate": "simulate",
    "deck": "decks",
    "card": "cards",
    "notes": "notes",
    "grammar": "grammar",
    "stats": "stats",
    "report": "report",
    "log": "log",
    "undo": "log",
    "export": "export",
    "import": "imports",
    "config": "config",
    "backup": "backup",
    "doctor": "doctor",
    "grade": "grade",
    "explain": "explain",
    "prompt": "prompt",
    "help": "help",
}
"""The commands in the order of the help, and the modules they are in."""


class InOrder(TyperGroup):
    """The commands in the order of the table, groups among them."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - typer's own
        super().__init__(**settings)
        self.commands = {
            name: self.commands[name] for name in COMMANDS if name in self.commands
        }


app = typer.Typer(
    cls=InOrder,
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


def register(words: list[str]) -> None:
    """Load the module of the command that is run, or all of them for help."""
    wanted = [words[0]] if words and words[0] in COMMANDS else COMMANDS
    for module in dict.fromkeys(COMMANDS[name] for name in wanted):
        import_module(f"trainer.cli.commands.{module}").register(app)


def run(options: Options, words: list[str]) -> int:
    """Run a command; return the exit code. Raises what the command raises."""
    world = make_world(options)
    if words[:1] == ["help"] and words[1:] and words[1] in COMMANDS:
        words = [*words[1:], "-h"]
    try:
        register(words)
        code = _command(world)(
            words, prog_name="trainer", obj=world, standalone_mode=False
        )
    except SystemExit as error:
        if isinstance(error.__context__, BrokenPipeError):
            raise error.__context__ from None
        raise
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        return _report_usage(error, world)
    return code if isinstance(code, int) else Exit.OK


def _command(world: World) -> Any:  # noqa: ANN401 - typer's own copy of click is not to be imported
    """Return the commands as they are run, with their help in the language spoken."""
    command = get_command(app)
    if world.language is Language.ZH:
        from trainer.cli.translated import translate

        translate(command)
    return command


def _report_usage(error: Exception, world: World) -> int:
    """Say what is wrong with the command line, or print the help that is due."""
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(error.format_message())  # type: ignore[attr-defined]
    else:
        print(clean(usage_text(error, world.language)), file=sys.stderr)
    return Exit.USAGE
