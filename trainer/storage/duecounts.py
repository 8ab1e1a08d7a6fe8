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

_CARDS = """
cards JOIN files ON files.path = cards.path AND files.owner
LEFT JOIN {memory} AS memory ON memory.card = cards.id
"""
_AWAY = """
cards.id IN (SELECT card FROM {standing} WHERE suspended OR buried_on = :today)
"""

_SINGLE = "(NOT :spaced OR cards.siblings IS NULL)"

_COUNT = f"""
SELECT files.deck,
    total(memory.due_at IS NULL AND memory.due_day <= :today AND {_SINGLE}),
    total(memory.card IS NULL AND {_SINGLE}),
    total(memory.due_at <= :ahead AND memory.due_day <= :today)
FROM {_CARDS}
WHERE NOT {_AWAY} GROUP BY files.path
"""

_SIBLINGS = f"""
SELECT files.deck, cards.id, cards.siblings, {_AWAY},
    CASE WHEN memory.card IS NULL THEN 'new' WHEN memory.due_day > :today THEN 'later'
        WHEN memory.due_at IS NULL THEN 'due' ELSE 'step' END,
    memory.last_day = :today
FROM {_CARDS}
WHERE cards.siblings IS NOT NULL
    AND (memory.card IS NULL OR memory.due_day <= :today
        OR memory.last_day = :today)
ORDER BY memory.card IS NULL,
    max(0, :today - memory.last_day) / memory.stability DESC,
    CASE WHEN memory.card IS NOT NULL THEN cards.id END,
    files.ord, files.deck, cards.position
"""
"""Cards with siblings, as `build_queue` chooses: most at risk first, then new ones."""

_DECKS = "SELECT deck, title_en, title_zh FROM files WHERE owner ORDER BY ord, deck"

HAS_CACHES = """
SELECT (EXISTS (SELECT 1 FROM standing) OR NOT EXISTS (SELECT 1 FROM marks))
    AND (EXISTS (SELECT 1 FROM memory) OR NOT EXISTS
        (SELECT 1 FROM reviews LEFT JOIN standing ON standing.card = reviews.card
        WHERE reviews.id NOT IN (SELECT review FROM retractions)
            AND mode = 'review' AND (reset_at IS NULL OR reviews.at > reset_at)))
"""
"""Whether the caches of the store hold anything, if they have to."""

_MADE_WITH = "SELECT value FROM store.meta WHERE key = 'memory'"
IN_FORCE = """
SELECT parameters FROM {fits} ORDER BY at DESC, device DESC, seq DESC LIMIT 1
"""
"""The parameters of FSRS that were fitted last, on whatever device."""

_STARTED = "SELECT count(*) FROM memory WHERE first_day = ?"
_REVIEWED = "SELECT count(*) FROM memory WHERE last_day = ?1 AND first_day < ?1"
_STORE = {"memory": "store.memory", "standing": "store.standing"}
_NO_STORE = {
    "memory": "(SELECT NULL AS card, NULL AS due_at, NULL AS due_day, "
    "NULL AS last_day, NULL AS stability)",
    "standing": "(SELECT NULL AS card, NULL AS suspended, NULL AS buried_on)",
}


class DueLimits:
    """Up to where cards count as due.

    `today` is the study day as an ordinal; learning steps count up to the instant
    `ahead`, in milliseconds; reviews and new cards as far as the daily limits still
    go, new ones of earlier decks first. If `spaced`, siblings count once. Memories have
    to be made with the settings of a mark (see `memory_mark`).
    """

    def __init__(
        self,
        today: int,
        ahead: int,
        new_per_day: int,
        reviews_per_day: int,
        made_with: str,
        *,
        spaced: bool,
    ) -> None:
        self.today = today
        self.ahead = ahead
        self.new_per_day = new_per_day
        self.reviews_per_day = reviews_per_day
        self.made_with = made_with
        self.spaced = spaced


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
    """Count from the caches alone, or return nothing if one is missing or stale."""
    db = fresh_cache(home, files, wait_ms)
    if db is None:
        return None
    try:
        return count_in(db, home, limits)
    except (sqlite3.Error, UnicodeDecodeError):
        return None  # the caller opens the same files with care and says what is wrong
    finally:
        db.close()


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
    store = os.path.join(home, STORE)
    if not os.path.exists(store) or not os.path.getsize(store):
        if os.path.exists(os.path.join(home, MARKER)):
            return None  # the caller says that it has vanished
        counts = _by_deck(db, _NO_STORE, limits, decks)
        new, reviews = limits.new_per_day, limits.reviews_per_day
        return Due(_limited(db, counts, new), reviews)
    _attach(db, f"file:{quoted(store)}?mode=rw")
    try:
        (version,) = db.execute("PRAGMA store.user_version").fetchone()
        if version != STORE_VERSION or _has_views(db):
            return None
        if not _has_caches(db, limits.made_with):
            return None
        new, reviews = _left_today(db, limits)
        counts = _by_deck(db, _STORE, limits, decks)
        return Due(_limited(db, counts, new), reviews)
    finally:
        db.execute("DETACH store")


