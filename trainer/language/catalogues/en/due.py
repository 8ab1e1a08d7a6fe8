"""How much is due, in English."""

MESSAGES = {
    "due.due": "due",
    "due.learning": "learning",
    "due.new": "new",
    "due.some": "{some} of {all}",
    "due.topic": "topic",
    "due.total": "total",
}
