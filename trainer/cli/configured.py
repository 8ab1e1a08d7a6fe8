"""What is amiss in the configuration is said before a command runs. Starts fast."""

import sys

from trainer.cli.options import Options
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.storage.configuration.chosen import Configuration

_INFORMING = frozenset({"-h", "--help", "--version"})
_EXEMPT = frozenset({"config", "prompt", "help"})


def check_configuration(options: Options, words: list[str]) -> None:
    """Name unknown keys on standard error; raise at a value that cannot be used.

    Help works all the same, and so do `config`, which mends the file, and `prompt`,
    which would say it before each command of the shell.
    """
    if not _EXEMPT.isdisjoint(words[:1]) or not _INFORMING.isdisjoint(words):
        return
    for key, values in options.configuration.mistakes:
        from trainer.storage.configuration.mistakes import ConfigurationError

        raise ConfigurationError(key, **values)
    tell_unknown(options.configuration, options.lang)


def tell_unknown(chosen: Configuration, language: str) -> None:
    """Name the keys of the file that do not exist."""
    for name in chosen.unknown:
        from trainer.language.nearest import nearest
        from trainer.storage.configuration.keys import KEYS

        near = nearest(name, KEYS)
        key = "config.unknown-near" if near else "config.unknown"
        said = say(language, key, path=chosen.path, name=name, near=near)
        print(clean(said), file=sys.stderr)
