"""The review screen, in English."""

MESSAGES = {
    "screen.days": "{n}d",
    "screen.due": "{n} due",
    "screen.hours": "{n}h",
    "screen.key-dont-know": "^G don't know",
    "screen.key-flip": "Space show answer",
    "screen.key-quit": "q/^C quit",
    "screen.key-quit-typing": "^C quit",
    "screen.key-submit": "Enter submit",
    "screen.key-take": "Enter = {rating}",
    "screen.key-undo": "u/^_ undo rating",
    "screen.key-undo-typing": "^_ undo rating",
    "screen.learning": "{n} learning",
    "screen.minutes": "{n}m",
    "screen.months": "{n}mo",
    "screen.new": "{n} new",
    "screen.now": "now",
    "screen.seconds": "{n}s",
    "screen.years": "{n}y",
}
