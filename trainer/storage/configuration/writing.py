"""Changing the file: comments, order and spelling of what is not changed stay."""

import os
from collections.abc import Callable, MutableMapping

import tomlkit

from trainer.storage.configuration.chosen import FILE
from trainer.storage.configuration.keys import Key
from trainer.storage.configuration.mistakes import ConfigurationError, unreadable
from trainer.storage.database import make_folder
from trainer.storage.wholefile import write_whole

Table = MutableMapping[str, object]


def set_value(home: str, name: str, key: Key, value: object) -> None:
    """Write the value of a key into the file; make the file if there is none."""
    plain = key.kind.plain(value)
    *above, leaf = _parts(name)

    def change(document: Table) -> None:
        table = document
        for depth, part in enumerate(above, 1):
            new = tomlkit.table(is_super_table=depth < len(above))
            table = _inner(table.setdefault(part, new), ".".join(above[:depth]), home)
        table[leaf] = plain

    _change(home, change)


def unset_value(home: str, name: str) -> None:
    """Take a key out of the file, which has it."""

    def change(document: Table) -> None:
        _remove(document, name)

    _change(home, change)


def create(home: str, text: str) -> None:
    """Make the file, if there is none yet."""
    path = os.path.join(home, FILE)
    if not os.path.exists(path):
        _write(path, text)


def _parts(name: str) -> list[str]:
    """Return the tables that a name leads through; a deck's id may hold dots."""
    above, _, leaf = name.rpartition(".")
    return [*filter(None, above.split(".", 1)), leaf]


def _remove(table: Table, name: str) -> None:
    """Take out what a dotted name leads to; a name within may hold dots itself."""
    if name in table:
        del table[name]
        return
    first = next(one for one in table if name.startswith(f"{one}."))
    inner = table[first]
    if isinstance(inner, MutableMapping):
        _remove(inner, name.removeprefix(f"{first}."))


def _inner(value: object, name: str, home: str) -> Table:
    if isinstance(value, MutableMapping):
        return value
    path = os.path.join(home, FILE)
    raise ConfigurationError("config-no-table", path=path, name=name)


def _change(home: str, change: Callable[[Table], None]) -> None:
    path = os.path.join(home, FILE)
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            text = file.read()
    except FileNotFoundError:
        text = ""
    except OSError as error:
        key, values = unreadable(path, error)
        raise ConfigurationError(key, **values) from error
    document = tomlkit.parse(text)
    change(document)
    _write(path, tomlkit.dumps(document))


def _write(path: str, text: str) -> None:
    """Replace the file; where it is a link, the file that it leads to."""
    try:
        make_folder(os.path.dirname(path))
        write_whole(text, os.path.realpath(path))
    except OSError as error:
        reason = error.strerror
        raise ConfigurationError("output-unusable", path=path, reason=reason) from error
