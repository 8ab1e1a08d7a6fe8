"""`trainer undo` and `trainer log`: take back, look back."""

import sys
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from trainer.cli.jsonlines import print_json
from trainer.cli.mistakes import UsageError
from trainer.cli.panels import LOOK_BACK
from trainer.cli.parameters import AsJson, Topics
from trainer.cli.world import World, known_topics
from trainer.language.catalogue import say
from trainer.scheduling.history import Logged, memories_after, repetitions
from trainer.scheduling.marks import Entry, MarkKind
from trainer.scheduling.memory import Memory
from trainer.scheduling.review import Review
from trainer.terminal.words import taken_back_text

MOST = 1_000_000
"""More than anyone takes back or looks at at once."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        "log",
        rich_help_panel=LOOK_BACK,
        epilog="Example: trainer log images -n 50",
    )(show_log)
    app.command(rich_help_panel=LOOK_BACK, epilog="Example: trainer undo 3")(undo)


def undo(
    context: typer.Context,
    count: Annotated[
        int,
        typer.Argument(
            min=1, max=MOST, metavar="[N]", help="How many things to take back."
        ),
    ] = 1,
) -> None:
    """Take back the last thing done, or the last N: answers, suspended cards, flags."""
    world: World = context.obj
    with world.store() as store:
        taken = store.take_back(world.clock.now(), count)
    if not taken:
        raise UsageError("nothing-to-undo")
    for one in taken:
        print(taken_back_text(one.entry, world.language))


def show_log(
    context: typer.Context,
    topics: Topics = None,
    count: Annotated[
        int, typer.Option("-n", min=1, max=MOST, metavar="N", help="How many.")
    ] = 20,
    as_json: AsJson = False,
) -> None:
    """Show what was done last, newest at the end: answers, and marks on cards."""
    world: World = context.obj
    names: list[str] = []
    if topics:
        with world.library() as library:
            names = known_topics(topics, library)
    with world.store() as store:
        log = store.log.latest(count, names)
        cards = {one.entry.card for one in log if _leads_to_memory(one.entry)}
        histories = [store.log.history(card) for card in cards]
        known = [store.memory(card) for card in cards]
    memories: dict[str, Memory] = {}
    for history, now in zip(histories, known, strict=True):
        memories |= memories_after(history, world.settings, now)
    if as_json:
        asked = {k: v for one in histories for k, v in repetitions(one).items()}
        print_json({"log": log_json(log, memories, asked)})
    elif log:
        print_log(log, memories, world)
    else:
        print(say(world.language, "log.empty"), file=sys.stderr)


def _leads_to_memory(entry: Entry) -> bool:
    return isinstance(entry, Review) or entry.kind is MarkKind.START


def log_json(
    log: list[Logged], memories: Mapping[str, Memory], asked: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Return reviews and marks as JSON, each review with what it led to.

    `asked` are the repetitions by review.
    """
    from trainer.exchange.json_format import mark_json, memory_json, review_json

    entries = []
    for one in log:
        entry, memory = one.entry, memories.get(one.entry.id)
        if isinstance(entry, Review):
            due = memory_json(entry.card, memory) if memory else {}
            led_to = {name: due.get(name) for name in ("due_day", "due_at")}
            told = review_json(entry) | {"repetition": asked[entry.id]}
            row = {"type": "review", **told, **led_to}
        else:
            row = {"type": "mark", **mark_json(entry)}
        entries.append(row | {"taken_back": one.taken_back})
    return entries


def print_log(
    log: list[Logged],
    memories: Mapping[str, Memory],
    world: World,
    *,
    of_one_card: bool = False,
    values: Mapping[str, str] | None = None,
) -> None:
    """Print reviews and marks as a table, cut to the terminal where there is one.

    `values` are those that a card was asked with, by review.
    """
    from trainer.terminal.log_text import log_lines
    from trainer.terminal.look import Look
    from trainer.terminal.printed import table_columns
    from trainer.terminal.signs import signs_for

    signs = signs_for(ascii_only=world.options.ascii)
    look = Look(world.language, signs, world.settings.rollover, table_columns())
    for line in log_lines(log, memories, look, of_one_card=of_one_card, values=values):
        print(line)
