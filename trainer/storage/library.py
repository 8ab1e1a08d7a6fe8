"""The library: deck files on disk, and what was read from them.

Parsed decks are kept in a cache beside the store, by content. A file whose size and
time are as they were is not opened; one whose content is as it was is not parsed.
The cache holds nothing of its own and may be deleted at any time.
"""

import gc
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from trainer.cards.card import (
    Card,
    CardId,
    Deck,
    GrammarSource,
    deck_of,
    shipped_grammar,
)
from trainer.cards.collection import Collection, DeckReading, collect
from trainer.cards.record import load_card
from trainer.cards.siblings import Siblings, all_siblings
from trainer.language.errors import Exit, TrainerError
from trainer.language.text import Text
from trainer.storage.database import (
    DatabaseError,
    damage,
    key_of,
    make_folder,
    transaction,
)
from trainer.storage.deckfiles import (
    CACHE,
    STORE,
    VERSION,
    WAIT_MS,
    FileStat,
    deck_files,
)
from trainer.storage.duecounts import KEPT_TABLES, Due, DueLimits, count_in
from trainer.storage.files import content, shown_path, unreadable
from trainer.storage.log import Log
from trainer.storage.strays import STRAYS, find_strays
from trainer.storage.touched import content_digest

_TABLES = f"""
CREATE TABLE files (path TEXT PRIMARY KEY, place INT, size INT, mtime INT, digest TEXT,
    errors INT, deck TEXT, title_en TEXT, title_zh TEXT, ord INT, grammar TEXT,
    cards TEXT, owner INT);
CREATE TABLE cards (path TEXT, position INT, id TEXT, line INT, data TEXT,
    siblings TEXT);
CREATE INDEX cards_in_order ON cards (path, position, id, siblings);
CREATE INDEX cards_by_name ON cards (id, path, position, siblings);
CREATE INDEX cards_with_siblings ON cards (siblings, id, path, position)
    WHERE siblings IS NOT NULL;
CREATE TABLE siblings (path TEXT, card TEXT, other TEXT);{KEPT_TABLES};
{STRAYS};
PRAGMA user_version = {VERSION};
"""
"""A file has the ids of its cards as well, in one text: there may be very many."""

_OWNERS = """
UPDATE files SET owner = deck IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM files AS f WHERE f.deck = files.deck AND f.place < files.place)
"""


FIND_CARD = "SELECT line, data FROM cards WHERE id = ? AND +path = ?"
"""The plus has it found by its name; else all cards of its file are gone through."""

_PICK_CARDS = """
SELECT id, line, data FROM cards
WHERE id IN (SELECT value FROM json_each(?)) AND +path = ?
"""

_NAMED = """
SELECT card, other FROM siblings JOIN files ON files.path = siblings.path AND owner
"""
_NOTED = "SELECT id, path, siblings FROM cards WHERE siblings IS NOT NULL"


SECTION = "section-title"
"""The field of a kept card that holds the title of the section it cites."""

Titles = Callable[[str], Mapping[str, Text]]
"""The titles of the sections that the decks of a folder may cite, by slug."""

UNREAD = -1
"""The size kept of a file that could not be read; no file has it."""


class CacheError(TrainerError):
    """The cache of the decks breaks off in the middle."""


class DeckFolderError(TrainerError):
    """A folder of decks is missing or cannot be read."""

    exit_code = Exit.USAGE


class Topic(NamedTuple):
    """A deck without its cards: their ids, in the order they are introduced."""

    id: str
    title: Text
    order: int
    grammar: str | None
    path: str
    cards: tuple[CardId, ...]


def read_collection(folders: tuple[str, ...], source: GrammarSource) -> Collection:
    """Read all deck files afresh, with what is wrong in them."""
    paths = (path for path, *_ in _listed(folders))
    return collect(
        {shown_path(path): _read(path, content(path), source) for path in paths}
    )


def lint_collection(
    folders: tuple[str, ...], source: GrammarSource, unsaved: Mapping[str, bytes]
) -> Collection:
    """Read all deck files with everything that lint finds; see `read_thoroughly`."""
    from trainer.storage.thorough import read_thoroughly  # noqa: PLC0415 - loads the judge

    paths = [path for path, *_ in _listed(folders)]
    with _without_garbage_search():
        return collect(read_thoroughly(paths, source, unsaved))


