"""Grammars, in English."""

MESSAGES = {
    "grammar.commands": "commands",
    "grammar.harvested": "{path}: {count} {count:plural command/commands}.",
    "grammar.harvesting": "Reading the help pages of {program}; this takes up to a minute...",
    "grammar.instead": "{remark}, now `{instead}`",
    "grammar.name": "name",
    "grammar.program": "program",
    "grammar.removed": "removed",
    "grammar.removed-in": "removed in {version}",
    "grammar.version": "version",
}
