"""Decks, in English."""

MESSAGES = {
    "decks.added": "Added `{card}` at {path}:{line}.",
    "decks.cards": "cards",
    "decks.deck": "deck",
    "decks.edited": "{path}: {problems} {problems:plural problem/problems}.",
    "decks.linted": "{decks} {decks:plural deck/decks}, {cards} {cards:plural card/cards}, {problems} {problems:plural problem/problems}.",
    "decks.new": "Deck `{deck}` is made. Add cards with `trainer deck add {deck}`.",
    "decks.not-added": "Nothing was written. This is the card as it would stand there:",
    "decks.one-language": "It has texts in one language only, which are shown in the other one, too. `trainer deck edit {card}` adds what is missing.",
    "decks.title": "title",
}
