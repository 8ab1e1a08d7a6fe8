"""Tables back in: ours without loss, any other once its columns are known."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from trainer.cards.shapes import Json
from trainer.exchange.anki_notes import tag_names
from trainer.exchange.cells import LIST, unflattened, unguarded
from trainer.exchange.gathering import Gathering
from trainer.exchange.imported import (
    Given,
    Imported,
    ImportedDeck,
    ImportFileError,
    ImportUsageError,
    UnknownColumnsError,
)
from trainer.exchange.table_format import COLUMNS, DECK_COLUMNS
from trainer.exchange.tables import likely_delimiter, read_rows
from trainer.exchange.textfile import decoded

FIELDS = ("question", "answer", "why", "tags", "id", "deck")
"""What the columns of a table can be."""

_NAMES = {
    "question": (
        "question",
        "front",
        "term",
        "ask",
        "prompt",
        "q",
        "问题",
        "正面",
        "词语",
        "题目",
    ),
    "answer": ("answer", "back", "definition", "a", "答案", "背面", "定义", "释义"),
    "why": ("why", "explanation", "note", "extra", "解释", "说明", "备注"),
    "tags": ("tags", "标签"),
    "id": ("id", "guid"),
    "deck": ("deck", "topic", "牌组", "主题"),
}
"""By which names of columns each is known."""

_OURS = frozenset(("deck", "id", "kind"))

Row = Mapping[str, str]


def import_csv(given: Given) -> Imported:
    """Return the cards of comma-separated values; semicolons and tabs will do."""
    return _imported(given, ",")


def import_tsv(given: Given) -> Imported:
    """Return the cards of tab-separated values."""
    return _imported(given, "\t")


def _imported(given: Given, usual: str) -> Imported:
    text, guess = decoded(given)
    rows = read_rows(text, likely_delimiter(text, usual), given.path)
    if not rows:
        return Imported()
    rows = [[unguarded(cell) for cell in row] for row in rows]
    is_ours = set(rows[0]) >= _OURS and not given.mapping
    return replace((_ours if is_ours else _foreign)(rows, given), guess=guess)


def _ours(rows: Sequence[Sequence[str]], given: Given) -> Imported:
    """Return the decks of a table that an export made."""
    columns = rows[0]
    unknown = [name for name in columns if _field(name) not in COLUMNS]
    if unknown or len(set(columns)) < len(columns):
        names = {"path": given.path, "columns": ", ".join((unknown or columns)[:20])}
        raise ImportFileError("import-unknown-columns", **names)
    decks: dict[str, tuple[dict[str, Json], list[dict[str, Json]]]] = {}
    for number, row in enumerate(rows[1:], 2):
        try:
            fields = unflattened(zip(columns, row, strict=False))
        except (ValueError, RecursionError) as error:
            place = {"path": given.path, "row": number}
            raise ImportFileError("import-bad-row", **place) from error
        head = {name: fields.pop(name) for name in DECK_COLUMNS if name in fields}
        name = given.deck if given.deck_is_chosen else str(head.get("deck", given.deck))
        decks.setdefault(name, (head, []))[1].append(fields)
    return Imported([_deck(name, *found) for name, found in decks.items()])


def _deck(
    name: str, head: Mapping[str, Json], cards: Sequence[Mapping[str, Json]]
) -> ImportedDeck:
    order = str(head.get("order", ""))
    number = int(order) if re.fullmatch("[0-9]{1,4}", order) else None
    return ImportedDeck(
        name, head.get("title", name), cards, head.get("grammar"), number
    )


def _field(column: str) -> str:
    return column.partition(".")[0].removesuffix(LIST)


def _foreign(rows: Sequence[Sequence[str]], given: Given) -> Imported:
    """Return the cards of any table with a question and an answer in each row."""
    header = [cell.strip() for cell in rows[0]]
    places = _places(header, given.mapping) if given.mapping else _known(header)
    if not {"question", "answer"} <= places.keys():
        raise UnknownColumnsError(header, FIELDS)
    is_headed = not given.mapping or not set(given.mapping.values()).isdisjoint(header)
    gathering = Gathering(given)
    for row in islice(rows, int(is_headed), None):
        found = {name: row[at] for name, at in places.items() if at < len(row)}
        more: dict[str, Json] = {}
        if why := found.get("why", "").strip():
            more["why"] = why
        if tags := tag_names(found.get("tags", "").replace(",", " ")):
            more["tags"] = tags
        gathering.add_sides(
            found.get("question", ""),
            found.get("answer", ""),
            more,
            found.get("deck", "").strip(),
            found.get("id", "").strip(),
        )
    return gathering.imported()


def _known(header: Sequence[str]) -> dict[str, int]:
    """Return the columns that are called as one would call them."""
    lower = [name.lower() for name in header]
    places = {}
    for field, names in _NAMES.items():
        if at := [lower.index(name) for name in names if name in lower]:
            places[field] = at[0]
    return places


def _places(header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Return the columns that were named, by their name or their number from 1."""
    places = {}
    for field, column in mapping.items():
        if field not in FIELDS:
            known = ", ".join(FIELDS)
            raise ImportUsageError("import-unknown-field", name=field, known=known)
        if column in header:
            places[field] = header.index(column)
        elif column.isascii() and column.isdigit() and 1 <= int(column) <= len(header):
            places[field] = int(column) - 1
        else:
            known = ", ".join(header[:20])
            raise ImportUsageError("import-unknown-column", name=column, known=known)
    return places
