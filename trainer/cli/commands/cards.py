"""`trainer card`: look at single cards, and decide about them."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from trainer.cards.card import Card, CardId
from trainer.cards.record import show_card as card_fields
from trainer.cli.commands.log import log_json, print_log
from trainer.cli.completers import complete_cards, complete_tags, complete_topics
from trainer.cli.jsonlines import print_json
from trainer.cli.mistakes import UnknownError, UsageError
from trainer.cli.options import is_terminal
from trainer.cli.panels import DECKS
from trainer.cli.parameters import AsJson
from trainer.cli.world import World, known_topics
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.errors import Exit
from trainer.scheduling.history import Logged, memories_after, repetitions
from trainer.scheduling.leeches import is_leech
from trainer.scheduling.marks import (
    FLAGGED,
    ORDINARY,
    MarkKind,
    Standing,
    after_mark,
    make_mark,
)
from trainer.scheduling.memory import Memory, retrievability
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day
from trainer.storage.library import Library
from trainer.storage.store import Store
from trainer.terminal.state_text import (
    mark_texts,
    state_parts,
    state_text,
)
from trainer.terminal.table import table

app = typer.Typer(
    help="Look at single cards; suspend, bury, flag or reset them.",
    epilog="Example: trainer card list --flagged",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

_LIST = ("card", "state", "due", "marks")
_YES = frozenset({"y", "yes", "ｙ", "是"})


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="card", rich_help_panel=DECKS)


Names = Annotated[
    list[str],
    typer.Argument(
        metavar="DECK/CARD...", help="Cards by their id.", autocompletion=complete_cards
    ),
]


@dataclass(frozen=True, slots=True)
class Known:
    """What the log says of a card."""

    id: CardId
    memory: Memory | None
    standing: Standing

    def is_leech(self, settings: Settings) -> bool:
        """Whether it is forgotten again and again."""
        return self.memory is not None and is_leech(self.memory, settings)


@app.command("show", epilog="Example: trainer card show images/list-dangling")
def show_card(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="DECK/CARD",
            help="The card by its id.",
            autocompletion=complete_cards,
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Show a card: question, answer, what you remember of it, and its history."""
    world: World = context.obj
    with world.library() as library, world.store() as store:
        (known,) = _known(_checked([name], store, world), store)
        card, history = library.get(known.id), store.log.history(known.id)
    if as_json:
        print_json(_card_json(known, card, history, world))
    else:
        _print_card(known, card, history, world)


@app.command("suspend", epilog="Example: trainer card suspend images/list-dangling")
def suspend(context: typer.Context, names: Names) -> None:
    """Suspend cards: they are not asked until you resume them."""
    _mark(names, MarkKind.SUSPEND, context.obj)


@app.command("resume", epilog="Example: trainer card resume images/list-dangling")
def resume(context: typer.Context, names: Names) -> None:
    """Ask suspended or buried cards again."""
    _mark(names, MarkKind.RESUME, context.obj)


@app.command("bury", epilog="Example: trainer card bury images/list-dangling")
def bury(context: typer.Context, names: Names) -> None:
    """Bury cards: they are not asked until the next study day."""
    _mark(names, MarkKind.BURY, context.obj)


@app.command("flag", epilog="Example: trainer card flag images/list-dangling")
def flag(context: typer.Context, names: Names) -> None:
    """Flag cards, to find them again with `card list --flagged`."""
    _mark(names, MarkKind.FLAG, context.obj, FLAGGED)


@app.command("unflag", epilog="Example: trainer card unflag images/list-dangling")
def unflag(context: typer.Context, names: Names) -> None:
    """Remove the flag from cards."""
    _mark(names, MarkKind.FLAG, context.obj)


