"""`trainer deck new|add|edit`: decks of one's own."""

import os
import re
import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from trainer.cards.card import CardId
from trainer.cards.problem import Problem, Severity
from trainer.cards.shapes import NAME, Json
from trainer.cli.completers import (
    complete_forms,
    complete_grammars,
    complete_kinds,
    complete_topics,
)
from trainer.cli.mistakes import UnknownError, UsageError
from trainer.cli.options import is_terminal
from trainer.cli.parameters import DeckOrCard
from trainer.cli.world import World
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.errors import Exit
from trainer.language.text import Language
from trainer.storage.home import own_decks

LONGEST_NAME = 64
_ONE_LANGUAGE = "problems.missing-language"

Texts = list[str] | None


def print_problems(problems: Iterable[Problem], language: Language) -> None:
    """Print problems, one a line, in a form that editors can follow."""
    for one in problems:
        print(clean(one.in_language(language)))


def new_deck(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The deck's id.")],
    title_en: Annotated[str, typer.Option(help="Its title in English.")] = "",
    title_zh: Annotated[str, typer.Option(help="Its title in Chinese.")] = "",
    grammar: Annotated[
        str,
        typer.Option(
            help="The grammar that judges its commands.",
            autocompletion=complete_grammars,
        ),
    ] = "",
) -> None:
    """Make a deck of your own, without cards yet."""
    from trainer.cards.writing import deck_text
    from trainer.cli.landing import make_deck_folder
    from trainer.storage.deckwriting import write_deck, write_schema

    world: World = context.obj
    folder = own_decks(world.options.decks, world.home)
    path = os.path.join(folder, f"{name}.yaml")
    _check_new(world, name, path)
    if grammar:
        world.grammar(grammar)
    title = _by_language(title_en, title_zh) if title_en and title_zh else None
    text = deck_text(name, title or title_en or title_zh or name, grammar or None)
    try:
        make_deck_folder(world, folder)
        write_schema(folder)
        write_deck(text, path)
    except OSError as error:
        raise UsageError("output-unusable", path=path, reason=error.strerror) from error
    print(clean(path))
    _tell(world, "new", deck=name)


def add_card(
    context: typer.Context,
    deck: Annotated[
        str,
        typer.Argument(
            metavar="DECK", help="A deck of yours.", autocompletion=complete_topics
        ),
    ],
    id_: Annotated[str, typer.Option("--id", help="By default from the answer.")] = "",
    kind: Annotated[
        str,
        typer.Option(help="command, flag or concept.", autocompletion=complete_kinds),
    ] = "",
    form: Annotated[
        str,
        typer.Option(
            help="type, recall, choose, cloze or order.", autocompletion=complete_forms
        ),
    ] = "",
    command: Annotated[str, typer.Option(help="For a flag: its command.")] = "",
    ask_en: Annotated[str, typer.Option(help="The question in English.")] = "",
    ask_zh: Annotated[str, typer.Option(help="The question in Chinese.")] = "",
    answer: Annotated[
        str, typer.Option(help="The answer, alike in both languages.")
    ] = "",
    answer_en: Annotated[str, typer.Option(help="The answer in English.")] = "",
    answer_zh: Annotated[str, typer.Option(help="The answer in Chinese.")] = "",
    accept: Annotated[Texts, typer.Option(help="Another right answer.")] = None,
    wrong: Annotated[Texts, typer.Option(help="A wrong choice.")] = None,
    step: Annotated[Texts, typer.Option(help="A step, in its order.")] = None,
    why_en: Annotated[str, typer.Option(help="The reason in English.")] = "",
    why_zh: Annotated[str, typer.Option(help="The reason in Chinese.")] = "",
    section: Annotated[str, typer.Option(help="The section of the notes.")] = "",
    lines: Annotated[str, typer.Option(help="Its lines, as 168-169.")] = "",
    tag: Annotated[Texts, typer.Option(help="A word to select by.")] = None,
) -> int:
    """Put a card at the end of a deck: asked for on a terminal, else from options."""
    world: World = context.obj
    path = _path(world, deck)
    given = {
        "id": id_,
        "kind": kind,
        "form": form,
        "command": command,
        "ask": _by_language(ask_en, ask_zh),
        "answer": answer or _by_language(answer_en, answer_zh),
        "accept": accept,
        "wrong": wrong,
        "steps": step,
        "why": _by_language(why_en, why_zh),
        "source": _without_blanks({"section": section, "lines": lines}),
        "tags": tag,
    }
    return _add(world, deck, path, _without_blanks(given))


