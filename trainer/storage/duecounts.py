"""How much is due, by deck. Starts fast: SQLite and nothing else.

It reads the cached decks beside the memory cache. Where either is missing or stale
it says so, and the caller brings them up to date and asks again.
"""

import os
import sqlite3
from collections.abc import Collection

from trainer.scheduling.defaults import PARAMETERS, parameters_text
from trainer.storage.deckfiles import (
    CACHE,
    MARKER,
    NO_ROOM_TO_SHARE,
    STORE,
    STORE_VERSION,
    VERSION,
    WAIT_MS,
    FileStat,
)

DECKS = """
SELECT deck, title_en, title_zh, path FROM files WHERE owner ORDER BY ord, deck
"""
"""The decks in study order."""

KEPT_TABLES = """
CREATE TABLE kept (key TEXT, since INT, until INT, reviews INT);
CREATE TABLE kept_counts (deck TEXT PRIMARY KEY, due INT, new INT, learning INT)
"""
"""What was counted last, in the decks' cache.

It holds as long as nothing is added to the log and the decks are as they were; `key`
names the log's state, the day and the limits. Steps count from `since` up to `until`.
"""

_KEPT = "SELECT reviews FROM kept WHERE key = ? AND ? BETWEEN since AND until - 1"
_KEPT_COUNTS = """
SELECT deck, title_en, title_zh, due, new, learning
FROM kept_counts JOIN files USING (deck) WHERE owner ORDER BY ord, deck
"""
EVER = 2**62
"""An instant that does not come."""


HAS_CACHES = """
SELECT (EXISTS (SELECT 1 FROM standing)
        OR NOT EXISTS (SELECT 1 FROM marks WHERE kind <> 'start'))
    AND (EXISTS (SELECT 1 FROM memory) OR NOT EXISTS
        (SELECT 1 FROM reviews LEFT JOIN standing ON standing.card = reviews.card
        WHERE reviews.id NOT IN (SELECT review FROM retractions)
            AND mode = 'review' AND (reset_at IS NULL OR reviews.at > reset_at))
        AND NOT EXISTS
        (SELECT 1 FROM marks LEFT JOIN standing ON standing.card = marks.card
        WHERE kind = 'start' AND (reset_at IS NULL OR marks.at > reset_at)
            AND id NOT IN (SELECT value FROM marks WHERE kind = 'undo')))
"""
"""Whether the caches of the store hold anything, if they have to."""

_MADE_WITH = "SELECT value FROM store.meta WHERE key = 'memory'"
_STATE = "SELECT " + " || ' ' || ".join(
    f"coalesce((SELECT rowid || ' ' || checksum FROM store.{table} "
    "ORDER BY rowid DESC LIMIT 1), '')"
    for table in ("reviews", "retractions", "marks", "fits")
)
"""What differs whenever the log does, which is only ever added to."""

IN_FORCE = """
SELECT parameters FROM {fits} ORDER BY at DESC, device DESC, seq DESC LIMIT 1
"""
"""The parameters of FSRS that were fitted last, on whatever device."""


class DueLimits:
    """Up to where cards count as due.

    `today` is the study day as an ordinal; learning steps count up to the instant
    `ahead`, in milliseconds; reviews and new cards as far as the daily limits still
    go (`per_day` has that for new ones and for reviews), new ones of earlier decks
    first. If `capped`, new ones count among the reviews; if `spaced`, siblings count
    once. Memories have to be made with the settings of a mark (see `memory_mark`).
    """

    def __init__(
        self,
        today: int,
        ahead: int,
        per_day: tuple[int, int],
        made_with: str,
        *,
        spaced: bool,
        capped: bool,
    ) -> None:
        self.today = today
        self.ahead = ahead
        self.new_per_day, self.reviews_per_day = per_day
        self.made_with = made_with
        self.spaced = spaced
        self.capped = capped


class DueCount:
    """What is due in one deck; `titles` has its title by language.

    `due` counts all that waits, `new` only what today still brings.
    """

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


class Due:
    """What is due by deck, in study order, and in all.

    Today brings `reviews` of all that waits. Which ones is a matter of the order in
    which they come, so no deck says it of its own.
    """

    __slots__ = ("decks", "reviews")

    def __init__(self, decks: list[DueCount], reviews: int) -> None:
        self.decks = decks
        self.reviews = reviews

    @property
    def waiting(self) -> int:
        """How many reviews are due, whatever the limit."""
        return sum(one.due for one in self.decks)

    @property
    def due(self) -> int:
        """How many of them a review shows today."""
        return min(self.waiting, self.reviews)

    @property
    def held_back(self) -> int:
        """How many of them are left for another day."""
        return self.waiting - self.due

    @property
    def new(self) -> int:
        """How many new cards a review shows today."""
        return sum(one.new for one in self.decks)

    @property
    def learning(self) -> int:
        """How many learning steps a review shows now."""
        return sum(one.learning for one in self.decks)


