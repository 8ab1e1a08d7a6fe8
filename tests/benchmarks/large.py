"""A long log made at once, by SQL: whole as the trainer would have written it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from tests.decks import deck, write_decks
from tests.learning import MONDAY, open_store
from trainer.cards.card import CardId
from trainer.scheduling.defaults import parameters_text
from trainer.scheduling.memory import Memory, advance
from trainer.scheduling.review import Rating
from trainer.scheduling.settings import Settings, settings_mark
from trainer.storage.chain import checksum_of
from trainer.storage.marker import Marker
from trainer.storage.rows import (
    MEMORY_COLUMNS,
    REVIEW_COLUMNS,
    Row,
    memory_row,
    milliseconds,
)

DECK = 1000
"""How many cards a deck has."""

_DEVICE = "device-of-tests"
_EIGHT_HOURS = 8 * 3600
_LAPSES, _KNOWN = 7, 3


def card_of(number: int) -> CardId:
    """Return the id of a card by its number."""
    return CardId(f"deck-{number // DECK}/card-{number}")


def large_decks(folder: Path, cards: int) -> Path:
    """Write decks of a thousand cards."""
    numbers = range(0, cards, DECK)
    texts = {
        f"deck-{first // DECK}": deck(
            f"deck-{first // DECK}",
            *(f"card-{number}" for number in range(first, min(cards, first + DECK))),
        )
        for first in numbers
    }
    return write_decks(folder, **texts)


def fill(home: Path, cards: int, reviews: int, days_ago: int) -> None:
    """Write a log of so many answers, whose last round was some days ago.

    Each round asks every card once, every other day; one answer of seven is wrong.
    """
    open_store(home).close()
    settings = Settings()
    made_with = f"{settings_mark(settings)} {parameters_text(settings.parameters)}"
    with closing(sqlite3.connect(home / "trainer.db")) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -200000")
        _insert(
            db, "reviews", f"{REVIEW_COLUMNS}, checksum", _log(cards, reviews, days_ago)
        )
        memories = _memories(cards, reviews // cards, days_ago, settings)
        _insert(db, "memory", MEMORY_COLUMNS, memories)
        db.execute("UPDATE meta SET value = ? WHERE key = 'memory'", [made_with])
        newest = "SELECT seq, checksum FROM reviews ORDER BY seq DESC LIMIT 1"
        head = db.execute(newest).fetchone()
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    Marker(str(home)).replace({_DEVICE: head})


def _insert(
    db: sqlite3.Connection, table: str, columns: str, rows: Iterator[Row]
) -> None:
    marks = ", ".join("?" * (columns.count(",") + 1))
    insert = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - columns are constants
    db.executemany(insert, rows)


def _instant(turn: int, turns: int, card: int, days_ago: int) -> datetime:
    return MONDAY - timedelta(
        days=days_ago + 2 * (turns - 1 - turn), seconds=-(card % 9999)
    )


def _rating(turn: int, turns: int, card: int) -> Rating:
    """Return what a card is rated: at the end it is known."""
    is_wrong = turn < turns - _KNOWN and (turn * 3 + card) % _LAPSES == 0
    return Rating.AGAIN if is_wrong else Rating.GOOD


def _log(cards: int, reviews: int, days_ago: int) -> Iterator[Row]:
    turns, before = reviews // cards, ""
    for number in range(turns * cards):
        turn, card = divmod(number, cards)
        at = milliseconds(_instant(turn, turns, card, days_ago))
        rating = _rating(turn, turns, card).value
        row = (
            f"review-{number:012}",
            _DEVICE,
            number + 1,
            at,
            _EIGHT_HOURS,
            card_of(card),
            rating,
            "correct",
            f"echo card-{card}",
            4000,
            "review",
            "[]",
        )
        before = checksum_of(before, row)
        yield (*row, before)


def _memories(
    cards: int, turns: int, days_ago: int, settings: Settings
) -> Iterator[Row]:
    """Yield the memories; up to the last answer, those with the same ratings agree."""

    @cache
    def up_to_last(kind: int) -> Memory | None:
        memory = None
        for turn in range(turns - 1):
            at = _instant(turn, turns, 0, days_ago)
            memory = advance(
                memory, _rating(turn, turns, kind), at, settings, card_of(0)
            )
        return memory

    for card in range(cards):
        before = up_to_last(card % _LAPSES)
        at = _instant(turns - 1, turns, card, days_ago)
        after = advance(
            before, _rating(turns - 1, turns, card), at, settings, card_of(card)
        )
        yield memory_row(card_of(card), after, settings)
