"""Tables from elsewhere: rows of cells, whatever parts them."""

import csv
import re
from collections.abc import Iterator

from trainer.exchange.imported import ImportFileError

MOST_ROWS = 200_000
MOST_COLUMNS = 1000
LONGEST_LINE = 1 << 20
_END = "\x04"
"""Stands after the last row, which has swallowed it where a quote is left open."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_DELIMITERS = ",;\t|"


def read_rows(text: str, delimiter: str, path: str) -> list[list[str]]:
    """Return the rows that are not empty. Raises `ImportFileError` on absurd ones."""
    rows: list[list[str]] = []
    number = 0
    try:
        for row in csv.reader(_lines(text), delimiter=delimiter):
            number += 1
            if len(row) > MOST_COLUMNS or number > MOST_ROWS:
                limits = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
                raise ImportFileError("import-table-size", path=path, **limits)
            if any(row):
                rows.append(row)
    except csv.Error:
        number += 1
    if rows and rows[-1] == [_END]:
        return rows[:-1]
    limit = csv.field_size_limit()
    raise ImportFileError("import-bad-table", path=path, row=number, limit=limit)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines; one that is absurdly long might be of any number of cells."""
    for found in _LINE.finditer(text):
        if found.end() - found.start() > LONGEST_LINE:
            raise csv.Error
        yield found[0]
    yield from ("\n", _END)


def likely_delimiter(text: str, usual: str) -> str:
    """Return what parts the cells of the first line: the usual sign, if it is there."""
    line = text.partition("\n")[0]
    if usual in line:
        return usual
    return max(_DELIMITERS, key=line.count)
