"""Looking back, in English."""

MESSAGES = {
    "log.undone": "Taken back: {card} ({rating})",
}
