"""What both the screen and line mode say about a card."""

from trainer.cards.card import Card, Status
from trainer.grading.verdict import Outcome
from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.scheduling.review import Rating


def rating_text(rating: Rating, language: Language) -> str:
    """Return a rating's name."""
    return say(language, f"words.rating-{rating.name.lower()}")


def verdict_text(outcome: Outcome, language: Language) -> str:
    """Return an outcome in words."""
    return say(language, f"words.verdict-{outcome.value}")


def source_text(card: Card, language: Language) -> str | None:
    """Return where in the notes a card comes from."""
    source = card.source
    if source is None:
        return None
    if source.lines is None:
        return source.section
    first, last = source.lines
    key = "words.source-line" if first == last else "words.source-lines"
    return say(language, key, section=source.section, first=first, last=last)


def notes_text(card: Card, language: Language) -> str | None:
    """Return what the notes had, where that is not what holds."""
    notes = card.notes
    if notes is None or notes.status is Status.OK:
        return None
    return say(language, f"words.notes-{notes.status.value}", said=notes.said)


def unknown_text(language: Language) -> str:
    """Return the verdict on an answer that was left out."""
    return say(language, "words.verdict-unknown")
