"""What figures cost beside Anki's graphs, with a log of years: `make figures`.

`TRAINER_FIGURES=10000,100000` measures with fewer cards and answers.
"""

import gc
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter

# ruff: noqa: T201 - a benchmark prints

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.large import card_of, large_decks  # noqa: E402 - found from any folder
from tests.benchmarks.long import anki  # noqa: E402 - as above
from tests.benchmarks.run import compared  # noqa: E402 - as above
from tests.learning import MONDAY, open_store  # noqa: E402 - as above
from trainer.cards.card import Kind  # noqa: E402 - as above
from trainer.statistics.evidence import About, Evidence  # noqa: E402 - as above
from trainer.statistics.figures import FIGURES  # noqa: E402 - as above
from trainer.storage.chain import checksum_of  # noqa: E402 - as above
from trainer.storage.library import Library  # noqa: E402 - as above
from trainer.storage.marker import Marker  # noqa: E402 - as above
from trainer.storage.rows import REVIEW_COLUMNS, Row, milliseconds  # noqa: E402 - as above
from trainer.storage.store import Store  # noqa: E402 - as above

CARDS, ANSWERS = map(
    int, os.environ.get("TRAINER_FIGURES", "100000,1000000").split(",")
)
RUNS = 5
DEVICE = "device-of-tests"
TODAY = MONDAY.date()
YEARS = 5 * 365
GAPS = (0, 1, 3, 8, 20, 45, 90, 150, 240, 330)
"""The days between the answers to a card."""
HOURS = (8, 13, 20)
EIGHT_HOURS = 8 * 3600
IN_ANKI = (
    *("reviews", "days", "cards", "retention", "buttons", "hours", "intervals"),
    *("stability", "difficulty", "retrievability", "forecast"),
)
"""The figures that Anki's graphs have, too."""


def given(cards: int, answers: int) -> Iterator[tuple[int, int, int]]:
    """Yield instant, card and rating of answers, new cards coming day by day."""
    since = list(accumulate(GAPS))[: answers // cards]
    begin, days = MONDAY - timedelta(days=YEARS), YEARS - since[-1]
    for card in range(cards):
        first = begin + timedelta(days=card * days // cards)
        for turn, day in enumerate(since):
            hour, second = HOURS[(card + turn) % 3], (card * 37 + turn) % 3600
            at = (first + timedelta(days=day)).replace(hour=hour)
            rating = 1 if (card + turn * 3) % 7 == 0 else 2 + (card + turn) % 3
            yield milliseconds(at + timedelta(seconds=second)), card, rating


def fill(home: Path, cards: int, answers: int) -> None:
    """Write a log of years, and what is remembered after it."""
    open_store(home).close()
    columns = f"{REVIEW_COLUMNS}, checksum"
    values = ", ".join("?" * (columns.count(",") + 1))
    with closing(sqlite3.connect(home / "trainer.db")) as db:
        db.execute("PRAGMA synchronous = OFF")
        insert = f"INSERT INTO reviews ({columns}) VALUES ({values})"  # noqa: S608 - columns are constants
        db.executemany(insert, _log(cards, answers))
        newest = "SELECT seq, checksum FROM reviews ORDER BY seq DESC LIMIT 1"
        head = db.execute(newest).fetchone()
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    Marker(str(home)).replace({DEVICE: head})
    open_store(home).close()


def _log(cards: int, answers: int) -> Iterator[Row]:
    before = ""
    for number, (at, card, rating) in enumerate(sorted(given(cards, answers)), 1):
        outcome, noted = ("wrong", "option") if rating == 1 else ("correct", "note")
        findings = f'[["language","en",[]],["{noted}","--all",[]]]'
        name, said = card_of(card), f"echo card-{card}"
        what = (name, rating, outcome, said, 4000 + card % 9000, "review", findings)
        row = (f"review-{number}", DEVICE, number, at, EIGHT_HOURS, *what)
        before = checksum_of(before, row)
        yield (*row, before)


def evidence(library: Library, store: Store) -> Evidence:
    """Gather what the figures are made of that Anki has, too."""
    every = [card for topic in library.topics.values() for card in topic.cards]
    return Evidence(
        today=TODAY,
        first=date.min,
        settings=store.settings,
        cards=dict.fromkeys(every, About(Kind.CONCEPT)),
        memories=store.recalled(TODAY),
        standings=store.standings(),
        daily=store.daily([], TODAY),
        tallies=[],
    )


def ours(library: Library, home: Path) -> float:
    """Return the seconds from open decks and an open store to figures."""
    gc.disable()  # as `stats` does
    with open_store(home) as store:
        start = perf_counter()
        found = evidence(library, store)
        for name in IN_ANKI:
            FIGURES[name](found)
        taken = perf_counter() - start
    gc.enable()
    return taken


def once(home: Path) -> None:
    """Print what it takes to make the roll-ups, and how many rows they have."""
    with open_store(home) as store:
        start = perf_counter()
        daily = store.daily([], TODAY)
        print(f"made anew: {perf_counter() - start:.1f} s", end=", ")
        print(f"{getrusage(RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most")
        start = perf_counter()
        store.daily([], TODAY)
        print(f"read: {perf_counter() - start:.3f} s")
    sizes = {name: len(getattr(daily, name)) for name in daily._fields}
    print(", ".join(f"{size:,} {name}" for name, size in sizes.items()))


def main() -> None:
    """Measure everything and print a table."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        home, decks = folder / "home", large_decks(folder / "decks", CARDS)
        home.mkdir()
        fill(home, CARDS, ANSWERS)
        once(home)
        theirs = str(folder / "log.anki2")
        anki("log", theirs, str(home / "trainer.db"))
        print(f"{'median, in ms':<52}{'ours':>10}{'Anki':>10}{'ratio':>8}")
        with closing(Library(str(home), (str(decks),))) as library:
            compared(
                f"figures Anki has, {CARDS:,} cards, {ANSWERS:,} answers",
                lambda: ours(library, home),
                lambda: float(anki("graphs", theirs, "0")),
                RUNS,
            )


if __name__ == "__main__":
    main()