def _attach(db: sqlite3.Connection, store: str) -> None:
    try:
        db.execute("ATTACH ? AS store", [store])
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorname", "") != NO_ROOM_TO_SHARE:
            raise
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("ATTACH ? AS store", [store])


def _left_today(db: sqlite3.Connection, limits: DueLimits) -> tuple[int, int]:
    """Return how many new cards and reviews the daily limits leave."""
    (new,) = db.execute(_STARTED, [limits.today]).fetchone()
    (reviews,) = db.execute(_REVIEWED, [limits.today]).fetchone()
    return limits.new_per_day - new, max(0, limits.reviews_per_day - reviews)


Counts = dict[str, dict[str, int]]
"""How many cards of each deck are `due`, `new` and in a `step`."""


def _by_deck(
    db: sqlite3.Connection,
    tables: dict[str, str],
    limits: DueLimits,
    decks: Collection[str] | None,
) -> Counts:
    names = [deck for deck, *_ in db.execute(_DECKS) if decks is None or deck in decks]
    counts = {deck: {"due": 0, "new": 0, "step": 0} for deck in names}
    values = vars(limits)
    for deck, due, new, step in db.execute(_COUNT.format(**tables), values):
        if deck in counts:
            counts[deck] = {"due": int(due), "new": int(new), "step": int(step)}
    if limits.spaced:
        _count_siblings(
            db.execute(_SIBLINGS.format(**tables), values).fetchall(), counts
        )
    return counts


def _count_siblings(
    rows: list[tuple[str, str, str, bool, str, bool | None]], counts: Counts
) -> None:
    """Count the cards that `build_queue` shows of those with siblings."""
    seen = {
        card
        for deck, card, _, is_away, kind, is_answered in rows
        if is_answered or (kind == "step" and deck in counts and not is_away)
    }
    for deck, card, siblings, is_away, kind, _ in rows:
        is_open = kind in {"due", "new"} and deck in counts and not is_away
        if is_open and seen.isdisjoint(siblings.split()):
            counts[deck][kind] += 1
            seen.add(card)


def _has_views(db: sqlite3.Connection) -> bool:
    """Whether what looks like a table may be a query of someone else's."""
    found = db.execute("SELECT 1 FROM store.sqlite_schema WHERE type = 'view'")
    return found.fetchone() is not None


def _has_caches(db: sqlite3.Connection, wanted: str) -> bool:
    """Whether memories are there and were made with these settings, if they have to."""
    made_with = db.execute(_MADE_WITH).fetchone()
    fitted = db.execute(IN_FORCE.format(fits="store.fits")).fetchone()
    parameters = fitted[0] if fitted else parameters_text(PARAMETERS)
    if not made_with or made_with[0] != f"{wanted} {parameters}":
        return False
    return bool(db.execute(HAS_CACHES).fetchone()[0])


def _limited(db: sqlite3.Connection, counts: Counts, new: int) -> list[DueCount]:
    """Return the counts by deck with `new` new cards at most, earlier decks first."""
    found = []
    for deck, en, zh in db.execute(_DECKS):
        if deck in counts:
            count = counts[deck]
            allowed = max(0, min(count["new"], new))
            new -= allowed
            titles = {"en": en, "zh": zh}
            found.append(DueCount(deck, titles, count["due"], allowed, count["step"]))
    return found


def quoted(path: str) -> str:
    """Return a path as a part of a URI for SQLite."""
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
