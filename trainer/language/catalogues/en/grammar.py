"""Grammars, in English."""

MESSAGES = {
    "grammar.commands": "commands",
    "grammar.harvested": "{path}: {count} {count:plural command/commands}.",
    "grammar.harvesting": "Reading the help pages of {program}; this takes up to a minute...",
    "grammar.name": "name",
    "grammar.program": "program",
    "grammar.version": "version",
}
