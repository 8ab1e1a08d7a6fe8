"""`trainer stats`: what the log says."""

import gc
import json
import re
from datetime import date, timedelta
from shutil import get_terminal_size
from typing import Annotated

import typer

from trainer.cli.mistakes import UsageError
from trainer.cli.panels import LOOK_BACK
from trainer.cli.parameters import AsJson, NotesFile, Topics
from trainer.cli.world import World, known_topics
from trainer.scheduling.studyday import study_day
from trainer.statistics.figures import Figures

_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365}


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
    since: Annotated[
        str,
        typer.Option(
            metavar="30d", help="Only answers since then: 30d, 8w, 6m, 1y or a date."
        ),
    ] = "",
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
    today = study_day(world.clock.now(), world.settings.rollover)
    first = first_day(since, today)
    with world.library() as library, world.store() as store:
        names = known_topics(topics, library) if topics else []
        found = figures(gather(names, library, store, world, first, notes))
    if as_json:
        from trainer.statistics.plain import plain

        said = {"schema_version": 1, "day": today.isoformat()}
        told = {**said, **plain(found, world.language)}
        print(json.dumps(told, ensure_ascii=False))
        return
    _print(found, world, everything=everything)


def first_day(since: str, today: date) -> date:
    """Return the first study day to look at; without a word, the first of all."""
    if not since:
        return date.min
    said = re.fullmatch(r"([0-9]{1,4})([dwmy])", since)
    if said:
        days = int(said[1]) * _UNITS[said[2]]
        return today - timedelta(days=max(0, min(days, today.toordinal()) - 1))
    try:
        return date.fromisoformat(since)
    except ValueError as error:
        raise UsageError("bad-since", value=since) from error


def _print(found: Figures, world: World, *, everything: bool) -> None:
    from trainer.terminal.bars import ink_for
    from trainer.terminal.figures_full import full_lines
    from trainer.terminal.figures_text import short_lines
    from trainer.terminal.frame import LEAST_COLUMNS, MOST_COLUMNS, Frame
    from trainer.terminal.signs import signs_for

    is_ascii = world.options.ascii
    columns = min(MOST_COLUMNS, max(LEAST_COLUMNS, get_terminal_size().columns))
    signs, ink = signs_for(ascii_only=is_ascii), ink_for(ascii_only=is_ascii)
    frame = Frame(world.language, signs, ink, columns)
    lines = full_lines if everything else short_lines
    for line in lines(found, frame):
        print(line)
