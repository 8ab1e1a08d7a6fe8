"""Line mode, in English."""

MESSAGES = {
    "lines.flip": "Think, then press Enter:",
    "lines.heading": "Card {number} - {title}. Left: {new} new, {learning} learning, {due} due",
    "lines.rate": "Rate: 1 Again, 2 Hard, 3 Good, 4 Easy [{suggested}]:",
    "lines.recorded": "{rating} → {interval}",
    "lines.type-answer": "$",
}
