"""What stands on cards in Anki, in English."""

MESSAGES = {
    "anki.also": "Also right: ",
}
