"""When a card comes back: the log of reviews and what follows from it."""
