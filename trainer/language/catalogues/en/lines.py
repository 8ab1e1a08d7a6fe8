"""Line mode, in English."""

MESSAGES = {
    "lines.answer": "Answer: {text}",
    "lines.flip": "Think, then press Enter:",
    "lines.heading": "Card {number} - {title}. Left: {new} new, {learning} learning, {due} due",
    "lines.notes": "Notes: {text}",
    "lines.nothing-taken-back": "There is nothing to take back.",
    "lines.question": "Question: {text}",
    "lines.rate": "Rate: 1 Again, 2 Hard, 3 Good, 4 Easy [{suggested}]:",
    "lines.recorded": "{rating} → {interval}",
    "lines.source": "Source: {text}",
    "lines.taken-back": "Taken back: {card}",
    "lines.type-answer": "$",
    "lines.why": "Why: {text}",
}
