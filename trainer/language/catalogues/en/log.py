"""The log, in English."""

MESSAGES = {
    "log.card": "card",
    "log.empty": "Nothing has been answered yet.",
    "log.interval": "interval",
    "log.outcome-correct": "right",
    "log.outcome-partial": "partly",
    "log.outcome-unjudged": "self",
    "log.outcome-wrong": "wrong",
    "log.rating": "rating",
    "log.taken-back": "taken back",
    "log.time": "time",
    "log.typed": "typed",
    "log.values": "values",
    "log.verdict": "verdict",
}
