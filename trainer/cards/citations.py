"""Whether cards cite sections that the outline beside their deck has."""

from collections.abc import Iterator

from trainer.cards.card import Card, Flaw
from trainer.cards.outline import Outline
from trainer.cards.problem import Severity
from trainer.language.nearest import nearest
from trainer.language.text import message


def lint_citation(card: Card, outline: Outline) -> Iterator[Flaw]:
    """Yield what is wrong with the section that a card cites; it costs no card."""
    slugs = [section.slug for section in outline.sections]
    if card.source is None or card.source.section in slugs:
        return
    slug = card.source.section
    if near := nearest(slug, slugs):
        said = message("problems.unknown-section-near", name=slug, near=near)
    else:
        said = message("problems.unknown-section", name=slug)
    yield Flaw("source", said, Severity.WARNING)
