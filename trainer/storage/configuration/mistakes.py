"""What may be wrong with a configuration."""

from trainer.language.errors import Exit, TrainerError
from trainer.language.text import message
from trainer.storage.configuration.chosen import Mistake
from trainer.storage.configuration.kinds import Kind


class ConfigurationError(TrainerError):
    """The configuration holds what cannot be used."""

    exit_code = Exit.USAGE


def unreadable(path: str, error: OSError) -> Mistake:
    """Return the mistake of a file that cannot be read."""
    return "unreadable-file", {"path": path, "reason": error.strerror or str(error)}


def not_toml(path: str, place: tuple[int, int], reason: str) -> Mistake:
    """Return the mistake of a file that is not TOML, with line and column."""
    line, column = place
    where = {"path": path, "line": line, "column": column}
    return "config-not-toml", {**where, "reason": reason}


def bad_value(path: str, name: str, value: str, kind: Kind) -> Mistake:
    """Return the mistake of a value in the file that its key does not allow."""
    return "config-bad-value", {"path": path, **_told(name, value, kind)}


def refused(name: str, value: str, kind: Kind) -> Mistake:
    """Return the mistake of a value to set that its key does not allow."""
    return "config-refused", _told(name, value, kind)


def _told(name: str, value: str, kind: Kind) -> dict[str, object]:
    wanted = message(f"config.wants-{kind.wanted}", **kind.limits)
    return {"name": name, "value": value, "wanted": wanted}
