"""What stands on cards in Anki, in Chinese."""

MESSAGES = {
    "anki.also": "也对：",
}
