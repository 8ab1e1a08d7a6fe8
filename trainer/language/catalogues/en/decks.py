"""Decks, in English."""

MESSAGES = {
    "decks.cards": "cards",
    "decks.deck": "deck",
    "decks.linted": "{decks} {decks:plural deck/decks}, {cards} {cards:plural card/cards}, {problems} {problems:plural problem/problems}.",
    "decks.title": "title",
}
