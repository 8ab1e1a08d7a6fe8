"""`trainer stats`: what the log says."""

import gc
from typing import Annotated

import typer

from trainer.cli.jsonlines import print_json
from trainer.cli.panels import LOOK_BACK
from trainer.cli.parameters import AsJson, NotesFile, Since, Topics
from trainer.cli.since import first_day
from trainer.cli.waiting import said_if_long
from trainer.cli.world import World, known_topics
from trainer.statistics.figures import Figures


def register(app: typer.Typer) -> None:
    """Add the command."""
    example = "Example: trainer stats images --since 30d"
    app.command(rich_help_panel=LOOK_BACK, epilog=example)(stats)


def stats(
    context: typer.Context,
    topics: Topics = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All figures, not just one screen of them.")
    ] = False,
    since: Since = "",
    notes: NotesFile = "",
    as_json: AsJson = False,
) -> None:
    """Show what you know, what you are losing, and what to do next.

    `trainer help statistics` says what each figure is.
    """
    from trainer.cli.evidence import gather
    from trainer.statistics.figures import figures

    world: World = context.obj
    gc.disable()  # what is made here is used until the end
    today = world.today()
    first = first_day(since, today)
    with (
        said_if_long(world, "stats.reading"),
        world.library() as library,
        world.store() as store,
    ):
        names = known_topics(topics, library) if topics else []
        found = figures(gather(names, library, store, world, first, notes))
    if as_json:
        from trainer.statistics.plain import plain

        print_json({"day": today.isoformat(), **plain(found, world.language)})
        return
    _print(found, world, everything=everything)


def _print(found: Figures, world: World, *, everything: bool) -> None:
    from trainer.terminal.bars import ink_for
    from trainer.terminal.figures_full import full_lines
    from trainer.terminal.figures_text import short_lines
    from trainer.terminal.frame import LEAST_COLUMNS, MOST_COLUMNS, Frame
    from trainer.terminal.printed import page_columns
    from trainer.terminal.signs import signs_for

    is_ascii = world.options.ascii
    columns = page_columns(LEAST_COLUMNS, MOST_COLUMNS)
    signs, ink = signs_for(ascii_only=is_ascii), ink_for(ascii_only=is_ascii)
    frame = Frame(world.language, signs, ink, columns)
    lines = full_lines if everything else short_lines
    for line in lines(found, frame):
        print(line)
