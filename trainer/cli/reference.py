"""What the program has beside its commands: told by `help`, the manual page, README.

Each line's words are in the catalogue `help`.
"""

from trainer.storage.configuration.chosen import FILE
from trainer.storage.deckfiles import CACHE, MARKER, STORE

ENVIRONMENT = {
    "home": ("TRAINER_HOME",),
    "decks": ("TRAINER_DECKS",),
    "lang": ("TRAINER_LANG",),
    "now": ("TRAINER_NOW",),
    "color": ("NO_COLOR", "FORCE_COLOR"),
    "term": ("TERM",),
    "editor": ("VISUAL", "EDITOR"),
}
"""The variables of the environment, by the names of their messages."""

EXIT_CODES = (0, 1, 2, 3, 4, 5, 129, 130, 143)

FILES = {
    "store": STORE,
    "config": FILE,
    "decks": "decks/",
    "grammars": "grammars/",
    "cache": CACHE,
    "backups": "backups/",
    "marker": MARKER,
}
"""What is in the data folder, by the names of the messages."""

DECK = """\
# yaml-language-server: $schema=./deck.schema.json
deck: images
title: {en: Images, zh: 镜像}
grammar: docker
cards:
- id: list-dangling
  kind: command
  ask: {en: List only the dangling images., zh: 只列出悬空镜像。}
  answer: docker image ls -f dangling=true
  why: {en: Dangling images have no tag., zh: 悬空镜像没有标签。}
"""
"""A deck to learn the format from."""