def _listed(folders: tuple[str, ...]) -> list[FileStat]:
    try:
        return deck_files(folders)
    except FileNotFoundError as error:
        raise DeckFolderError("deck-folder-missing", path=error.filename) from error
    except OSError as error:
        raise DeckFolderError(
            "deck-folder-unreadable", path=error.filename, reason=error.strerror
        ) from error


def _read(path: str, found: bytes | OSError, source: GrammarSource) -> DeckReading:
    """Read the deck that a file holds."""
    from trainer.cards.reading import read_deck  # noqa: PLC0415 - loads YAML, which unchanged decks do without

    shown = shown_path(path)
    if isinstance(found, bytes):
        return read_deck(found, shown, source)
    return DeckReading(None, (unreadable(shown, found),))


class Library(Mapping[CardId, Card]):
    """The cards by id, in the order of study, each made when it is asked for."""

    def __init__(
        self,
        home: str,
        folders: tuple[str, ...],
        source: GrammarSource = shipped_grammar,
        wait_ms: int = WAIT_MS,
    ) -> None:
        """Open the library of some folders, reading only what has changed."""
        self._source = source
        self._folders = folders
        self._db, self.topics = _open_cache(home, _listed(folders), source, wait_ms)
        self.errors = self._count_errors()
        self._order: Sequence[CardId] = ()
        self._place = 0
        self._asked: CardId | None = None
        self._ready: tuple[CardId, Card] | None = None

    def refresh(self) -> None:
        """Read what has changed since the library was opened."""
        self._ready = None
        with _read_from_cache():
            _refresh(self._db, _listed(self._folders), self._source)
            self.topics = {topic.id: topic for topic in _topics(self._db)}
            self.errors = self._count_errors()

    def errors_in(self, path: str) -> int:
        """Count the errors in a deck file as it was last read."""
        query = "SELECT total(errors) FROM files WHERE path = ?"
        with _read_from_cache():
            (count,) = self._db.execute(query, [path]).fetchone()
        return int(count)

    def _count_errors(self) -> int:
        with _read_from_cache():
            (count,) = self._db.execute("SELECT total(errors) FROM files").fetchone()
            return int(count)

    def due_counts(
        self,
        home: str,
        limits: DueLimits,
        decks: Iterable[str] | None = None,
    ) -> Due:
        """Count what is due; see `count_in`."""
        chosen = frozenset(self.topics if decks is None else decks)
        try:
            return count_in(self._db, home, limits, chosen) or Due([], 0)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise self._damage(home, error) from error

    def _damage(self, home: str, error: Exception) -> TrainerError:
        """Tell whether the store is damaged or the cache, which are read together."""
        from trainer.storage.checkup import is_damaged  # noqa: PLC0415 - only when something is wrong

        store = os.path.join(home, STORE)
        if isinstance(error, sqlite3.Error) and key_of(error) != "database-damaged":
            return DatabaseError(key_of(error), path=store, reason=str(error))
        if is_damaged(home):
            return damage(store, str(error))
        return CacheError("cache-damaged", name=CACHE)

    @property
    def siblings(self) -> Siblings:
        """The siblings of each card that has any."""
        query = (
            "SELECT id, siblings FROM cards JOIN files ON files.path = cards.path "
            "WHERE siblings IS NOT NULL AND owner"
        )
        with _read_from_cache():
            return {
                CardId(card): frozenset(map(CardId, names.split()))
                for card, names in self._db.execute(query)
            }

    def strays(self, log: Log) -> frozenset[CardId]:
        """Return the cards that were answered or marked and that no deck has."""
        with _read_from_cache():
            return find_strays(self._db, log)

    def close(self) -> None:
        """Close the cache."""
        self._db.close()

    def expect(self, order: Sequence[CardId]) -> None:
        """Hear in which order cards are asked, unless others come in between."""
        self._order, self._place = order, 0

    def look_ahead(self) -> Card | None:
        """Make the card ready that follows the one asked last, for when nobody waits.

        Return it, unless it was so already.
        """
        with suppress(ValueError):
            self._place = self._order.index(self._asked, self._place)
        for card in self._order[self._place + 1 : self._place + 2]:
            if self._ready is None or self._ready[0] != card:
                self._ready = card, self._read(card)
                return self._ready[1]
        return None

    def __getitem__(self, card: CardId) -> Card:
        self._asked = card
        if self._ready is not None and self._ready[0] == card:
            return self._ready[1]
        return self._read(card)

    def _read(self, card: CardId) -> Card:
        topic = self.topics[deck_of(card)]
        with _read_from_cache():
            found = self._db.execute(FIND_CARD, [card, topic.path]).fetchone()
        if found is None:
            raise KeyError(card)
        return self._loaded(topic, *found)

    def _loaded(self, topic: Topic, line: int, data: str) -> Card:
        with _read_from_cache():
            record = json.loads(data)
            title = record.pop(SECTION, None)
            loaded = load_card(record, topic.id, topic.grammar, line, self._source)
            return loaded if title is None else _titled(loaded, Text(*title))

    def picked(self, cards: Iterable[CardId]) -> dict[CardId, Card]:
        """Return some of the cards; in half the time that it takes one by one."""
        by_topic: dict[str, list[CardId]] = {}
        for card in cards:
            by_topic.setdefault(deck_of(card), []).append(card)
        found: dict[CardId, Card] = {}
        for name, own in by_topic.items():
            topic = self.topics[name]
            with _read_from_cache():
                values = [json.dumps(own), topic.path]
                rows = self._db.execute(_PICK_CARDS, values).fetchall()
            for card, *kept in rows:
                found[card] = self._loaded(topic, *kept)
        return found

    def cited(self, topic: Topic) -> list[tuple[CardId, str, str]]:
        """Return the cards of a topic, their kinds, and the sections they cite.

        They are in the order of study; nothing else of them is read.
        """
        query = (
            "SELECT id, json_extract(data, '$.kind'), "
            "coalesce(json_extract(data, '$.source.section'), '') "
            "FROM cards WHERE path = ? ORDER BY position"
        )
        with _read_from_cache():
            return self._db.execute(query, [topic.path]).fetchall()

    def decks(self) -> tuple[Deck, ...]:
        """Return all decks with all of their cards."""
        return tuple(self._deck(topic) for topic in self.topics.values())

    def _deck(self, topic: Topic) -> Deck:
        query = "SELECT line, data FROM cards WHERE path = ? ORDER BY position"
        with _read_from_cache():
            rows = self._db.execute(query, [topic.path]).fetchall()
        cards = tuple(self._loaded(topic, line, data) for line, data in rows)
        return Deck(topic.id, topic.title, topic.order, topic.grammar, cards)

    def __iter__(self) -> Iterator[CardId]:
        return (card for topic in self.topics.values() for card in topic.cards)

    def __len__(self) -> int:
        return sum(len(topic.cards) for topic in self.topics.values())


