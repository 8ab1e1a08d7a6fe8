"""Whole columns of a table, for what has very many rows and is read at once."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

column = "json_group_array({})".format
"""Tell of a column of texts and whole numbers, by its name."""


def read_columns(
    db: sqlite3.Connection,
    source: str,
    columns: Sequence[str],
    fractions: Sequence[str] = (),
    values: Sequence[str | int] = (),
) -> list[list[Any]]:
    """Return columns, each a JSON array, and behind them those of fractions, by name.

    `source` is what stands behind FROM; `values` are for the marks in all of it. Such
    an array takes half as long as its rows. JSON would round fractions, so SQLite hands
    each of them over as it is.
    """
    kept: list[list[Any]] = [[] for _ in fractions]
    told = list(columns)
    for number, (name, one) in enumerate(zip(fractions, kept, strict=True)):
        db.create_function(f"keep_{number}", 1, one.append)
        told.append(f"count(keep_{number}({name}))")
    found = db.execute(f"SELECT {', '.join(told)} FROM {source}", values).fetchone()
    for number in range(len(fractions)):
        db.create_function(f"keep_{number}", 1, None)
    return [*map(json.loads, found[: len(columns)]), *kept]
