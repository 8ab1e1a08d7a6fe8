"""`trainer export`: cards and progress in other formats."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from typing import Annotated

import typer

from trainer.cards.card import CardId, Deck
from trainer.cli.completers import complete_formats
from trainer.cli.mistakes import UnknownError, UsageError
from trainer.cli.output import (
    STDOUT,
    ForceSwitch,
    OutputOption,
    check_output,
    write_output,
)
from trainer.cli.panels import KEEP
from trainer.cli.parameters import Kinds, Sections, Tags, Topics
from trainer.cli.selection import Selection, selected
from trainer.cli.waiting import said_if_long
from trainer.cli.world import World
from trainer.exchange import EXPORTERS
from trainer.exchange.anki.editions import Edition, editions_of
from trainer.exchange.exporter import Exporter, Wanted
from trainer.exchange.snapshot import Snapshot
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.text import Language
from trainer.storage.editions import read_editions, write_editions
from trainer.storage.log import ReviewsRead

_FLAVOUR = "--flavour"
_STYLE = "--style"


def register(app: typer.Typer) -> None:
    """Add the command."""
    example = "Example: trainer export json -o trainer.json"
    app.command(rich_help_panel=KEEP, epilog=example)(export)


def export(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help=f"One of: {', '.join(EXPORTERS)}.",
            autocompletion=complete_formats,
        ),
    ],
    topics: Topics = None,
    output: OutputOption = STDOUT,
    force: ForceSwitch = False,
    tag: Tags = None,
    kind: Kinds = None,
    section: Sections = None,
    flavour: Annotated[str, typer.Option(help="For whom Markdown is written.")] = "",
    style: Annotated[str, typer.Option(help="How a page is laid out.")] = "",
    with_schedule: Annotated[
        bool,
        typer.Option(
            "--with-schedule/--no-schedule", help="Take the progress along, or not."
        ),
    ] = True,
) -> None:
    """Write cards, log and memory in another format.

    `--lang en|zh|both` says in which languages the texts of cards are written.
    """
    world: World = context.obj
    if name not in EXPORTERS:
        raise UnknownError("format", name, EXPORTERS)
    exporter = EXPORTERS[name]
    check_output(output, force=force, is_binary=exporter.is_binary)
    wanted = Wanted(
        world.clock.now(),
        _languages(world, exporter),
        _variant(name, exporter, {_FLAVOUR: flavour, _STYLE: style}),
        world.settings,
    )
    chosen = selected(topics, tag, kind, section)
    has_progress = exporter.has_progress and with_schedule
    telling = (
        nullcontext() if output == STDOUT else said_if_long(world, "imports.writing")
    )
    with telling, _snapshot(world, chosen, has_progress=has_progress) as snapshot:
        editions = _editions(world, snapshot, wanted) if exporter.dates_notes else {}
        since = {card: one.since for card, one in editions.items()}
        write_output(exporter.write(snapshot, replace(wanted, since=since)), output)
    if editions:
        write_editions(editions, world.home)
    if output != STDOUT and exporter.is_too_large and exporter.is_too_large(output):
        said = say(world.language, "imports.too-large", path=output)
        print(clean(said), file=sys.stderr)


def _editions(
    world: World, snapshot: Snapshot, wanted: Wanted
) -> dict[CardId, Edition]:
    """Return since when notes say what they say, those exported earlier included."""
    read = read_editions(world.home)
    known = {card: Edition(*one) for card, one in read.items()}
    now = int(wanted.now.timestamp())
    return known | dict(editions_of(snapshot.decks, wanted.languages, now, known))


def _languages(world: World, exporter: Exporter) -> tuple[Language, ...]:
    """Return the languages to write, the one spoken first."""
    written = tuple(map(Language, world.options.text_languages))
    if world.options.said_lang or not exporter.can_switch:
        return written
    return tuple(dict.fromkeys([*written, *Language]))


def _variant(name: str, exporter: Exporter, said: dict[str, str]) -> str:
    """Return which variant of a format was asked for, or its first."""
    for option, value in said.items():
        if value and option != exporter.option:
            raise UsageError("option-not-of-format", name=option, format=name)
        if value and value not in exporter.variants:
            known = ", ".join(exporter.variants)
            raise UsageError("bad-option-value", name=option, value=value, known=known)
    return said.get(exporter.option) or exporter.variants[0]


@contextmanager
def _snapshot(
    world: World, selection: Selection, *, has_progress: bool
) -> Iterator[Snapshot]:
    """Take the cards chosen, and what the log has of them where that is wanted."""
    with world.library(may_be_empty=True) as library:
        decks = library.decks()
        everything = selection.is_everything
        cards = None if everything else frozenset(selection.cards(library))
    taking = _with_log(decks, world) if has_progress else nullcontext(Snapshot(decks))
    with taking as taken:
        yield taken if cards is None else taken.of_cards(cards)


@contextmanager
def _with_log(decks: Sequence[Deck], world: World) -> Iterator[Snapshot]:
    """Add the log as it is at one moment, however long it is read."""
    with world.store() as store, store.reading():
        yield Snapshot(
            decks,
            ReviewsRead(store.log),
            store.log.retracted(),
            store.log.retractions(),
            store.log.marks(),
            store.log.fits(),
            store.memories(),
            store.log.quizzes(),
            store.log.quiz_answers(),
        )
