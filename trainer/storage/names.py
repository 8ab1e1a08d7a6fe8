"""The names in the decks, for completion. Reads the cache, and writes nothing.

Where the cache is missing or stale, the decks are read for this once.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from trainer.cards.card import GrammarSource
from trainer.language.text import Language
from trainer.storage.deckfiles import deck_files
from trainer.storage.duecounts import fresh_cache

Names = list[tuple[str, str]]
"""Names, each with what it stands for or nothing."""

_BRIEFLY_MS = 50

_TOPICS = """
SELECT deck, coalesce({title}, title_en, title_zh) FROM files
WHERE owner ORDER BY ord, deck
"""
_CARDS = """
SELECT cards.id, coalesce(json_extract(data, '$.ask.{language}'),
    json_extract(data, '$.ask.en'), json_extract(data, '$.ask'))
FROM cards JOIN files ON files.path = cards.path AND owner
WHERE substr(cards.id, 1, length(?1)) = ?1 ORDER BY ord, deck, position
"""
_TAGS = """
SELECT value, '' FROM cards
JOIN files ON files.path = cards.path AND owner, json_each(data, '$.tags')
GROUP BY value ORDER BY value
"""
_SECTIONS = """
SELECT DISTINCT json_extract(data, '$.source.section'), '' FROM cards
JOIN files ON files.path = cards.path AND owner
WHERE json_extract(data, '$.source.section') IS NOT NULL ORDER BY 1
"""


class DeckNames:
    """What decks, cards, tags and sections of the notes are called."""

    def __init__(self, db: sqlite3.Connection, language: Language) -> None:
        self._db = db
        self._language = language

    def topics(self) -> Names:
        """Return the decks with their titles, in the order of study."""
        query = _TOPICS.format(title=f"title_{self._language}")
        return self._db.execute(query).fetchall()

    def cards(self, start: str) -> Names:
        """Return the cards whose ids start so, with their questions."""
        query = _CARDS.format(language=self._language)
        return self._db.execute(query, [start]).fetchall()

    def tags(self) -> Names:
        """Return the tags."""
        return self._db.execute(_TAGS).fetchall()

    def sections(self) -> Names:
        """Return the sections of the notes that cards cite."""
        return self._db.execute(_SECTIONS).fetchall()


@contextmanager
def deck_names(
    home: str, folders: tuple[str, ...], source: GrammarSource, language: Language
) -> Iterator[DeckNames]:
    """Open the names of the decks in some folders."""
    files = deck_files(folders)
    db = fresh_cache(home, files, _BRIEFLY_MS)
    if db is None:
        from trainer.storage.library import cache_in_memory  # noqa: PLC0415 - rarely needed

        db = cache_in_memory(files, source)
    try:
        yield DeckNames(db, language)
    finally:
        db.close()
