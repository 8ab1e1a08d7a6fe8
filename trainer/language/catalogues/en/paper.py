"""Pages to print, in English."""

MESSAGES = {
    "paper.cards": "Cards to cut out",
    "paper.how-to-cut": "Print on both sides, turned over the long edge, in actual size (100%); then cut along the dashed lines. Each back lies behind its front, and both have the same number.",
    "paper.list": "Questions and answers",
    "paper.no-commands": "None of these cards asks for a command.",
    "paper.sheet": "Cheat sheet",
}
