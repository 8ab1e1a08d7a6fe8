"""A card as it stands on a page, in one language or in both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from trainer.cards.card import Card, Deck, Kind, Status
from trainer.exchange.pages.rendering import TAGS
from trainer.language.catalogue import say
from trainer.language.text import Language

Spoken = tuple[tuple[str, str], ...]
"""A text in each language, with the language's name; without one if it reads alike."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is shown of a card; `is_code` says that the answer is a command."""

    card: Card
    question: Spoken
    choices: tuple[Spoken, ...]
    answer: Spoken
    is_code: bool
    why: Spoken
    notes: Spoken
    source: Spoken

    def leading(self) -> "Leaf":
        """Return it in the first of its languages alone."""
        return replace(
            self,
            question=self.question[:1],
            choices=tuple(choice[:1] for choice in self.choices),
            answer=self.answer[:1],
            why=self.why[:1],
            notes=self.notes[:1],
            source=self.source[:1],
        )


@dataclass(frozen=True, slots=True)
class Chapter:
    """The cards of a deck under its title."""

    id: str
    title: Spoken
    leaves: tuple[Leaf, ...]


def make_chapters(
    decks: Sequence[Deck], languages: Sequence[Language]
) -> list[Chapter]:
    """Return what is shown of all decks that have cards."""
    return [
        Chapter(
            deck.id,
            spoken(deck.title.in_language, languages),
            tuple(make_leaf(card, languages) for card in deck.cards),
        )
        for deck in decks
        if deck.cards
    ]


def make_leaf(card: Card, languages: Sequence[Language]) -> Leaf:
    """Return what is shown of a card; choices are shuffled by its id.

    A card whose values change shows the first ones.
    """
    content = card.content.deal(card.id)
    prompts = [content.prompt(language).choices for language in languages]
    return Leaf(
        card=card,
        question=spoken(lambda language: content.sides(language)[0], languages),
        choices=tuple(
            _together([choice.text for choice in choices], languages)
            for choices in zip(*prompts, strict=True)
        ),
        answer=spoken(lambda language: content.sides(language)[1], languages),
        is_code=card.form == "type" and card.kind is not Kind.CONCEPT,
        why=spoken(card.why.in_language, languages) if card.why else (),
        notes=spoken(partial(_notes, card), languages),
        source=spoken(partial(_source, card), languages),
    )


def spoken(word: Callable[[Language], str], languages: Sequence[Language]) -> Spoken:
    """Return a text in each language, once if it reads alike; an empty one is none."""
    return _together([word(language) for language in languages], languages)


def _together(texts: Sequence[str], languages: Sequence[Language]) -> Spoken:
    if len(set(texts)) == 1:
        return (("", texts[0]),) if texts[0] else ()
    pairs = zip(languages, texts, strict=True)
    return tuple((TAGS[language], text) for language, text in pairs)


def _notes(card: Card, language: Language) -> str:
    """Say what the notes had, where that is not what is true today."""
    if card.notes is None or card.notes.status is Status.OK:
        return ""
    return say(language, f"words.notes-{card.notes.status.value}", said=card.notes.said)


def _source(card: Card, language: Language) -> str:
    return card.source.cited().in_language(language) if card.source else ""
