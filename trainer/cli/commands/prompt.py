"""`trainer prompt`, where it is not run at once: its help, and wrong usage."""

from typing import Annotated

import typer

from trainer.cli.panels import TOOLS
from trainer.cli.prompt import Wanted, show_prompt
from trainer.cli.world import World


def register(app: typer.Typer) -> None:
    """Add the command."""
    example = "Example: trainer prompt --format '[{due}+{learning}] '"
    app.command(rich_help_panel=TOOLS, epilog=example)(prompt)


def prompt(
    context: typer.Context,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="TEXT",
            help="A text with `{due}`, `{new}` and `{learning}`.",
            show_default=False,
        ),
    ] = None,
    with_new: Annotated[
        bool, typer.Option("--new", help="Count what is new today, too.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, even if nothing is due.")
    ] = False,
) -> int:
    """Print in a few characters what is due, for shell prompts; nothing if nothing is.

    It starts fast, waits for nothing, and makes no files where there is no log yet.
    """
    world: World = context.obj
    wanted = Wanted()
    wanted.form = form
    wanted.with_new, wanted.as_json = with_new, as_json
    return show_prompt(wanted, world.options)
