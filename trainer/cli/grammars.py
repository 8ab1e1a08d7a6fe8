"""Grammars by name: those that come with the trainer, and the learner's own."""

import os

from trainer.cli.mistakes import UsageError
from trainer.grading.grammar import Grammar, load_grammar


def own_grammars(home: str) -> str:
    """Return the folder of the learner's own grammars."""
    return os.path.join(home, "grammars")


def find_grammar(name: str, home: str) -> Grammar:
    """Return a grammar: a file's, the learner's own, or one that is shipped.

    Raises `TrainerError` where there is none, or the file is not one.
    """
    is_path = name.endswith(".json")
    path = name if is_path else os.path.join(own_grammars(home), f"{name}.json")
    if not is_path and ("/" in name or not os.path.isfile(path)):
        return load_grammar(name)
    from pathlib import Path

    from trainer.exchange.harvest.files import read_grammar

    try:
        return read_grammar(Path(path))
    except OSError as error:
        reason = error.strerror
        raise UsageError("unreadable-file", path=path, reason=reason) from error
