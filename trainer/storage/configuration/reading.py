"""From the bytes of the file to what the learner chose."""

from collections.abc import Mapping

from trainer.storage.configuration.chosen import Configuration, Mistake
from trainer.storage.configuration.keys import Key, key_named
from trainer.storage.configuration.kinds import plain_text
from trainer.storage.configuration.plain import read_plain

_MOST_UNKNOWN = 20
"""So many unknown keys are told."""

_MOST_DOTS = 200
"""Of a name with more, tomllib makes tables within tables for minutes."""


def read_into(found: Configuration, data: bytes) -> None:
    """Put what a file holds into a configuration, and what is amiss in it."""
    try:
        flat = _values(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        found.mistakes.append(_not_toml(found.path, data, error))
        found.written = None
        return
    found.written = set(flat)
    for name, value in flat.items():
        key = key_named(name)
        if key:
            _take(found, name, value, key)
        elif len(found.unknown) < _MOST_UNKNOWN:
            found.unknown.append(name)


def _values(text: str) -> dict[str, object]:
    """Return the values of a file by dotted name; raises what tomllib raises."""
    plain = read_plain(text)
    if plain is not None:
        return plain
    if any(line.count(".") > _MOST_DOTS for line in text.split("\n")):
        raise RecursionError
    import tomllib  # noqa: PLC0415 - few files need it

    return flattened(tomllib.loads(text))


def flattened(table: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    """Return the values of a table and of those within it by dotted name."""
    flat: dict[str, object] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            flat |= flattened(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = value
    return flat


def _take(found: Configuration, name: str, value: object, key: Key) -> None:
    kind = key.kind
    try:
        found.values[name] = kind.read(plain_text(value))
    except ValueError:
        from trainer.storage.configuration.mistakes import bad_value  # noqa: PLC0415 - only when needed

        shown = plain_text(value)
        found.mistakes.append(bad_value(found.path, name, shown, kind))


def _not_toml(path: str, data: bytes, error: Exception) -> Mistake:
    """Say where a file ceases to be TOML; tomllib tells it only in words."""
    from re import search  # noqa: PLC0415 - only when needed

    from trainer.storage.configuration.mistakes import not_toml  # noqa: PLC0415 - as above

    if isinstance(error, UnicodeDecodeError):
        return not_toml(path, _place(data[: error.start]), error.reason)
    reason = str(error) if isinstance(error, ValueError) else "nested too deeply"
    if told := search(r"(.*) \(at line (\d+), column (\d+)\)$", reason):
        return not_toml(path, (int(told[2]), int(told[3])), told[1])
    at_end = reason.removesuffix(" (at end of document)")
    return not_toml(path, _place(data if at_end != reason else b""), at_end)


def _place(before: bytes) -> tuple[int, int]:
    """Return line and column of what follows some bytes."""
    last = before[before.rfind(b"\n") + 1 :].decode("utf-8-sig", errors="replace")
    return before.count(b"\n") + 1, len(last) + 1
