"""Line mode, in English."""

MESSAGES = {
    "lines.choice": "{number}. {text}",
    "lines.choose": "The number of your choice:",
    "lines.flip": "Think, then press Enter:",
    "lines.heading": "Card {number} - {title}. Left: {new} new, {learning} learning, {due} due",
    "lines.put-in-order": "The numbers in order, such as 3 1 2:",
    "lines.rate": "Rate: 1 Again, 2 Hard, 3 Good, 4 Easy [{suggested}]:",
    "lines.recorded": "{rating} → {interval}",
    "lines.type-command": "$",
    "lines.type-words": ">",
}
