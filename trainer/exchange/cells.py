"""Cards as rows of a table, and rows as cards: no character is lost on the way."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trainer.cards.shapes import Json
from trainer.language.text import Language

LIST = "[]"
"""What the name of a column ends with that holds an item of a list a line."""

VARS = "vars"
"""The field whose names are not ours: its column holds JSON."""

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_GUARDED = ("'", *_FORMULAS)
_LANGUAGES = frozenset(language.value for language in Language)


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    Before a sign with which formulas begin, and before `'`, stands one more `'`.
    """
    return f"'{cell}" if cell.startswith(_GUARDED) else cell


def unguarded(cell: str) -> str:
    """Return a cell as it was before `guarded`."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_GUARDED) else cell


def in_languages(
    fields: Mapping[str, Json], languages: Sequence[Language]
) -> dict[str, Json]:
    """Return a card's fields with its texts in some languages; in one, as it is."""
    if len(languages) > 1:
        return dict(fields)
    return {
        name: value if name == VARS else _in_language(value, languages[0])
        for name, value in fields.items()
    }


def _in_language(value: Json, language: Language) -> Json:
    match value:
        case list():
            return [_in_language(one, language) for one in value]
        case dict() if value.keys() <= _LANGUAGES:
            return value.get(language.value) or next(iter(value.values()))
        case _:
            return value


def flattened(fields: Mapping[str, Json]) -> dict[str, str]:
    """Return fields as cells by column, such as `ask.en`, `wrong[].zh` and `tags[]`."""
    cells: dict[str, str] = {}
    for name, value in fields.items():
        match value:
            case _ if name == VARS:
                cells[name] = json.dumps(value, ensure_ascii=False)
            case dict():
                cells |= {f"{name}.{key}": str(one) for key, one in value.items()}
            case list() | tuple():
                cells |= _list_cells(name, value)
            case _:
                cells[name] = str(value)
    return cells


def _list_cells(name: str, items: Sequence[Json]) -> dict[str, str]:
    """Return the columns of a list; a line is empty where an item is in another one."""
    rows = [one if isinstance(one, dict) else {"": one} for one in items]
    keys = dict.fromkeys(key for row in rows for key in row)
    return {
        f"{name}{LIST}{f'.{key}' if key else ''}": "\n".join(
            _escaped(str(row.get(key, ""))) for row in rows
        )
        for key in keys
    }


def unflattened(cells: Iterable[tuple[str, str]]) -> dict[str, Json]:
    """Return the fields of cells by column; empty cells are no fields.

    Raises ValueError where columns contradict each other.
    """
    fields: dict[str, Any] = {}
    lists: dict[str, dict[str, list[str]]] = {}
    for column, cell in cells:
        name, is_list, key = column.partition(LIST)
        if not cell:
            continue
        if column == VARS:
            fields[name] = json.loads(cell)
        elif is_list:
            lines = [_unescaped(line) for line in cell.split("\n")]
            lists.setdefault(name, {})[key.removeprefix(".")] = lines
        else:
            name, _, key = column.partition(".")
            if key:
                _mapping(fields, name)[key] = cell
            else:
                fields[name] = cell
    return fields | {name: _items(columns) for name, columns in lists.items()}


def _mapping(fields: dict[str, Any], name: str) -> dict[str, str]:
    found = fields.setdefault(name, {})
    if isinstance(found, dict):
        return found
    raise ValueError(name)


def _items(columns: Mapping[str, Sequence[str]]) -> list[Json]:
    items: list[Json] = []
    for at in range(max(map(len, columns.values()))):
        row = {
            key: lines[at]
            for key, lines in columns.items()
            if at < len(lines) and lines[at]
        }
        items.append(row.get("", row))
    return [one for one in items if one]


def _escaped(item: str) -> str:
    return item.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _unescaped(line: str) -> str:
    parts = line.split("\\\\")
    plain = (part.replace("\\n", "\n").replace("\\r", "\r") for part in parts)
    return "\\".join(plain)
