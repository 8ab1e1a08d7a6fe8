"""Deck files read for their authors: with everything that can be found wrong."""

import os
from collections.abc import Iterable, Iterator, Mapping

from trainer.cards.card import Card, Flaw, GrammarSource
from trainer.cards.citations import lint_citation
from trainer.cards.collection import DeckReading
from trainer.cards.lint import lint_card, lint_together
from trainer.cards.outline import Outline
from trainer.cards.reading import read_deck
from trainer.storage.deckfiles import OUTLINE
from trainer.storage.files import content, shown_path, unreadable
from trainer.storage.outlines import outline_in


def read_thoroughly(
    paths: Iterable[str],
    source: GrammarSource,
    unsaved: Mapping[str, bytes],
) -> dict[str, DeckReading]:
    """Read deck files, and the outlines beside them, by the paths that are shown.

    What is `unsaved`, by these paths, takes the place of what a file holds. Each answer
    key is tried against the grammar, each citation against the outline, and the cards
    are compared with each other.
    """
    readings: dict[str, DeckReading] = {}
    outlines: dict[str, Outline | None] = {}
    for path in paths:
        folder = os.path.dirname(path)
        if folder not in outlines:
            beside = outline_in(folder)
            outlines[folder] = beside.outline if beside else None
            if beside:
                shown = shown_path(os.path.join(folder, OUTLINE))
                readings[shown] = DeckReading(None, beside.problems)
        shown = shown_path(path)
        found = unsaved[shown] if shown in unsaved else content(path)
        readings[shown] = _read(shown, found, source, outlines[folder])
    return lint_together(readings)


def _read(
    path: str, found: bytes | OSError, source: GrammarSource, outline: Outline | None
) -> DeckReading:
    def check(card: Card) -> Iterator[Flaw]:
        yield from lint_card(card)
        if outline:
            yield from lint_citation(card, outline)

    if isinstance(found, OSError):
        return DeckReading(None, (unreadable(path, found),))
    return read_deck(found, path, source, check)
