"""A card as a few labelled lines."""

from collections.abc import Iterator

from trainer.cards.card import Card, Template
from trainer.language.text import Language
from trainer.terminal.words import details, labelled_text
from trainer.terminal.wrap import wrap

_INDENT = "  "


def card_lines(card: Card, language: Language, columns: int) -> Iterator[str]:
    """Yield question, answer and what else is known of a card, in so many columns."""
    question, answer = card.content.sides(language)
    yield f"{card.id}  ({card.kind.value}, {card.form})"
    parts = [("question", question), ("answer", answer), *details(card, language)]
    if card.template:
        parts.append(("values", _values(card.template)))
    for name, text in parts:
        said = labelled_text(name, text, language)
        first, *others = wrap(said, columns - 2 * len(_INDENT))
        yield _INDENT + first
        yield from (2 * _INDENT + one for one in others)


def _values(template: Template) -> str:
    """List what may stand in a card, by name."""
    return "; ".join(f"{one.name} {one.written}" for one in template.variables)
