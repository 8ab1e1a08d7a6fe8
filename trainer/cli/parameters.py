"""Parameters that several commands take."""

from typing import Annotated

import typer

from trainer.cards.card import Kind
from trainer.cli.completers import (
    complete_decks_and_cards,
    complete_grammars,
    complete_sections,
    complete_tags,
    complete_topics,
)

Topics = Annotated[
    list[str] | None,
    typer.Argument(
        help="Topics; all of them if none is given.", autocompletion=complete_topics
    ),
]
Kinds = Annotated[
    list[Kind] | None, typer.Option(help="Only cards of this kind; repeatable.")
]
Tags = Annotated[
    list[str] | None,
    typer.Option(
        help="Only cards with this tag; repeatable.", autocompletion=complete_tags
    ),
]
Sections = Annotated[
    list[str] | None,
    typer.Option(
        help="Only cards from this section of the notes; repeatable.",
        autocompletion=complete_sections,
    ),
]
DeckOrCard = Annotated[
    str,
    typer.Argument(
        metavar="DECK[/CARD]",
        help="A deck, or one of its cards.",
        autocompletion=complete_decks_and_cards,
    ),
]
GrammarName = Annotated[
    str,
    typer.Option(
        help="The command-line grammar that decides.", autocompletion=complete_grammars
    ),
]
NotesFile = Annotated[
    str,
    typer.Option(
        metavar="FILE.md", help="Your notes, to tell how far cards cover them."
    ),
]
Since = Annotated[
    str,
    typer.Option(
        metavar="30d", help="Only answers since then: 30d, 8w, 6m, 1y or a date."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
