"""Grammar files: written one command a line, so that a difference can be read."""

import json
from collections.abc import Iterator, Mapping
from errno import EINVAL
from pathlib import Path
from typing import Any, cast

from trainer.exchange.harvest.overlay import Overlay
from trainer.grading.grammar import Grammar, parse_grammar
from trainer.grading.shape import GrammarData
from trainer.language.errors import TrainerError

_MOST_BYTES = 16 << 20
"""No more is read of a file; the largest grammar has a hundredth of that."""


class NotJsonError(TrainerError):
    """A grammar file is not JSON."""


def grammar_text(data: GrammarData) -> str:
    """Return the text of a grammar file; equal grammars give equal texts."""
    head = {name: value for name, value in data.items() if name != "commands"}
    fields = [f"{_json(name)}: {_json(value)}" for name, value in head.items()]
    commands = ",\n".join(map(_json, data["commands"]))
    return "{" + ",\n".join([*fields, f'"commands": [\n{commands}\n]']) + "}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def write_grammar(data: GrammarData, path: Path) -> None:
    """Write a grammar file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(grammar_text(data), encoding="utf-8")


def read_grammar(path: Path) -> Grammar:
    """Read a learner's grammar file. Raises `NotJsonError` and `GrammarError`."""
    return parse_grammar(_read(path))


def read_overlay(path: Path) -> Overlay:
    """Read an overlay file, an empty one where there is none."""
    return cast("Overlay", _read(path)) if path.exists() else Overlay()


def _read(path: Path) -> object:
    try:
        return json.loads(_content(path))
    except RecursionError as error:
        raise NotJsonError("grammar-not-json", path=path, reason="too deep") from error
    except ValueError as error:
        raise NotJsonError("grammar-not-json", path=path, reason=error) from error


def _content(path: Path) -> bytes:
    if path.exists() and not path.is_file():  # a pipe or a device might never end
        raise OSError(EINVAL, "not a plain file", path)
    with path.open("rb") as stream:
        return stream.read(_MOST_BYTES)


def list_grammars(folder: Path) -> list[str]:
    """Return the names of the grammars in a folder, sorted; overlays are none."""
    names = (path.name.removesuffix(".json") for path in folder.glob("*.json"))
    return sorted(name for name in names if "." not in name)


def drift(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Say what changed between two grammars, one line a change, in reading order."""
    return list(_changes("", _keyed(old), _keyed(new)))


def _changes(where: str, old: object, new: object) -> Iterator[str]:
    if old == new:
        return
    if not isinstance(old, dict) or not isinstance(new, dict):
        yield f"{where}: {_json(old)} -> {_json(new)}"
        return
    for name in sorted(old.keys() | new.keys()):
        place = f"{where} {name}".strip()
        if name not in new:
            yield f"{place}: gone"
        elif name not in old:
            yield f"{place}: new, {_json(new[name])}"
        else:
            yield from _changes(place, old[name], new[name])


def _keyed(value: object) -> object:
    """Turn lists of commands and options into mappings by what names them."""
    if isinstance(value, dict):
        return {name: _keyed(item) for name, item in value.items()}
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return {_key(item, number): _keyed(item) for number, item in enumerate(value)}
    return value


def _key(item: Mapping[str, Any], number: int) -> str:
    long = item.get("long")
    return f"--{long}" if long is not None else str(item.get("path", number))
