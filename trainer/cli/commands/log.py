"""`trainer undo`: take back."""

from typing import Annotated

import typer

from trainer.cli.mistakes import UsageError
from trainer.cli.world import World
from trainer.terminal.words import taken_back_text

MOST = 1_000_000
"""More reviews than anyone takes back at once."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Example: trainer undo 3")(undo)


def undo(
    context: typer.Context,
    count: Annotated[
        int,
        typer.Argument(
            min=1, max=MOST, metavar="[N]", help="How many reviews to take back."
        ),
    ] = 1,
) -> None:
    """Take back the last review, or the last N."""
    world: World = context.obj
    with world.store() as store:
        taken = store.take_back(world.clock.now(), count)
    if not taken:
        raise UsageError("nothing-to-undo")
    for one in taken:
        print(taken_back_text(one.review, world.language))
