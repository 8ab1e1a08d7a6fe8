"""`trainer export`: cards and progress in other formats."""

from typing import Annotated

import typer

from trainer.cli.completers import complete_formats
from trainer.cli.mistakes import UnknownError
from trainer.cli.output import (
    STDOUT,
    ForceSwitch,
    OutputOption,
    check_output,
    write_output,
)
from trainer.cli.panels import KEEP
from trainer.cli.world import World
from trainer.exchange import EXPORTERS
from trainer.exchange.snapshot import Snapshot


def register(app: typer.Typer) -> None:
    """Add the command."""
    example = "Example: trainer export json -o trainer.json"
    app.command(rich_help_panel=KEEP, epilog=example)(export)


def export(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help=f"One of: {', '.join(EXPORTERS)}.",
            autocompletion=complete_formats,
        ),
    ],
    output: OutputOption = STDOUT,
    force: ForceSwitch = False,
) -> None:
    """Write cards, log and memory in another format."""
    world: World = context.obj
    if name not in EXPORTERS:
        raise UnknownError("format", name, EXPORTERS)
    check_output(output, force=force)
    decks = world.collection().decks
    with world.store() as store:
        snapshot = Snapshot(
            decks,
            store.reviews(),
            store.retracted(),
            store.retractions(),
            store.marks(),
            store.fits(),
            store.memories(),
        )
    write_output(EXPORTERS[name](snapshot), output)
