"""What is said about a card, in English."""

MESSAGES = {
    "words.notes-outdated": "the notes had `{said}`, which is outdated",
    "words.notes-platform": "the notes had `{said}`, which depends on the platform",
    "words.notes-wrong": "the notes had `{said}`, which is mistaken",
    "words.rating-again": "Again",
    "words.rating-easy": "Easy",
    "words.rating-good": "Good",
    "words.rating-hard": "Hard",
    "words.source-line": "{section}, line {first}",
    "words.source-lines": "{section}, lines {first}-{last}",
    "words.verdict-correct": "Correct",
    "words.verdict-partial": "Partly right",
    "words.verdict-unjudged": "Judge for yourself",
    "words.verdict-unknown": "No answer",
    "words.verdict-wrong": "Not right",
}