def edit_deck(
    context: typer.Context,
    name: DeckOrCard,
) -> int:
    """Open a deck in your editor, at a card; then check it: exit with 1 on problems."""
    from trainer.storage.deckwriting import check_own
    from trainer.terminal.editor import open_editor

    world: World = context.obj
    if world.options.no_input:
        raise UsageError("edit-no-input")
    deck, slash, _ = name.partition("/")
    path = _path(world, deck)
    check_own(path)
    code = open_editor(path, _line(world, path, name) if slash else None)
    if code:
        raise UsageError("editor-ended", code=code)
    found = [one for one in world.linted().problems if one.path == path]
    print_problems(found, world.language)
    _tell(world, "edited", path=path, problems=len(found))
    return Exit.CHECK_FAILED if found else Exit.OK


def _tell(world: World, key: str, **values: object) -> None:
    print(clean(say(world.language, f"decks.{key}", **values)), file=sys.stderr)


def _check_new(world: World, name: str, path: str) -> None:
    """Refuse a name that no deck can have, or that one has already."""
    from trainer.storage.deckfiles import OUTLINE

    is_name = re.fullmatch(NAME, name) and len(name) <= LONGEST_NAME
    if not is_name or os.path.basename(path) == OUTLINE:
        raise UsageError("bad-deck-name", name=name)
    is_readable = all(map(os.path.isdir, world.folders))
    taken = world.collection().paths if is_readable else {}
    if name in taken or os.path.lexists(path):
        raise UsageError("deck-exists", name=name, path=taken.get(name, path))


def _path(world: World, deck: str) -> str:
    """Return the path of a deck's file, even if the deck in it cannot be read."""
    from trainer.storage.files import shown_path

    paths = world.collection().paths
    if deck in paths:
        return paths[deck]
    names = (os.path.join(folder, f"{deck}.yaml") for folder in world.folders)
    found = next(filter(os.path.isfile, names), None)
    if found is None or not re.fullmatch(NAME, deck):
        raise UnknownError("topic", deck, paths)
    return shown_path(found)


def _line(world: World, path: str, name: str) -> int:
    """Return the line in which a card begins, also one that has mistakes."""
    from trainer.cards.reading import read_deck
    from trainer.storage.deckwriting import read_own

    places = read_deck(read_own(path).encode(), path, world.grammar).places
    if name not in places:
        raise UnknownError("card", name, places)
    return min(place.line for place in places[CardId(name)].values())


def _by_language(en: str, zh: str) -> dict[str, str]:
    return _without_blanks({"en": en, "zh": zh})


def _without_blanks(fields: dict[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in fields.items() if value}


def _add(world: World, deck: str, path: str, given: dict[str, Json]) -> int:
    """Ask for the card if nothing is given, and write it unless it has errors."""
    from trainer.cards.writing import card_text, with_card
    from trainer.storage.deckwriting import read_own, write_deck

    text = read_own(path)
    fields = _fields(world, deck, text, given)
    card = card_text(fields)
    added = with_card(text, card, path)
    data = added.text.encode(errors="surrogatepass")
    mine = [
        one
        for one in world.linted({path: data}).problems
        if one.path == path and added.first <= one.place.line <= added.last
    ]
    print_problems(mine, world.language)
    if any(one.severity is Severity.ERROR for one in mine):
        _tell(world, "not-added")
        print(clean(card), file=sys.stderr)
        return Exit.CHECK_FAILED
    _check_only_added(world, path, text, added.text)
    try:
        write_deck(added.text, path)
    except OSError as error:
        raise UsageError("output-unusable", path=path, reason=error.strerror) from error
    name = f"{deck}/{fields['id']}"
    _tell(world, "added", card=name, path=path, line=added.first)
    if given and any(one.message.key == _ONE_LANGUAGE for one in mine):
        _tell(world, "one-language", card=name)
    return Exit.OK


def _fields(
    world: World, deck: str, text: str, given: dict[str, Json]
) -> dict[str, Json]:
    """Return the fields of the card: asked for if none are given, else completed."""
    from trainer.cards.reading import read_deck
    from trainer.cards.writing import suggested_id

    reading = read_deck(text.encode(), deck, world.grammar)
    taken = {card.partition("/")[2] for card in reading.places}
    if not given:
        if world.options.no_input or not is_terminal():
            raise UsageError("add-no-input")
        from trainer.terminal.wizard import Wizard

        color = world.options.colored(stream_is_terminal=True)
        return Wizard(world.language, taken, color=color).ask_card()
    kind = "flag" if "command" in given else "concept"
    return {"id": suggested_id(given, taken), "kind": kind, **given}


def _check_only_added(world: World, path: str, old: str, new: str) -> None:
    """Make sure that all that was there is still read as it was."""
    from trainer.cards.reading import read_deck
    from trainer.cards.writing import LayoutError

    before, after = (
        read_deck(text.encode(), path, world.grammar).deck for text in (old, new)
    )
    if before is None or after is None or after.cards[:-1] != before.cards:
        raise LayoutError("deck-layout", path=path)
