"""`trainer export`: cards and progress in other formats."""

import os
import sys
from typing import Annotated

import typer

from trainer.cli.mistakes import UnknownError, UsageError
from trainer.cli.world import World
from trainer.exchange import EXPORTERS
from trainer.exchange.snapshot import Snapshot
from trainer.storage.wholefile import write_whole


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: trainer export json -o trainer.json")(export)


def export(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="FORMAT", help=f"One of: {', '.join(EXPORTERS)}.")
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="`-` is stdout.")
    ] = "-",
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite the file if it exists.")
    ] = False,
) -> None:
    """Write cards, log and memory in another format."""
    world: World = context.obj
    if name not in EXPORTERS:
        raise UnknownError("format", name, EXPORTERS)
    if output != "-" and os.path.exists(output) and not force:
        raise UsageError("output-exists", path=output)
    decks = world.collection().decks
    with world.store() as store:
        snapshot = Snapshot(
            decks,
            store.reviews(),
            store.retracted(),
            store.retractions(),
            store.marks(),
            store.memories(),
        )
    text = EXPORTERS[name](snapshot)
    if output == "-":
        sys.stdout.write(text)
    else:
        _write(text, output)


def _write(text: str, path: str) -> None:
    try:
        write_whole(text, path)
    except OSError as error:
        raise UsageError("output-unusable", path=path, reason=error.strerror) from error
