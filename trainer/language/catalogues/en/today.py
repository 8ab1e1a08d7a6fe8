"""Today at a glance, in English."""

MESSAGES = {
    "today.counts": "Today: {due} due, {learning} learning, {new} new.",
    "today.done": "Done today: {done} {done:plural answer/answers}.",
    "today.free": "Nothing is due. Look back with: trainer stats",
    "today.waiting": "Start with: trainer review",
    "today.welcome": "Nothing answered yet: five easy cards come first.",
}
