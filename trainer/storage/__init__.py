"""What is kept: the store of reviews and the library of decks."""
