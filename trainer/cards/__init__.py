"""What a card is, and how a deck file becomes cards."""
