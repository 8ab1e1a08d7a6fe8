"""How much is due, by deck. Starts fast: SQLite and nothing else.

It reads the cached decks beside the memory cache. Where either is missing or stale
it says so, and the caller brings them up to date and asks again.
"""

import os
import sqlite3
from collections.abc import Collection, Iterator

from trainer.storage.deckfiles import CACHE, STORE, STORE_VERSION, VERSION, FileStat

_COUNT = """
SELECT files.deck, files.title_en, files.title_zh,
    total(memory.due_at IS NULL AND memory.due_day <= :today),
    total(memory.card IS NULL),
    total(memory.due_at <= :ahead AND memory.due_day <= :today)
FROM files LEFT JOIN cards ON cards.path = files.path
LEFT JOIN {memory} AS memory ON memory.card = cards.id
WHERE files.owner GROUP BY files.path ORDER BY files.ord, files.deck
"""

HAS_MEMORY = """
SELECT EXISTS (SELECT 1 FROM memory) OR NOT EXISTS
    (SELECT 1 FROM reviews WHERE id NOT IN (SELECT review FROM retractions))
"""
"""Whether the memory cache holds anything, if it has to."""

_MADE_WITH = "SELECT value FROM store.meta WHERE key = 'memory'"
_STARTED = "SELECT count(*) FROM memory WHERE first_day = ?"
_NO_MEMORY = "(SELECT NULL AS card, NULL AS due_at, NULL AS due_day)"


class Limits:
    """Up to where cards count as due.

    `today` is the study day as an ordinal; learning steps count up to the instant
    `ahead`, in milliseconds; `mark` is that of the settings, which memories have to be
    made with (see `memory_mark`).
    """

    __slots__ = ("ahead", "mark", "new_per_day", "today")

    def __init__(self, today: int, ahead: int, new_per_day: int, mark: str) -> None:
        self.today = today
        self.ahead = ahead
        self.new_per_day = new_per_day
        self.mark = mark


class DueCount:
    """What is due in one deck; `titles` has its title by language."""

    def __init__(
        self,
        deck: str,
        titles: dict[str, str | None],
        due: int,
        new: int,
        learning: int,
    ) -> None:
        self.deck = deck
        self.titles = titles
        self.due = due
        self.new = new
        self.learning = learning

    def titled(self, language: str) -> str:
        """Return the title in a language."""
        return self.titles[language] or next(filter(None, self.titles.values()), "")


def due_counts(
    home: str, files: list[FileStat], limits: Limits
) -> list[DueCount] | None:
    """Count from the caches alone, or return nothing if one is missing or stale."""
    path = os.path.join(home, CACHE)
    if not os.path.exists(path):
        return None
    db = None
    try:
        db = sqlite3.connect(f"file:{_quoted(path)}?mode=rw", uri=True, timeout=5)
        if _is_fresh(db, files):
            return count_in(db, home, limits)
    except sqlite3.Error:
        pass  # the caller opens the same files with care and says what is wrong
    finally:
        if db:
            db.close()
    return None


def count_in(
    db: sqlite3.Connection,
    home: str,
    limits: Limits,
    decks: Collection[str] | None = None,
) -> list[DueCount] | None:
    """Count by deck in study order, or return nothing if the memory cache is stale.

    `db` is the decks' cache. New cards count as far as the daily limit still goes,
    earlier decks first. Only `decks` count, if given.
    """
    memory, new = _NO_MEMORY, limits.new_per_day
    store = os.path.join(home, STORE)
    if os.path.exists(store):
        db.execute("ATTACH ? AS store", [f"file:{_quoted(store)}?mode=rw"])
        (version,) = db.execute("PRAGMA store.user_version").fetchone()
        if version != STORE_VERSION or not _has_memory(db, limits.mark):
            return None
        memory = "store.memory"
        new -= db.execute(_STARTED, [limits.today]).fetchone()[0]
    span = {"today": limits.today, "ahead": limits.ahead}
    rows = db.execute(_COUNT.format(memory=memory), span)
    chosen = [row for row in rows if decks is None or row[0] in decks]
    return list(_limited(chosen, new))


def _has_memory(db: sqlite3.Connection, mark: str) -> bool:
    made_with = db.execute(_MADE_WITH).fetchone()
    if not made_with or made_with[0].rpartition(" ")[0] != mark:
        return False
    return bool(db.execute(HAS_MEMORY).fetchone()[0])


def _limited(
    rows: list[tuple[str, str | None, str | None, float, float, float]], new: int
) -> Iterator[DueCount]:
    for deck, en, zh, due, unseen, learning in rows:
        allowed = max(0, min(int(unseen), new))
        new -= allowed
        yield DueCount(deck, {"en": en, "zh": zh}, int(due), allowed, int(learning))


def _quoted(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _is_fresh(db: sqlite3.Connection, files: list[FileStat]) -> bool:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version != VERSION:
        return False
    if not db.execute("SELECT EXISTS (SELECT 1 FROM cards)").fetchone()[0]:
        return False  # the caller says what is wrong with the decks
    return (
        db.execute("SELECT path, size, mtime FROM files ORDER BY place").fetchall()
        == files
    )
