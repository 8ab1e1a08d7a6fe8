"""`trainer stats`: what the log says."""

import json
from typing import Annotated

import typer

from trainer.cli.completers import complete_topics
from trainer.cli.panels import LOOK_BACK
from trainer.cli.world import World, known_topics
from trainer.language.clean import clean
from trainer.statistics.overview import Overview, Retention, overview


def register(app: typer.Typer) -> None:
    """Add the command."""
    example = "Example: trainer stats images --json"
    app.command(rich_help_panel=LOOK_BACK, epilog=example)(stats)


def stats(
    context: typer.Context,
    topics: Annotated[
        list[str] | None,
        typer.Argument(
            help="Topics; all of them if none is given.",
            autocompletion=complete_topics,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what you know: today, true retention, card states, the coming week."""
    world: World = context.obj
    with world.library() as library, world.store() as store:
        names = known_topics(topics or [], library)
        cards = [card for name in names for card in library.topics[name].cards]
        reviews, marks = store.reviews(), store.marks()
        if topics:
            of_topics = tuple(f"{name}/" for name in names)
            reviews = [one for one in reviews if one.card.startswith(of_topics)]
        now, memories = world.clock.now(), store.memories()
        seen = overview(cards, memories, reviews, marks, now, world.settings)
    if as_json:
        print(json.dumps(_as_json(seen)))
        return
    from trainer.terminal.overview_text import overview_lines

    for line in overview_lines(seen, world.language, ascii_only=world.options.ascii):
        print(clean(line))


def _as_json(seen: Overview) -> dict[str, object]:
    states = seen.states
    return {
        "schema_version": 1,
        "cards": {
            "total": states.total,
            "new": states.new,
            "learning": states.learning,
            "review": states.review,
            "suspended": states.suspended,
        },
        "reviews": {
            "total": seen.reviews_total,
            "today": seen.reviews_today,
            "took_ms_today": seen.took_ms_today,
        },
        "retention": {name: _retention(one) for name, one in seen.retention.items()},
        "forecast": [
            {"date": load.day.isoformat(), "due": load.due} for load in seen.forecast
        ],
    }


def _retention(one: Retention) -> dict[str, object]:
    return {"passed": one.passed, "failed": one.failed, "rate": one.rate}
