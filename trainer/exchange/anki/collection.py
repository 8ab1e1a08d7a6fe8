"""A collection of Anki's in its old schema, number 11, which every Anki reads."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from trainer.exchange.anki.notetypes import CSS, FIELDS, NoteType, stable_id
from trainer.exchange.anki.rows import UNSENT, CardRow, RevlogRow

VERSION = 11
FIELD_END = "\x1f"
SORT_FIELD = 1
_TABLES = {
    "col": "id integer PRIMARY KEY, crt, mod, scm, ver, dty, usn, ls, conf, models, "
    "decks, dconf, tags",
    "notes": "id integer PRIMARY KEY, guid, mid, mod, usn, tags, flds, sfld, csum, "
    "flags, data",
    "cards": "id integer PRIMARY KEY, nid, did, ord, mod, usn, type, queue, due, ivl, "
    "factor, reps, lapses, left, odue, odid, flags, data",
    "revlog": "id integer PRIMARY KEY, cid, usn, ease, ivl, lastIvl, factor, time, "
    "type",
    "graves": "usn, oid, type",
}
_TEXTS = frozenset(("conf", "models", "decks", "dconf", "tags", "guid", "flds", "data"))
_INDEXES = (
    *("notes (usn)", "notes (csum)", "cards (usn)", "cards (nid)"),
    *("cards (did, queue, due)", "revlog (usn)", "revlog (cid)"),
)
_MEMBER = "collection.anki2"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_FAST = 1
_LATEX = {
    "latexPre": "\\documentclass[12pt]{article}\n\\begin{document}\n",
    "latexPost": "\\end{document}",
}


NoteRow = tuple[int, str, int, int, int, str, str, str, int, int, str]
"""A row of `notes`."""


def note_row(
    row_id: int,
    guid: str,
    note_type: int,
    mod: int,
    tags: Sequence[str],
    fields: Sequence[str],
) -> NoteRow:
    """Return the row of a note; Anki sums up the first field as it imports it."""
    named = f" {' '.join(tags)} " if tags else ""
    texts = FIELD_END.join(fields)
    return (
        *(row_id, guid, note_type, mod, UNSENT, named, texts, fields[SORT_FIELD]),
        *(0, 0, ""),
    )


@dataclass(frozen=True, slots=True)
class Collection:
    """All that a package holds; `mod` and `created` are instants in seconds."""

    mod: int
    created: int
    conf: Mapping[str, Any]
    preset: Mapping[str, Any]
    note_types: Mapping[int, NoteType]
    decks: Mapping[int, str]
    notes: Sequence[NoteRow]
    cards: Sequence[CardRow]
    revlog: Sequence[RevlogRow]


def package(collection: Collection) -> bytes:
    """Return the package: a zip with the collection, and with no media."""
    whole = BytesIO()
    with ZipFile(whole, "w") as file:
        for name, content in ((_MEMBER, _database(collection)), ("media", b"{}")):
            member = ZipInfo(name, _ZIP_EPOCH)
            member.compress_type = ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            file.writestr(member, content, compresslevel=_FAST)
    return whole.getvalue()


def _database(collection: Collection) -> bytes:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.execute("BEGIN")
        for name, columns in _TABLES.items():
            db.execute(f"CREATE TABLE {name} ({_typed(columns)})")
        _fill(db, collection)
        for number, columns in enumerate(_INDEXES):
            db.execute(f"CREATE INDEX ix_{number} ON {columns}")
        db.execute("COMMIT")
        return db.serialize()


def _typed(columns: str) -> str:
    """Return columns with Anki's types: numbers, but for texts."""
    names = [one.strip() for one in columns.split(",")]
    return ", ".join(
        name
        if " " in name
        else f"{name} {'text' if name in _TEXTS else 'integer'} NOT NULL"
        for name in names
    )


def _fill(db: sqlite3.Connection, of: Collection) -> None:
    whole = (
        *(1, of.created, of.mod * 1000, of.mod * 1000, VERSION, 0, 0, 0),
        _json(of.conf),
        _json(_note_types(of)),
        _json(_decks(of)),
        _json({str(of.preset["id"]): of.preset}),
        "{}",
    )
    _insert(db, "col", [whole])
    _insert(db, "notes", of.notes)
    _insert(db, "cards", of.cards)
    _insert(db, "revlog", of.revlog)


def _insert(
    db: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]
) -> None:
    marks = ", ".join("?" for _ in _TABLES[table].split(","))
    db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - constants


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _note_types(of: Collection) -> dict[str, Any]:
    return {
        str(key): _note_type(key, one, of.mod) for key, one in of.note_types.items()
    }


def _note_type(number: int, of: NoteType, mod: int) -> dict[str, Any]:
    template = {
        "name": "Card 1",
        "ord": 0,
        "qfmt": of.front,
        "afmt": of.back,
        "bqfmt": "",
        "bafmt": "",
        "did": None,
        "bfont": "",
        "bsize": 0,
    }
    return {
        "id": number,
        "name": of.name,
        "type": int(of.is_cloze),
        "mod": mod,
        "usn": UNSENT,
        "sortf": SORT_FIELD,
        "did": None,
        "tmpls": [template],
        "flds": [_field(*one) for one in enumerate(FIELDS)],
        "css": CSS,
        "latexsvg": False,
        "req": [[0, "any", [1]]],
        "tags": [],
        "vers": [],
        **_LATEX,
    }


def _field(number: int, name: str) -> dict[str, Any]:
    """Return a field; what is not meant to be read is folded and not searched."""
    is_ours = number in {0, len(FIELDS) - 1}
    return {
        "name": name,
        "ord": number,
        "sticky": False,
        "rtl": False,
        "font": "Arial",
        "size": 20,
        "media": [],
        "description": "",
        "plainText": False,
        "collapsed": is_ours,
        "excludeFromSearch": is_ours,
    }


def _decks(of: Collection) -> dict[str, Any]:
    """Return the decks, those above them, and the one that every collection has."""
    preset = of.preset["id"]
    names = {1: "Default"} | with_parents(of.decks)
    return {str(key): _deck(key, name, of.mod, preset) for key, name in names.items()}


def deck_id(name: str) -> int:
    """Return the id of a deck, which its name decides."""
    return stable_id(f"deck {name}")


def with_parents(decks: Mapping[int, str]) -> dict[int, str]:
    """Return decks with those above them that are not among them."""
    names = {
        "::".join(parts[:depth])
        for parts in (name.split("::") for name in decks.values())
        for depth in range(1, len(parts) + 1)
    }
    return {deck_id(name): name for name in sorted(names)}


def _deck(number: int, name: str, mod: int, preset: int) -> dict[str, Any]:
    days = ("newToday", "revToday", "lrnToday", "timeToday")
    return {
        "id": number,
        "name": name,
        "mod": mod,
        "usn": UNSENT,
        "desc": "",
        "dyn": 0,
        "conf": preset,
        "extendNew": 0,
        "extendRev": 0,
        "collapsed": False,
        "browserCollapsed": False,
        **{name: [0, 0] for name in days},
    }