_ODD_VALUES = (ValueError, LookupError, TypeError, AttributeError)
"""What values raise that are not what was kept: SQLite finds no fault with them."""


@contextmanager
def _read_from_cache() -> Iterator[None]:
    """Turn SQLite's errors, and those of odd values, into sentences about the cache."""
    try:
        yield
    except _ODD_VALUES as error:
        raise CacheError("cache-damaged", name=CACHE) from error
    except sqlite3.Error as error:
        key = key_of(error)
        if key == "database-damaged":
            raise CacheError("cache-damaged", name=CACHE) from error
        raise DatabaseError(key, path=CACHE, reason=str(error)) from error


_MEMORY = ":memory:"

Opened = tuple[sqlite3.Connection, dict[str, Topic]]


def cache_in_memory(files: list[FileStat], source: GrammarSource) -> sqlite3.Connection:
    """Read all decks into a cache that is kept nowhere."""
    return _up_to_date(_MEMORY, files, source)[0]


def _open_cache(
    home: str, files: list[FileStat], source: GrammarSource, wait_ms: int
) -> Opened:
    """Open the cache, brought up to date; made anew if damaged or of another version.

    Where it cannot be written, it is kept in memory for this once.
    """
    path = os.path.join(home, CACHE)
    with suppress(OSError):
        make_folder(home)
    try:
        return _up_to_date(path, files, source, wait_ms)
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")  # not all errors have one
        if name in {"SQLITE_BUSY", "SQLITE_FULL", "SQLITE_IOERR"}:
            return _up_to_date(_MEMORY, files, source)
    except _ODD_VALUES:
        pass
    with suppress(sqlite3.Error, OSError):
        os.unlink(path)
        return _up_to_date(path, files, source)
    return _up_to_date(_MEMORY, files, source)


def _up_to_date(
    path: str, files: list[FileStat], source: GrammarSource, wait_ms: int = WAIT_MS
) -> Opened:
    """Open one cache and read the topics from it; raises what SQLite raises."""
    db = sqlite3.connect(path, isolation_level=None, timeout=wait_ms / 1000, uri=True)
    try:
        with transaction(db):
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version != VERSION:
                _make_anew(db)
        _refresh(db, files, source)
        return db, {topic.id: topic for topic in _topics(db)}
    except BaseException:
        db.close()
        raise


