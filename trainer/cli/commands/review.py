"""`trainer review`: today's session."""

import sys
from contextlib import ExitStack
from dataclasses import replace
from typing import Annotated

import typer

from trainer.cards.card import CardId
from trainer.cli.mistakes import UsageError
from trainer.cli.options import is_terminal
from trainer.cli.world import World, known_topics
from trainer.language.catalogue import say
from trainer.language.errors import Exit
from trainer.scheduling.marks import present
from trainer.scheduling.memory import Memory
from trainer.scheduling.queue import Allowance, Queue, allowance, build_queue
from trainer.scheduling.settings import Mix, Order
from trainer.scheduling.studyday import study_day
from trainer.storage.library import Library
from trainer.storage.store import Store
from trainer.study.loop import run
from trainer.study.session import Session, begin
from trainer.terminal.lines import LineLearner
from trainer.terminal.summary import summary_texts

_SIGNALLED = 128  # what shells add to a signal for the exit code


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: trainer review images containers --limit 20")(review)


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
    order: Annotated[
        Order | None, typer.Option(help="Which reviews come first.")
    ] = None,
    mix: Annotated[Mix | None, typer.Option(help="Where new cards come.")] = None,
) -> int:
    """Review what is due today, and learn new cards.

    Without a terminal, or with --plain, one answer is read per line. ` =1` to ` =4`
    at the end of a line rates it: again, hard, good, easy.
    """
    world = _with_order(context.obj, order, mix)
    if world.options.no_input:
        raise UsageError("no-terminal")
    with ExitStack() as stack:
        library = stack.enter_context(world.library())
        names = known_topics(topics or [], library)
        store = stack.enter_context(world.store())
        store.check_writable()
        memories = store.memories()
        now = world.clock.now()
        allowed = _allowed(memories, world, new)
        every = [card for name in names for card in library.topics[name].cards]
        today = study_day(now, world.settings.rollover)
        cards = present(every, store.standings(), today)
        queue = build_queue(
            cards, memories, library.groups, allowed, now, world.settings
        )
        session = begin(_limited(queue, limit), library, memories, world.settings, now)
        _warn_of_errors(library, world)
        return _sit(session, library, store, world)


def _with_order(world: World, order: Order | None, mix: Mix | None) -> World:
    settings = world.settings
    chosen = replace(settings, order=order or settings.order, mix=mix or settings.mix)
    return replace(world, settings=chosen)


def _allowed(
    memories: dict[CardId, Memory], world: World, new: int | None
) -> Allowance:
    today = study_day(world.clock.now(), world.settings.rollover)
    allowed = allowance(memories.values(), today, world.settings)
    return allowed if new is None else Allowance(new, allowed.reviews)


def _limited(queue: Queue, limit: int | None) -> Queue:
    return queue if limit is None else queue.limited(limit)


def _warn_of_errors(library: Library, world: World) -> None:
    if library.errors:
        said = say(world.language, "review.deck-errors", count=library.errors)
        print(said, file=sys.stderr)


def _sit(session: Session, library: Library, store: Store, world: World) -> int:
    if is_terminal() and not world.options.plain:
        return _sit_at_screen(session, library, store, world)
    learner = LineLearner(
        sys.stdin,
        sys.stdout,
        world.language,
        world.titles(library),
        world.settings,
        interactive=is_terminal(),
    )
    ended = run(session, learner, store, world.clock)
    print()
    for line in summary_texts(ended, world.clock.now(), world.language):
        print(line)
    return Exit.OK


def _sit_at_screen(
    session: Session, library: Library, store: Store, world: World
) -> int:
    from trainer.terminal.screen import ScreenLearner

    learner = ScreenLearner(
        world.titles(library),
        world.language,
        world.settings.rollover,
        color=world.options.colored(stream_is_terminal=True),
        ascii=world.options.ascii,
    )
    with learner:
        ended = run(session, learner, store, world.clock)
        learner.summary(ended, world.clock.now())
    signal = learner.ending.by
    return _SIGNALLED + signal if signal else Exit.OK
