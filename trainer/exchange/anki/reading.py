"""What stands in a collection, in the old schema and in the new ones."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trainer.exchange.anki.collection import FIELD_END
from trainer.exchange.anki.rows import CardRow, RevlogRow
from trainer.exchange.imported import ImportFileError

MOST_CARDS = 200_000
"""More cards no deck may have, either."""
MOST_ANSWERS = 1_000_000
_FIRST_WITH_TABLES = 15
_NEWEST = 18
_KIND, _FRONT, _BACK = 1, 1, 2
"""Fields of the messages that a note type's and a template's `config` are."""


@dataclass(frozen=True, slots=True)
class ReadType:
    """A note type: the names of its fields, and fronts and backs of its cards."""

    is_cloze: bool
    fields: Sequence[str]
    templates: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A note."""

    guid: str
    note_type: int
    tags: Sequence[str]
    fields: Sequence[str]


@dataclass(frozen=True, slots=True)
class Read:
    """All of a collection that there is to import; cards are in the order of notes.

    `conf` is there in the old schema only; `created` is an instant in seconds.
    """

    created: int
    note_types: Mapping[int, ReadType]
    decks: Mapping[int, str]
    notes: Mapping[int, ReadNote]
    cards: Sequence[CardRow]
    revlog: Mapping[int, Sequence[RevlogRow]]
    conf: Mapping[str, Any]


def read_collection(db: sqlite3.Connection, path: str) -> Read:
    """Read a collection; raises `ImportFileError` where it is not as Anki has it."""
    _refuse_masses(db, path)
    try:
        row = db.execute("SELECT ver, crt, conf, models, decks FROM col").fetchone()
        version, created, conf, models, decks = row
        if not isinstance(version, int) or version > _NEWEST:
            raise ImportFileError("import-newer-anki", path=path, version=version)
        is_old = version < _FIRST_WITH_TABLES
        return Read(
            int(created),
            _old_types(json.loads(models)) if is_old else _new_types(db),
            _old_decks(json.loads(decks)) if is_old else _new_decks(db),
            dict(_notes(db)),
            sorted(map(_card, _rows(db, "cards", CardRow._fields)), key=_place),
            _revlog(db),
            _mapping(json.loads(conf)) if is_old and conf else {},
        )
    except (
        *(AttributeError, IndexError, KeyError, TypeError, ValueError),
        *(RecursionError, OverflowError),
    ) as error:
        raise ImportFileError("import-damaged-collection", path=path) from error


def _refuse_masses(db: sqlite3.Connection, path: str) -> None:
    """Raise where a collection has more rows than anyone learns in a life."""
    limits = {"notes": MOST_CARDS, "cards": MOST_CARDS, "revlog": MOST_ANSWERS}
    for table, limit in limits.items():
        if db.execute(f"SELECT 1 FROM {table} LIMIT 1 OFFSET {limit}").fetchone():  # noqa: S608 - constants
            said = {"cards": MOST_CARDS, "answers": MOST_ANSWERS}
            raise ImportFileError("import-masses", path=path, **said)


def _rows(
    db: sqlite3.Connection, table: str, columns: Sequence[str]
) -> Iterator[Sequence[Any]]:
    names = ", ".join(f'"{name}"' for name in columns)
    yield from db.execute(f"SELECT {names} FROM {table} ORDER BY id")  # noqa: S608 - constants


def _notes(db: sqlite3.Connection) -> Iterator[tuple[int, ReadNote]]:
    for number, guid, kind, tags, texts in _rows(
        db, "notes", ("id", "guid", "mid", "tags", "flds")
    ):
        fields = _text(texts).split(FIELD_END)
        yield number, ReadNote(_text(guid), kind, _text(tags).split(), fields)


def _revlog(db: sqlite3.Connection) -> dict[int, list[RevlogRow]]:
    """Return the answers by card."""
    columns = tuple(
        "lastIvl" if name == "last_ivl" else name for name in RevlogRow._fields
    )
    found: dict[int, list[RevlogRow]] = defaultdict(list)
    for row in _rows(db, "revlog", columns):
        answer = RevlogRow(*map(_whole, row))
        found[answer.cid].append(answer)
    return found


def _card(row: Sequence[Any]) -> CardRow:
    *numbers, data = row
    return CardRow._make((*map(_whole, numbers), data))


def _place(row: CardRow) -> tuple[int, int]:
    return row.nid, row.ord


def _whole(value: object) -> int:
    """Return a whole number; old collections hold some with a point."""
    if isinstance(value, int | float):
        return int(value)
    raise TypeError(value)


def _mapping(value: object) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise TypeError(value)


def _text(value: object) -> str:
    """Return a text; Anki's fields may hold numbers in old collections."""
    if isinstance(value, str | int | float):
        return str(value)
    raise TypeError(value)


def _old_types(models: Mapping[str, Any]) -> dict[int, ReadType]:
    return {
        int(number): ReadType(
            model.get("type") == 1,
            [_text(one["name"]) for one in model["flds"]],
            [(_text(one["qfmt"]), _text(one["afmt"])) for one in model["tmpls"]],
        )
        for number, model in models.items()
    }


def _old_decks(decks: Mapping[str, Any]) -> dict[int, str]:
    return {int(number): _text(deck["name"]) for number, deck in decks.items()}


def _new_types(db: sqlite3.Connection) -> dict[int, ReadType]:
    fields: dict[int, list[str]] = defaultdict(list)
    for kind, name in db.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields[kind].append(_text(name))
    templates: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for kind, config in db.execute(
        "SELECT ntid, config FROM templates ORDER BY ntid, ord"
    ):
        said = message_fields(config)
        front, back = (bytes(said.get(one, b"")).decode() for one in (_FRONT, _BACK))
        templates[kind].append((front, back))
    return {
        number: ReadType(
            message_fields(config).get(_KIND) == 1, fields[number], templates[number]
        )
        for number, config in db.execute("SELECT id, config FROM notetypes")
    }


def _new_decks(db: sqlite3.Connection) -> dict[int, str]:
    rows = db.execute("SELECT id, name FROM decks")
    return {number: _text(name).replace("\x1f", "::") for number, name in rows}


def message_fields(message: bytes) -> dict[int, int | bytes]:
    """Return the fields of a protobuf message, the last one of each number.

    Raises `ValueError` or `IndexError` where it is none.
    """
    return dict(message_parts(message))


def message_parts(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield number and value of each field of a message, raising as above."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        match key & 7:
            case 0:
                number, at = _varint(message, at)
                yield key >> 3, number
                continue
            case 1:
                size = 8
            case 2:
                size, at = _varint(message, at)
            case 5:
                size = 4
            case _:
                raise ValueError(key)
        if at + size > len(message):
            raise ValueError(size)
        yield key >> 3, message[at : at + size]
        at += size


def _varint(message: bytes, at: int) -> tuple[int, int]:
    number = 0
    for shift in range(0, 70, 7):
        byte = message[at]
        at += 1
        number |= (byte & 127) << shift
        if byte < 128:  # noqa: PLR2004 - the bit that says that more follows
            return number, at
    raise ValueError(at)
