"""Whole columns of a table, for what has very many rows and is read at once."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any


def read_columns(
    db: sqlite3.Connection,
    source: str,
    names: Sequence[str],
    fractions: Sequence[str] = (),
    values: Sequence[str] = (),
) -> list[list[Any]]:
    """Return columns of texts and whole numbers, and behind them those of fractions.

    `source` is what stands behind FROM, with `values` for its marks. The columns come
    as one JSON array each, which takes less than half as long as row by row. JSON would
    round fractions, so SQLite hands each of them over as it is.
    """
    kept: list[list[Any]] = [[] for _ in fractions]
    told = [f"json_group_array({name})" for name in names]
    for number, (name, column) in enumerate(zip(fractions, kept, strict=True)):
        db.create_function(f"keep_{number}", 1, column.append)
        told.append(f"count(keep_{number}({name}))")
    found = db.execute(f"SELECT {', '.join(told)} FROM {source}", values).fetchone()
    for number in range(len(fractions)):
        db.create_function(f"keep_{number}", 1, None)
    return [*map(json.loads, found[: len(names)]), *kept]
