"""`trainer review`: today's session."""

import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from shutil import get_terminal_size
from typing import Annotated

import typer

from trainer.cards.card import CardId, Kind
from trainer.cards.siblings import Siblings
from trainer.cli.mistakes import UsageError
from trainer.cli.options import is_terminal
from trainer.cli.selection import Selection
from trainer.cli.sitting import sit
from trainer.cli.world import World
from trainer.language.catalogue import say
from trainer.scheduling.marks import present
from trainer.scheduling.memory import Memory
from trainer.scheduling.queue import (
    Allowance,
    Queue,
    allowance,
    build_queue,
    queue_of,
)
from trainer.scheduling.review import Mode
from trainer.scheduling.settings import Mix, Order
from trainer.scheduling.studyday import study_day
from trainer.storage.configuration.kinds import duration, plain_text
from trainer.storage.library import Library
from trainer.study.first import first_cards
from trainer.study.session import begin
from trainer.terminal.look import MOST_COLUMNS
from trainer.terminal.wrap import wrap

_LONGEST = timedelta(days=1)
_MOST_AHEAD = 365


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: trainer review images containers --limit 20")(review)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for of a sitting."""

    selection: Selection
    limit: int | None
    new: int | None
    ahead: int
    is_cram: bool

    @property
    def is_plain(self) -> bool:
        """Whether it is the daily review and nothing else."""
        return self == _Wanted(Selection(), None, None, 0, is_cram=False)


def review(
    context: typer.Context,
    topics: Annotated[
        list[str] | None, typer.Argument(help="Topics; all of them if none is given.")
    ] = None,
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
    tag: Annotated[
        list[str] | None, typer.Option(help="Only cards with this tag; repeatable.")
    ] = None,
    kind: Annotated[
        list[Kind] | None, typer.Option(help="Only cards of this kind; repeatable.")
    ] = None,
    ahead: Annotated[
        int,
        typer.Option(
            min=0, max=_MOST_AHEAD, metavar="DAYS", help="What is due by then, too."
        ),
    ] = 0,
    cram: Annotated[
        bool, typer.Option("--cram", help="All cards, and the schedule stays as it is.")
    ] = False,
    order: Annotated[
        Order | None, typer.Option(help="Which reviews come first.")
    ] = None,
    mix: Annotated[Mix | None, typer.Option(help="Where new cards come.")] = None,
) -> int:
    """Review what is due today, and learn new cards.

    Without a terminal, or with --plain, one answer is read per line. ` =1` to ` =4`
    at the end of a line rates it: again, hard, good, easy; `:?` tells more.
    """
    world = _with_order(context.obj, order, mix)
    if world.options.no_input:
        raise UsageError("no-terminal")
    limit_ms = _milliseconds(time)
    selection = Selection(tuple(topics or ()), tuple(tag or ()), tuple(kind or ()))
    wanted = _Wanted(selection, limit, new, ahead, cram)
    with ExitStack() as stack:
        library = stack.enter_context(world.library())
        chosen = wanted.selection.cards(library)
        store = stack.enter_context(world.store())
        store.check_writable()
        stack.enter_context(world.sitting())
        memories, standings = store.memories(), store.standings()
        today = study_day(world.clock.now(), world.settings.rollover)
        cards = present(chosen, standings, today)
        if wanted.is_plain and is_terminal() and store.is_new():
            queue = _first_queue(cards, library, world)
        else:
            queue = _queue(wanted, cards, memories, library.siblings, world)
        now = world.clock.now()
        session = begin(queue, library, memories, world.settings, now)
        flagged = frozenset(card for card, one in standings.items() if one.flagged)
        mode = Mode.CRAM if cram else Mode.REVIEW
        session = replace(session, mode=mode, flagged=flagged)
        _tell(queue, library, world)
        return sit(session, library, store, world, limit_ms)


def _with_order(world: World, order: Order | None, mix: Mix | None) -> World:
    settings = world.settings
    chosen = replace(settings, order=order or settings.order, mix=mix or settings.mix)
    return replace(world, settings=chosen)


def _milliseconds(time: str) -> int | None:
    if not time:
        return None
    try:
        limit = duration(_LONGEST).read(plain_text(time))
    except ValueError as error:
        raise UsageError("bad-time", value=time) from error
    if not isinstance(limit, timedelta) or not limit:
        raise UsageError("bad-time", value=time)
    return limit // timedelta(milliseconds=1)


def _queue(
    wanted: _Wanted,
    cards: list[CardId],
    memories: Mapping[CardId, Memory],
    siblings: Siblings,
    world: World,
) -> Queue:
    """Line up what a sitting asks."""
    now, settings = world.clock.now(), world.settings
    if wanted.is_cram:
        queue = queue_of(cards, now, settings)
    else:
        today = study_day(now, settings.rollover)
        left = allowance(memories.values(), today, settings)
        new = left.new if wanted.new is None else wanted.new
        allowed = Allowance(new, left.reviews, wanted.ahead)
        queue = build_queue(cards, memories, siblings, allowed, now, settings)
    return queue if wanted.limit is None else queue.limited(wanted.limit)


def _first_queue(cards: list[CardId], library: Library, world: World) -> Queue:
    """Greet, and line up a few easy cards."""
    deck = cards[0].partition("/")[0] if cards else ""
    easy = first_cards(library[card] for card in cards if card.startswith(f"{deck}/"))
    columns = min(get_terminal_size().columns, MOST_COLUMNS)
    for name in ("welcome", "welcome-grading", "welcome-schedule", "welcome-start"):
        said = say(world.language, f"review.{name}", count=len(easy))
        print("\n".join(wrap(said, columns)))
    print()
    return queue_of(easy, world.clock.now(), world.settings, frozenset(easy))


def _tell(queue: Queue, library: Library, world: World) -> None:
    """Say what there is to know before the first question."""
    if queue.held_back:
        shown = queue.left(world.clock.now()).review
        key = "risk" if world.settings.order == "risk" else "any"
        counts = {"shown": shown, "all": shown + queue.held_back}
        print(say(world.language, f"review.backlog-{key}", **counts))
    if library.errors:
        said = say(world.language, "review.deck-errors", count=library.errors)
        print(said, file=sys.stderr)
