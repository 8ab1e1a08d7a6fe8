"""Around a session, in English."""

MESSAGES = {
    "review.all-done": "Nothing more is due today.",
    "review.backlog-any": "{shown} of {all} today. The others can wait.",
    "review.backlog-risk": "{shown} of {all} today, the most at risk first. The others can wait.",
    "review.break": "Welcome back after {days} days. `trainer review --catch-up {count}` takes up what waits in small portions, without new cards until you are through.",
    "review.card-gone": "The card {card} is gone from its deck.",
    "review.deck-errors": "{count} {count:plural error/errors} in the deck files; `trainer deck lint` tells more.",
    "review.hard-card": "- {question}",
    "review.hard-card-why": "- {question} {remark}",
    "review.hardest": "Hardest:",
    "review.left": "{count} {count:plural card is/cards are} left for today.",
    "review.more": "{count} more {count:plural card waits/cards wait}: `trainer review` goes on.",
    "review.next-step": "Done for now. The next learning step comes in {wait}.",
    "review.summary": "{cards} {cards:plural card/cards}, {answers} {answers:plural answer/answers}, {right} right at first try, {time}.",
    "review.tomorrow": "Tomorrow: {count} due so far.",
    "review.unreadable-edit": "The file has a mistake; `trainer deck lint` tells where. The card is asked as it was.",
    "review.week": "Last seven days: {days} studied on {count} of them.",
    "review.welcome": "Welcome. You learn from your own notes here, a few minutes a day.",
    "review.welcome-grading": "Commands you type are judged by what they do: any right way of writing them counts.",
    "review.welcome-schedule": "You say how well you knew each card; that decides when it comes back.",
    "review.welcome-start": "Here are {count} easy cards to begin with. `?` or F1 shows the keys; every answer is saved at once.",
}