def _topics(db: sqlite3.Connection) -> Iterator[Topic]:
    query = (
        "SELECT deck, title_en, title_zh, ord, grammar, path, cards FROM files "
        "WHERE owner ORDER BY ord, deck"
    )
    for deck, en, zh, order, grammar, path, names in db.execute(query):
        cards = tuple(names.split())
        yield Topic(deck, Text(en, zh), order, grammar, path, cards)


def _make_anew(db: sqlite3.Connection) -> None:
    for table in ("files", "cards", "siblings", "kept", "kept_counts", "strays"):
        db.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _TABLES.split(";\n"):
        db.execute(statement)


def _refresh(
    db: sqlite3.Connection, files: list[FileStat], source: GrammarSource
) -> None:
    """Bring the cache up to date with the files."""
    rows = db.execute("SELECT path, size, mtime, digest FROM files ORDER BY place")
    known = {row[0]: row for row in rows}
    if [row[:3] for row in known.values()] == files:
        return
    titles = cache(_section_titles)
    with _without_garbage_search(), transaction(db):
        for path in known.keys() - {file[0] for file in files}:
            _forget(db, path)
        for file in files:
            _refresh_file(db, file, known.get(file[0]), source, titles)
        places = ((place, path) for place, (path, *_) in enumerate(files))
        db.executemany("UPDATE files SET place = ? WHERE path = ?", places)
        db.execute(_OWNERS)
        _note_siblings(db)
        db.execute("DELETE FROM kept")
        db.execute("DELETE FROM strays")


@contextmanager
def _without_garbage_search() -> Iterator[None]:
    """Keep Python from searching what decks are made of, which takes half the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def siblings_text(others: Iterable[CardId]) -> str | None:
    """Return what is kept of a card's siblings, if it has any."""
    return " ".join(sorted(others)) or None


def _note_siblings(db: sqlite3.Connection) -> None:
    """Write down who has siblings; these cross files, so all files come first."""
    named: dict[CardId, list[CardId]] = {}
    for card, other in db.execute(_NAMED):
        named.setdefault(CardId(card), []).append(CardId(other))
    found = all_siblings(named)
    owners = dict(db.execute("SELECT deck, path FROM files WHERE owner"))
    changed: list[tuple[str | None, CardId, str | None]] = []
    for card, path, noted in db.execute(_NOTED):
        is_owned = owners.get(deck_of(card)) == path
        names = siblings_text(found.pop(card, ())) if is_owned else None
        if names != noted:
            changed.append((names, card, path))
    changed += (
        (siblings_text(others), card, owners.get(deck_of(card)))
        for card, others in found.items()
    )
    update = "UPDATE cards SET siblings = ? WHERE id = ? AND +path = ?"
    db.executemany(update, changed)


def _refresh_file(
    db: sqlite3.Connection,
    file: FileStat,
    row: tuple[str, int, int, str] | None,
    source: GrammarSource,
    titles: Titles,
) -> None:
    if row and row[:3] == file:
        return
    path, size, mtime = file
    found = content(path)
    if isinstance(found, bytes):
        digest = content_digest(found)
    else:
        digest, size = "", UNREAD  # it is tried again each time
    if row is None or digest != row[3]:
        from trainer.storage.keeping import keep_deck  # noqa: PLC0415 - loads YAML, which unchanged decks do without

        if row:
            _forget(db, path)
        keep_deck(db, path, found, source, titles)
    update = "UPDATE files SET size = ?, mtime = ?, digest = ? WHERE path = ?"
    db.execute(update, [size, mtime, digest, path])


def _forget(db: sqlite3.Connection, path: str) -> None:
    for table in ("files", "cards", "siblings"):
        db.execute(f"DELETE FROM {table} WHERE path = ?", [path])


def _section_titles(folder: str) -> dict[str, Text]:
    """Return the titles of the sections that the decks of a folder may cite."""
    from trainer.storage.outlines import outline_in  # noqa: PLC0415 - loads YAML, which unchanged decks do without

    reading = outline_in(folder)
    outline = reading.outline if reading else None
    return {one.slug: one.title for one in outline.sections} if outline else {}


def _titled(card: Card, title: Text) -> Card:
    source = card.source and replace(card.source, title=title)
    return card._replace(source=source)
