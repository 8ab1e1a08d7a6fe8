"""`trainer review`: today's session."""

from typing import Annotated

import typer

from trainer.cli.panels import STUDY
from trainer.cli.parameters import Kinds, Tags, Topics
from trainer.cli.review import MOST_AHEAD, Wanted
from trainer.cli.review import review as hold
from trainer.cli.selection import selected
from trainer.scheduling.settings import Mix, Order


def register(app: typer.Typer) -> None:
    """Add the command."""
    example = "Example: trainer review images containers --limit 20"
    app.command(rich_help_panel=STUDY, epilog=example)(review)


def review(
    context: typer.Context,
    topics: Topics = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many cards in this session.")
    ] = None,
    new: Annotated[
        int | None,
        typer.Option(min=0, help="So many new cards, whatever today had already."),
    ] = None,
    time: Annotated[
        str, typer.Option(metavar="10m", help="Ask no new card after so long.")
    ] = "",
    tag: Tags = None,
    kind: Kinds = None,
    ahead: Annotated[
        int,
        typer.Option(
            min=0, max=MOST_AHEAD, metavar="DAYS", help="What is due by then, too."
        ),
    ] = 0,
    catch_up: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="After a break: N reviews a day, new cards once you are through.",
        ),
    ] = None,
    cram: Annotated[
        bool, typer.Option("--cram", help="All cards, and the schedule stays as it is.")
    ] = False,
    order: Annotated[
        Order | None, typer.Option(help="Which reviews come first.")
    ] = None,
    mix: Annotated[Mix | None, typer.Option(help="Where new cards come.")] = None,
    reviews: Annotated[
        int | None,
        typer.Option(min=0, help="So many reviews today, whatever is configured."),
    ] = None,
    learn_ahead: Annotated[
        str,
        typer.Option(
            metavar="20m", help="How early a step may come when nothing else is left."
        ),
    ] = "",
    no_spacing: Annotated[
        bool,
        typer.Option("--no-spacing", help="Cards on the same thing may come today."),
    ] = False,
) -> int:
    """Review what is due today, and learn new cards.

    Without a terminal, or with --plain, one answer is read per line. ` =1` to ` =4`
    at the end of a line rates it: again, hard, good, easy; `:?` tells more.
    """
    selection = selected(topics, tag, kind)
    wanted = Wanted(selection, limit, new, ahead, cram, time, order, mix, catch_up)
    once = wanted._replace(
        reviews=reviews, learn_ahead=learn_ahead, is_unspaced=no_spacing
    )
    return hold(once, context.obj)