def due_counts(
    home: str, files: list[FileStat], limits: DueLimits, wait_ms: int = WAIT_MS
) -> Due | None:
    """Count from the caches alone, or return nothing if one is missing or stale.

    What was counted is kept, and holds until something changes.
    """
    db = fresh_cache(home, files, wait_ms)
    if db is None:
        return None
    try:
        if not _has_store(home):
            return count_in(db, home, limits)
        _attach_store(db, home)
        db.execute("BEGIN")  # all is read as it is at one moment
        return _kept_or_counted(db, limits)
    except (sqlite3.Error, UnicodeDecodeError):
        return None  # the caller opens the same files with care and says what is wrong
    finally:
        db.close()


def _kept_or_counted(db: sqlite3.Connection, limits: DueLimits) -> Due | None:
    made_with = _made_with(db)
    if not made_with or not _has_caches(db, limits.made_with, made_with):
        return None
    key = f"{_asked(limits)} {made_with} {db.execute(_STATE).fetchone()[0]}"
    found = db.execute(_KEPT, [key, limits.ahead]).fetchone()
    if found:
        decks = [
            DueCount(deck, {"en": en, "zh": zh}, *counts)
            for deck, en, zh, *counts in db.execute(_KEPT_COUNTS)
        ]
        return Due(decks, found[0])
    from trainer.storage.counting import count_and_keep  # noqa: PLC0415 - mostly kept

    return count_and_keep(db, limits, key)


def _asked(limits: DueLimits) -> str:
    """Return all that a count depends on beside the caches and the instant."""
    most = f"{limits.new_per_day} {limits.reviews_per_day}"
    return f"{limits.today} {most} {limits.spaced:d} {limits.capped:d}"


def fresh_cache(
    home: str, files: list[FileStat], wait_ms: int = WAIT_MS
) -> sqlite3.Connection | None:
    """Open the decks' cache if it is there and as the files are; nothing is made."""
    path = os.path.join(home, CACHE)
    if not os.path.exists(path):
        return None
    db = None
    try:
        wait = wait_ms / 1000
        db = sqlite3.connect(f"file:{quoted(path)}?mode=rw", uri=True, timeout=wait)
        if _is_fresh(db, files):
            return db
    except (sqlite3.Error, UnicodeDecodeError):
        pass
    if db:
        db.close()
    return None


def count_in(
    db: sqlite3.Connection,
    home: str,
    limits: DueLimits,
    decks: Collection[str] | None = None,
) -> Due | None:
    """Count what is due, or return nothing if a cache is stale.

    `db` is the decks' cache. Only `decks` count, if given.
    """
    from trainer.storage.counting import NOTHING_STORED, STORED, counted  # noqa: PLC0415 - as above

    if not _has_store(home):
        if os.path.exists(os.path.join(home, MARKER)):
            return None  # the caller says that it has vanished
        return counted(db, NOTHING_STORED, limits, decks)
    _attach_store(db, home)
    try:
        made_with = _made_with(db)
        if not made_with or not _has_caches(db, limits.made_with, made_with):
            return None
        return counted(db, STORED, limits, decks)
    finally:
        db.execute("DETACH store")


def _has_store(home: str) -> bool:
    store = os.path.join(home, STORE)
    return os.path.exists(store) and os.path.getsize(store) > 0


def _attach_store(db: sqlite3.Connection, home: str) -> None:
    store = f"file:{quoted(os.path.join(home, STORE))}?mode=rw"
    try:
        db.execute("ATTACH ? AS store", [store])
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorname", "") != NO_ROOM_TO_SHARE:
            raise
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("ATTACH ? AS store", [store])


def _made_with(db: sqlite3.Connection) -> str | None:
    """Return what memories were made with, or nothing if the store is not for us."""
    (version,) = db.execute("PRAGMA store.user_version").fetchone()
    if version != STORE_VERSION or _has_views(db):
        return None
    found = db.execute(_MADE_WITH).fetchone()
    return found[0] if found else None


def _has_views(db: sqlite3.Connection) -> bool:
    """Whether what looks like a table may be a query of someone else's."""
    found = db.execute("SELECT 1 FROM store.sqlite_schema WHERE type = 'view'")
    return found.fetchone() is not None


def _has_caches(db: sqlite3.Connection, wanted: str, made_with: str) -> bool:
    """Whether memories are there and were made with these settings, if they have to."""
    fitted = db.execute(IN_FORCE.format(fits="store.fits")).fetchone()
    parameters = fitted[0] if fitted else parameters_text(PARAMETERS)
    if made_with != f"{wanted} {parameters}":
        return False
    return bool(db.execute(HAS_CACHES).fetchone()[0])


def quoted(path: str) -> str:
    """Return a path as a part of a URI for SQLite."""
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _is_fresh(db: sqlite3.Connection, files: list[FileStat]) -> bool:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version != VERSION:
        return False
    if not db.execute("SELECT EXISTS (SELECT 1 FROM cards)").fetchone()[0]:
        return False  # the caller says what is wrong with the decks
    known = db.execute("SELECT path, size, mtime FROM files ORDER BY place").fetchall()
    if known == files:
        return True
    from trainer.storage.touched import is_only_touched  # noqa: PLC0415 - mostly untouched

    return is_only_touched(db, files)
