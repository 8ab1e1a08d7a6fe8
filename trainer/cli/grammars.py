"""Grammars by name: those that come with the trainer, and the learner's own."""

from pathlib import Path

from trainer.cli.mistakes import UsageError
from trainer.cli.world import World
from trainer.exchange.harvest.files import read_grammar
from trainer.grading.grammar import Grammar, load_grammar


def own_grammars(world: World) -> Path:
    """Return the folder of the learner's own grammars."""
    return Path(world.home) / "grammars"


def find_grammar(name: str, world: World) -> Grammar:
    """Return a grammar: a file's, the learner's own, or one that is shipped."""
    path = (
        Path(name) if name.endswith(".json") else own_grammars(world) / f"{name}.json"
    )
    try:
        return read_grammar(path) if _is_wanted(name, path) else load_grammar(name)
    except OSError as error:
        raise UsageError("unreadable-file", path=path, reason=error.strerror) from error


def _is_wanted(name: str, path: Path) -> bool:
    return name.endswith(".json") or ("/" not in name and path.is_file())
