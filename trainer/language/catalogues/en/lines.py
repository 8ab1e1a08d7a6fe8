"""Line mode, in English."""

MESSAGES = {
    "lines.choice": "{number}. {text}",
    "lines.choose": "The number of your choice:",
    "lines.flip": "Think, then press Enter:",
    "lines.heading": "Card {number} - {title}. Left: {new} new, {learning} learning, {due} due",
    "lines.help": ":u undo, :s skip, :b bury until tomorrow, :! suspend, :f flag, :h hint, :o overrule the verdict, :q leave. ` =1` to ` =4` at the end of an answer rates it.",
    "lines.hints-off": "Hints are switched off (review.hints).",
    "lines.leech": "You have forgotten `{card}` {count} {count:plural time/times}. Split it in two, or add a hint: `trainer deck edit {card}`.",
    "lines.marked": "{what}: {card}",
    "lines.no-hint": "There is no further hint.",
    "lines.no-such-choice": "Type a number from 1 to {count}, or only press Enter if you do not know.",
    "lines.no-such-order": "Type each number from 1 to {count} once, or only press Enter if you do not know.",
    "lines.put-in-order": "The numbers in order, such as 3 1 2:",
    "lines.rate-2": "Rate: 1 Again, 2 Good [{suggested}]:",
    "lines.rate-4": "Rate: 1 Again, 2 Hard, 3 Good, 4 Easy [{suggested}]:",
    "lines.recorded": "{rating} {sign} {interval}",
    "lines.type-command": "$",
    "lines.type-words": ">",
}
