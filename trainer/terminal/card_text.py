"""A card as a few labelled lines."""

from collections.abc import Iterator

from trainer.cards.card import Card
from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.terminal.words import notes_text, source_text


def card_lines(card: Card, language: Language) -> Iterator[str]:
    """Yield question, answer and what else is known of a card."""
    question, answer = card.content.sides(language)
    yield f"{card.id}  ({card.kind.value}, {card.form})"
    yield "  " + say(language, "lines.question", text=question)
    yield "  " + say(language, "lines.answer", text=answer)
    if card.why:
        yield "  " + say(language, "lines.why", text=card.why.in_language(language))
    if said := notes_text(card, language):
        yield "  " + say(language, "lines.notes", text=said)
    if source := source_text(card, language):
        yield "  " + say(language, "lines.source", text=source)
