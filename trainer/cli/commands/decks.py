"""`trainer deck`: what the decks hold, and whether they are sound."""

import json
import os
from collections.abc import Sequence
from typing import Annotated

import typer

from trainer.cards.card import Card, CardId
from trainer.cards.collection import Collection
from trainer.cards.problem import Problem
from trainer.cards.record import show_card
from trainer.cards.schema import deck_schema
from trainer.cli.commands.authoring import add_card, edit_deck, new_deck, print_problems
from trainer.cli.completers import complete_decks_and_cards
from trainer.cli.jsonlines import print_json
from trainer.cli.mistakes import UnknownError, UsageError
from trainer.cli.panels import DECKS
from trainer.cli.parameters import AsJson, DeckOrCard
from trainer.cli.world import World
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.errors import Exit
from trainer.language.text import Language
from trainer.storage.files import shown_path
from trainer.storage.library import Topic, lint_collection
from trainer.study.quiz.question import Question
from trainer.terminal.card_text import card_lines
from trainer.terminal.printed import table_columns
from trainer.terminal.signs import signs_for
from trainer.terminal.table import columns, table
from trainer.terminal.wrap import cut

_GAPS = 4
"""The blanks between three columns."""
_LEAST_TITLE = 8

app = typer.Typer(
    help="List, show and check decks; make your own.",
    epilog="Example: trainer deck show images",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="deck", rich_help_panel=DECKS)


app.command("new", epilog="Example: trainer deck new git --title-en Git")(new_deck)
app.command("add", epilog="Example: trainer deck add git")(add_card)
app.command("edit", epilog="Example: trainer deck edit git/list-branches")(edit_deck)


@app.command("list", epilog="Example: trainer deck list")
def list_decks(context: typer.Context, as_json: AsJson = False) -> None:
    """List the decks and how many cards each has."""
    world: World = context.obj
    with world.library(may_be_empty=True) as library:
        decks = list(library.topics.values())
    if as_json:
        listed = [_deck_json(deck, world.language) for deck in decks]
        print_json({"decks": listed})
        return
    for line in _deck_table(decks, world):
        print(clean(line))


def _deck_table(decks: Sequence[Topic], world: World) -> list[str]:
    """Lay the decks out; titles are cut where the terminal is narrow."""
    head = [say(world.language, f"decks.{name}") for name in ("deck", "title", "cards")]
    rows = [
        (deck.id, deck.title.in_language(world.language), str(len(deck.cards)))
        for deck in decks
    ]
    names, _, counts = zip(head, *rows, strict=True)
    taken = max(map(columns, names)) + max(map(columns, counts)) + _GAPS
    room = max(table_columns() - taken, _LEAST_TITLE)
    ellipsis = signs_for(ascii_only=world.options.ascii).ellipsis
    fitted = [(name, cut(title, room, ellipsis), count) for name, title, count in rows]
    return table([head, *fitted], frozenset({2}))


@app.command("show", epilog="Example: trainer deck show images")
def show_deck(
    context: typer.Context,
    name: DeckOrCard,
    as_json: AsJson = False,
) -> None:
    """Show the cards of a deck, with their answers."""
    world: World = context.obj
    collection = world.collection()
    cards = _chosen(collection, name)
    if as_json:
        shown = [
            {**show_card(card), "id": card.id, "form": card.form} for card in cards
        ]
        print_json({"cards": shown})
        return
    for card in cards:
        for line in card_lines(card, world.language, table_columns()):
            print(clean(line))
        print()


@app.command("lint", epilog="Example: trainer deck lint --preview images/pull-ubuntu")
def lint_decks(
    context: typer.Context,
    path: Annotated[
        str,
        typer.Argument(
            metavar="PATH", help="A folder of decks or one deck file; else your decks."
        ),
    ] = "",
    preview: Annotated[
        str,
        typer.Option(
            metavar="DECK[/CARD]",
            help="Also show the questions that quizzes make of these cards.",
            autocompletion=complete_decks_and_cards,
        ),
    ] = "",
    seed: Annotated[
        str, typer.Option(help="Another seed, other questions in the preview.")
    ] = "1",
    as_json: AsJson = False,
) -> int:
    """Check the deck files; exit with 1 if there is a problem."""
    world: World = context.obj
    collection = _linted(world, path)
    problems = collection.problems
    made = _previewed(collection, preview, seed) if preview else []
    cards = sum(len(deck.cards) for deck in collection.decks)
    if as_json:
        listed = [_problem_json(one, world.language) for one in problems]
        head = {"decks": len(collection.decks), "cards": cards}
        shown = {"preview": [_question_json(one, world.language) for one in made]}
        print_json({**head, "problems": listed, **(shown if preview else {})})
    else:
        _print_preview(made, world.language)
        print_problems(problems, world.language)
        counts = {"decks": len(collection.decks), "cards": cards}
        print(say(world.language, "decks.linted", **counts, problems=len(problems)))
    return Exit.CHECK_FAILED if problems else Exit.OK


@app.command("schema", epilog="Example: trainer deck schema > deck.schema.json")
def print_schema() -> None:
    """Print the JSON Schema of deck files, for editors."""
    print(json.dumps(deck_schema(), indent=2))


def _linted(world: World, path: str) -> Collection:
    """Lint all decks, or those at a path; a file is compared with its neighbours."""
    if not path:
        return world.linted()
    place = os.path.abspath(path)
    if not os.path.isfile(place):
        return lint_collection((place,), world.grammar, {})
    beside = lint_collection((os.path.dirname(place),), world.grammar, {})
    found = beside.of_file(shown_path(place))
    if not (found.decks or found.problems):
        raise UsageError("no-deck-file", path=path)
    return found


def _chosen(collection: Collection, name: str) -> list[Card]:
    deck_name, slash, _ = name.partition("/")
    decks = {deck.id: deck for deck in collection.decks}
    if deck_name not in decks:
        raise UnknownError("topic", deck_name, decks)
    deck = decks[deck_name]
    if not slash:
        return list(deck.cards)
    cards = {card.id: card for card in deck.cards}
    if name not in cards:
        raise UnknownError("card", name, cards)
    return [cards[CardId(name)]]


def _previewed(collection: Collection, name: str, seed: str) -> list[Question]:
    """Return the questions that quizzes make of some cards."""
    from trainer.study.quiz.generated import all_questions

    shelf = {card.id: card for deck in collection.decks for card in deck.cards}
    cards = _chosen(collection, name)
    return [one for card in cards for one in all_questions(card, shelf, seed)]


def _print_preview(questions: list[Question], language: Language) -> None:
    from trainer.terminal.question_text import question_lines

    for question in questions:
        for line in question_lines(question, language):
            print(clean(line))
        print()


def _question_json(question: Question, language: Language) -> dict[str, object]:
    asked = question.card.content.prompt(language)
    _, answer = question.card.content.sides(language)
    return {
        "card": question.of,
        "made": question.made.value,
        "question": asked.question,
        "choices": [choice.text for choice in asked.choices],
        "answer": answer,
    }


def _deck_json(deck: Topic, language: Language) -> dict[str, object]:
    title = deck.title.in_language(language)
    return {"deck": deck.id, "title": title, "cards": len(deck.cards)}


def _problem_json(problem: Problem, language: Language) -> dict[str, object]:
    return {
        "path": problem.path,
        "line": problem.place.line,
        "column": problem.place.column,
        "severity": problem.severity.value,
        "message": problem.message.in_language(language),
    }
