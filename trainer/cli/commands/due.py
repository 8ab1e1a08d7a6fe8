"""`trainer due`, when the caches had to be brought up to date or more is asked."""

from typing import Annotated

import typer

from trainer.cli import due as quick
from trainer.cli.panels import STUDY
from trainer.cli.parameters import AsJson, Topics
from trainer.cli.world import World, known_topics


def register(app: typer.Typer) -> None:
    """Add the command."""
    example = "Example: trainer due -e && trainer review"
    app.command(rich_help_panel=STUDY, epilog=example)(due)


def due(
    context: typer.Context,
    topics: Topics = None,
    as_json: AsJson = False,
    exit_code: Annotated[
        bool,
        typer.Option("-e", "--exit-code", help="Exit with 1 if nothing is due."),
    ] = False,
) -> int:
    """Count what is due today, by topic."""
    world: World = context.obj
    with world.library() as library:
        names = known_topics(topics or [], library)
        with world.store():
            pass  # opening brings the caches up to date
        counts = library.due_counts(world.home, world.due_limits(), names)
    switches = ["--json"] * as_json + ["-e"] * exit_code
    return quick.show_due(counts, world.options, switches)
