"""The parameters in force, for those who have not opened the store."""

import os
import sqlite3
from contextlib import closing

from trainer.storage.deckfiles import STORE, WAIT_MS
from trainer.storage.duecounts import IN_FORCE, quoted
from trainer.storage.rows import parameters_of


def fitted(home: str, wait_ms: int = WAIT_MS) -> dict[str, tuple[float, ...]]:
    """Return what the log says of `Settings`: the parameters that were fitted last.

    What is wrong with the database is said when the store is opened.
    """
    path = os.path.join(home, STORE)
    if not os.path.exists(path):
        return {}
    try:
        wait = wait_ms / 1000
        name = f"file:{quoted(path)}?mode=rw"
        with closing(sqlite3.connect(name, uri=True, timeout=wait)) as db:
            found = db.execute(IN_FORCE.format(fits="fits")).fetchone()
    except sqlite3.Error:
        return {}
    return {"parameters": parameters_of(found[0])} if found else {}
