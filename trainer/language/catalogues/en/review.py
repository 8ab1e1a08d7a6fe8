"""Around a session, in English."""

MESSAGES = {
    "review.all-done": "Nothing more is due today.",
    "review.deck-errors": "{count} {count:plural error/errors} in the deck files; `trainer deck lint` tells more.",
    "review.hard-card": "- {question}",
    "review.hard-card-why": "- {question} {remark}",
    "review.hardest": "Hardest:",
    "review.left": "{count} {count:plural card is/cards are} left for today.",
    "review.next-step": "Done for now. The next learning step comes in {wait}.",
    "review.summary": "{cards} {cards:plural card/cards}, {answers} {answers:plural answer/answers}, {right} right at first try, {time}.",
    "review.tomorrow": "Tomorrow: {count} due so far.",
    "review.week": "Last seven days: {days} studied on {count} of them.",
}
