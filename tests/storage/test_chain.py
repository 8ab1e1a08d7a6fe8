"""The chain over the rows of a log that was damaged."""

import sqlite3
from contextlib import closing

import pytest

from trainer.storage.chain import LOG, add_row, breaks


@pytest.mark.parametrize(
    ("device", "seq"), [(None, 2), (b"a", 2), (7, 2), ("a", None), ("a", "2"), ("a", 9)]
)
def test_a_row_is_named_whatever_its_place_was_damaged_to(
    device: object, seq: object
) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE meta (key, value)")
        for table, columns in LOG.items():
            db.execute(f"CREATE TABLE {table} ({columns}, checksum)")
        for number in range(3):
            rest = [0] * (LOG["retractions"].count(",") - 2)
            add_row(db, "retractions", (f"id-{number}", "a", 0, *rest))
            rest = [0] * (LOG["marks"].count(",") - 2)
            add_row(db, "marks", (f"mark-{number}", "a", 0, *rest))
        assert not list(breaks(db, tuple(LOG)))
        harm = "UPDATE marks SET device = ?, seq = ? WHERE seq = 2"
        db.execute(harm, (device, seq))
        named = [tuple(one) for one in breaks(db, tuple(LOG))]
        assert ("marks", device, seq) in named
