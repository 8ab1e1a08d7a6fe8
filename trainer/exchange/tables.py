"""Tables from elsewhere: rows of cells, whatever parts them."""

import csv
from io import StringIO

from trainer.exchange.imported import ImportFileError

MOST_ROWS = 200_000
MOST_COLUMNS = 1000
_DELIMITERS = ",;\t|"


def read_rows(text: str, delimiter: str, path: str) -> list[list[str]]:
    """Return the rows that are not empty. Raises `ImportFileError` on absurd ones."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            if len(row) > MOST_COLUMNS or len(rows) > MOST_ROWS:
                limits = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
                raise ImportFileError("import-table-size", path=path, **limits)
            if any(row):
                rows.append(row)
    except csv.Error as error:
        reason = str(error)
        raise ImportFileError("import-bad-table", path=path, reason=reason) from error
    return rows


def likely_delimiter(text: str, usual: str) -> str:
    """Return what parts the cells of the first line: the usual sign, if it is there."""
    line = text.partition("\n")[0]
    if usual in line:
        return usual
    return max(_DELIMITERS, key=line.count)