@app.command("reset", epilog="Example: trainer card reset images/list-dangling --yes")
def reset(
    context: typer.Context,
    names: Names,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> int:
    """Make cards new again. Their history stays in the log but no longer counts."""
    world: World = context.obj
    if not yes and not _confirmed(len(set(names)), world):
        print(say(world.language, "card.reset-left"), file=sys.stderr)
        return Exit.CANCELLED
    _mark(names, MarkKind.RESET, world)
    return Exit.OK


@app.command("list", epilog="Example: trainer card list --flagged")
def list_cards(
    context: typer.Context,
    suspended: Annotated[bool, typer.Option("--suspended", help="Only these.")] = False,
    flagged: Annotated[bool, typer.Option("--flagged", help="Only these.")] = False,
    buried: Annotated[bool, typer.Option("--buried", help="Only these.")] = False,
    leeches: Annotated[
        bool,
        typer.Option(
            "--leeches", help="List only leeches, with how often each was forgotten."
        ),
    ] = False,
    topic: Annotated[
        list[str] | None,
        typer.Option(
            "--topic",
            help="Only this topic; repeatable.",
            autocompletion=complete_topics,
        ),
    ] = None,
    tag: Annotated[
        str,
        typer.Option("--tag", help="Only with this tag.", autocompletion=complete_tags),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """List cards with their state; several filters leave what fits all of them."""
    world: World = context.obj
    today = world.today()
    with world.library() as library, world.store() as store:
        cards = _listed(library, store, known_topics(topic or [], library), tag)
        found = [
            known
            for known in _known(cards, store)
            if (known.standing.suspended or not suspended)
            and (known.standing.flagged or not flagged)
            and (known.standing.buried_on == today or not buried)
            and (known.is_leech(world.settings) or not leeches)
        ]
    if as_json:
        listed = [_state_json(one, world) for one in found]
        print_json({"cards": listed})
    elif found:
        _print_list(found, world, with_lapses=leeches)
    else:
        print(say(world.language, "card.list-none"), file=sys.stderr)


def _mark(names: list[str], kind: MarkKind, world: World, value: str = "") -> None:
    """Mark cards, and say of each what it is now; nothing is written in vain."""
    action = "unflag" if kind is MarkKind.FLAG and not value else kind.value
    with world.store() as store:
        for known in _known(_checked(names, store, world), store):
            now = world.clock.now()
            mark = make_mark(store.stamp(), now, known.id, kind, value)
            after = after_mark(known.standing, mark, world.settings.rollover)
            is_new = kind is MarkKind.RESET and known.memory is None
            if after == known.standing or is_new:
                print(say(world.language, f"card.{action}-already", card=known.id))
            else:
                store.mark(mark)
                print(say(world.language, f"card.{action}", card=known.id))


def _checked(names: list[str], store: Store, world: World) -> list[CardId]:
    """Return cards once each; raises on one that neither log nor decks have.

    The decks are read only for cards that the log does not know.
    """
    known = dict.fromkeys((*store.memories(), *store.standings()))
    if not known.keys() >= set(names):
        with world.library() as library:
            known |= dict.fromkeys(library)
    for name in names:
        if name not in known:
            raise UnknownError("card", clean(name), known)
    return [CardId(name) for name in dict.fromkeys(names)]


def _known(cards: Iterable[CardId], store: Store) -> list[Known]:
    memories, standings = store.memories(), store.standings()
    return [
        Known(card, memories.get(card), standings.get(card, ORDINARY)) for card in cards
    ]


def _confirmed(count: int, world: World) -> bool:
    if world.options.no_input or not is_terminal():
        raise UsageError("reset-needs-yes")
    asked = say(world.language, "card.reset-ask", count=count)
    print(asked, end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in _YES


def _listed(
    library: Library, store: Store, topics: list[str], tag: str
) -> Iterator[CardId]:
    """Yield cards in the order of study, then marked ones that no deck has any more."""
    for name in topics:
        for card in library.topics[name].cards:
            if not tag or tag in library[card].tags:
                yield card
    if len(topics) == len(library.topics) and not tag:
        present = set(library)
        for card, standing in store.standings().items():
            if card not in present and standing != ORDINARY:
                yield card


def _print_list(found: list[Known], world: World, *, with_lapses: bool) -> None:
    language, now = world.language, world.clock.now()
    today = study_day(now, world.settings.rollover)
    names = (*_LIST[:-1], "lapses", _LIST[-1]) if with_lapses else _LIST
    rows = [[say(language, f"card.list-{name}") for name in names]]
    for one in found:
        memory, leech = one.memory, one.is_leech(world.settings)
        cells = {
            "card": clean(one.id),
            "state": state_text(memory, language),
            "due": memory.due_day.isoformat() if memory else "",
            "lapses": str(memory.lapses) if memory else "",
            "marks": mark_texts(one.standing, today, language, is_leech=leech),
        }
        rows.append([cells[name] for name in names])
    right = frozenset({names.index("lapses")}) if with_lapses else frozenset()
    for line in table(rows, right):
        print(line)


def _print_card(
    known: Known, card: Card | None, history: list[Logged], world: World
) -> None:
    from trainer.terminal.card_text import card_lines
    from trainer.terminal.printed import table_columns

    language, now = world.language, world.clock.now()
    gone = [known.id, say(language, "card.gone")]
    for line in card_lines(card, language, table_columns()) if card else gone:
        print(clean(line))
    print()
    parts = state_parts(known.memory, known.standing, now, world.settings, language)
    for label, text in parts:
        print("  " + say(language, "words.labelled", label=label, text=text))
    if history:
        print()
        print(say(language, "card.history"))
        memories = memories_after(history, world.settings, known.memory)
        values = {
            review: " ".join(card.values(repetition).values())
            for review, repetition in repetitions(history).items()
            if card and card.template
        }
        print_log(history, memories, world, of_one_card=True, values=values)


def _card_json(
    known: Known, card: Card | None, history: list[Logged], world: World
) -> dict[str, Any]:
    content = {**card_fields(card), "form": card.form} if card else None
    asked = repetitions(history)
    memories = memories_after(history, world.settings, known.memory)
    rows = log_json(history, memories, asked)
    if card and card.template:
        for row in rows:
            if row["id"] in asked:
                row["values"] = card.values(asked[row["id"]])
    return {
        **_state_json(known, world),
        "card": content,
        "history": rows,
    }


def _state_json(known: Known, world: World) -> dict[str, Any]:
    from trainer.exchange.json_format import memory_json

    now, settings, memory = world.clock.now(), world.settings, known.memory
    today = study_day(now, settings.rollover)
    recall = retrievability(memory, today, settings) if memory else None
    return {
        "id": known.id,
        "suspended": known.standing.suspended,
        "buried": known.standing.buried_on == today,
        "flagged": known.standing.flagged,
        "leech": known.is_leech(settings),
        "memory": memory_json(known.id, memory) if memory else None,
        "retrievability": recall,
    }
