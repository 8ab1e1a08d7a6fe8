"""What is said of imports, in English."""

MESSAGES = {
    "imports.as-before": "{count} {count:plural deck is/decks are} as before.",
    "imports.deck": "{deck}: {added} new, {updated} changed, {unchanged} as before ({path})",
    "imports.dry-run": "Nothing was written: this is what would happen.",
    "imports.guess": "The file is not UTF-8 and was read as {encoding}, in which a line of it is: {line} (--encoding chooses another one)",
    "imports.kept": "{deck}: {kept} {kept:plural card differs/cards differ} from the file and {kept:plural stays as it is/stay as they are}, since {path} came with the trainer or was laid out by hand.",
    "imports.left-out": "{deck}: {left_out} {left_out:plural card/cards} left out, since a deck cannot hold {left_out:plural it/them}:",
    "imports.log": "Log: {reviews} {reviews:plural answer/answers} and {others} other {others:plural entry/entries} new, {known} known already.",
    "imports.no-column": "none",
    "imports.nothing": "There was nothing to import.",
    "imports.sitting": "The sitting that is open goes on with its cards; what was imported counts for all that follows, and new cards come with the next one.",
    "imports.skipped-media": "{count} {count:plural picture or sound was/pictures and sounds were} left out.",
    "imports.skipped-no-history": "{count} {count:plural card has/cards have} a schedule but no answers in the log, and {count:plural begins/begin} as new.",
    "imports.skipped-no-question": "{count} {count:plural entry has/entries have} no question or no answer and {count:plural was/were} left out.",
    "imports.skipped-twice": "{count} {count:plural entry/entries} with a known id {count:plural was/were} left out.",
    "imports.which-answer": "Which column is the answer?",
    "imports.which-deck": "Which column names the deck?",
    "imports.which-id": "Which column tells the cards apart for good?",
    "imports.which-question": "Which column is the question?",
    "imports.which-tags": "Which column holds tags?",
    "imports.which-why": "Which column explains the answer?",
}
