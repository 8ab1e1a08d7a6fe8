"""`trainer report`: all statistics as one page for a browser."""

import gc
import sys
from datetime import date
from typing import Annotated

import typer

from trainer.cli.output import (
    STDOUT,
    ForceSwitch,
    OutputOption,
    check_output,
    write_output,
)
from trainer.cli.panels import LOOK_BACK
from trainer.cli.parameters import NotesFile, Since, Topics
from trainer.cli.since import first_day
from trainer.cli.waiting import said_if_long
from trainer.cli.world import World, known_topics
from trainer.language.catalogue import say
from trainer.language.clean import clean

_PAGE = "report.html"


def register(app: typer.Typer) -> None:
    """Add the command."""
    example = "Example: trainer report -o report.html --open"
    app.command(rich_help_panel=LOOK_BACK, epilog=example)(report)


def report(
    context: typer.Context,
    topics: Topics = None,
    since: Since = "",
    notes: NotesFile = "",
    output: OutputOption = _PAGE,
    force: ForceSwitch = False,
    opens: Annotated[
        bool, typer.Option("--open", help="Show the page in the browser.")
    ] = False,
) -> None:
    """Write a page that shows what you know, the map of the notes first.

    It is one file, which needs no network and no scripts.
    """
    world: World = context.obj
    gc.disable()  # what is made here is used until the end
    check_output(output, force=force)
    first = first_day(since, world.today())
    write_output(_page(world, topics or [], first, notes), output)
    if output == STDOUT:
        return
    print(clean(say(world.language, "report.written", path=output)), file=sys.stderr)
    if opens and not _open(output):
        print(say(world.language, "report.no-browser"), file=sys.stderr)


def _open(path: str) -> bool:
    """Show a file in the browser; tell whether there is one."""
    from pathlib import Path
    from webbrowser import open_new_tab

    return open_new_tab(Path(path).absolute().as_uri())


def _page(world: World, topics: list[str], first: date, notes: str) -> str:
    from trainer.cli.evidence import RECENT_DAYS, gather
    from trainer.exchange.report.page import report_page
    from trainer.exchange.report.panel import Report
    from trainer.exchange.report.trouble import named_cards
    from trainer.statistics.figures import figures

    with (
        said_if_long(world, "stats.reading"),
        world.library() as library,
        world.store() as store,
    ):
        names = known_topics(topics, library) if topics else []
        evidence = gather(names, library, store, world, first, notes)
        found = figures(evidence)
        questions = {
            card: library[card].content.sides(world.language)[0]
            for card in named_cards(found)
        }
    settings, is_cut = evidence.settings, first > date.min
    return report_page(
        Report(
            figures=found,
            day=evidence.today,
            language=world.language,
            questions=questions,
            goal=settings.desired_retention,
            recent=(evidence.today - first).days + 1 if is_cut else RECENT_DAYS,
            is_whole=not topics,
            first=first if is_cut else None,
        )
    )
