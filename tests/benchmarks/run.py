"""What the program costs, in one run: `make bench`.

Each figure is the median of some runs, told as a ratio to something that does the
least one could do, measured in turn with it: machines differ, ratios hardly do.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

import yaml

# ruff: noqa: T201 - a benchmark prints

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.decks import deck, write_decks  # noqa: E402 - found from any folder
from tests.learning import MONDAY, Sitting, open_store  # noqa: E402 - as above
from trainer.cards.card import CardId  # noqa: E402 - as above
from trainer.grading.answers import grade_command  # noqa: E402 - as above
from trainer.grading.grammar import load_grammar  # noqa: E402 - as above
from trainer.grading.verdict import Outcome  # noqa: E402 - as above
from trainer.scheduling.review import Mode, Rating, Review, Stamp  # noqa: E402 - as above
from trainer.storage.library import Library  # noqa: E402 - as above
from trainer.storage.rows import REVIEW_COLUMNS, review_row  # noqa: E402 - as above
from trainer.storage.store import Store  # noqa: E402 - as above

RUNS = 15
CARDS, REVIEWS = 10_000, 100_000
ANSWERS = 300
NOW = "2026-11-23T09:00+08:00"
BARE = ["-c", "pass"]
MARKS = ", ".join("?" * (REVIEW_COLUMNS.count(",") + 2))  # and the checksum


def environment(home: Path, decks: Path) -> dict[str, str]:
    """Return the environment of a measured process; bytecode is kept."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    own = {"TRAINER_HOME": home, "TRAINER_DECKS": decks, "PYTHONPATH": ROOT}
    return {**kept, **{k: str(v) for k, v in own.items()}, "TRAINER_NOW": NOW}


def to_the_end(words: list[str], env: dict[str, str]) -> float:
    """Return the seconds that a process takes."""
    start = perf_counter()
    subprocess.run(
        [sys.executable, *words],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=True,
    )
    return perf_counter() - start


def to_the_question(words: list[str], env: dict[str, str]) -> float:
    """Return the seconds until a review asks its first question."""
    start = perf_counter()
    with subprocess.Popen(
        [sys.executable, *words],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        while b"Question: " not in (line := process.stdout.readline()):
            assert line, "the review asked nothing"
        seconds = perf_counter() - start
        process.communicate()
    return seconds


def compared(
    name: str, ours: Callable[[], float], least: Callable[[], float], runs: int = RUNS
) -> None:
    """Print a row: what ours takes, what the least takes, and the ratio."""
    ours(), least()
    pairs = [(ours(), least()) for _ in range(runs)]
    mine, other = (median(column) for column in zip(*pairs, strict=True))
    print(f"{name:<52}{mine * 1000:>10.2f}{other * 1000:>10.2f}{mine / other:>8.2f}")


def starts(name: str, home: Path, decks: Path) -> None:
    """Print what it costs to count what is due and to ask the first question."""
    env = environment(home, decks)

    def bare() -> float:
        return to_the_end(BARE, env)

    for words in (["due"], ["due", "--json"], ["prompt"]):
        command = ["-m", "trainer", *words]
        shown = f"{' '.join(words)}, {name}"
        compared(shown, lambda run=command: to_the_end(run, env), bare)  # type: ignore[misc]
    review = ["-m", "trainer", "review"]
    compared(
        f"review to its first question, {name}",
        lambda: to_the_question(review, env),
        bare,
    )


def made_reviews(store: Store) -> Iterator[Review]:
    """Yield a long log: each card every day for ten days, mostly known."""
    device = store.stamp().device
    for number in range(REVIEWS):
        day, card = divmod(number, CARDS)
        at: datetime = MONDAY - timedelta(days=12 - day, seconds=-card)
        rating = Rating.AGAIN if number % 7 == 0 else Rating.GOOD
        yield Review(
            id=f"review-{number}",
            stamp=Stamp(device, number + 1),
            at=at,
            card=CardId(f"deck-{card // 1000}/card-{card}"),
            rating=rating,
            outcome=Outcome.CORRECT,
            response="echo",
            took_ms=4000,
            mode=Mode.REVIEW,
        )


def fill(home: Path) -> None:
    """Write the long log at once; opening the store replays it."""
    with open_store(home) as store:
        reviews = list(made_reviews(store))
    with closing(sqlite3.connect(home / "trainer.db")) as db:
        rows = ((*review_row(review), "made") for review in reviews)
        db.executemany(
            f"INSERT INTO reviews ({REVIEW_COLUMNS}, checksum) VALUES ({MARKS})",  # noqa: S608 - columns are constants
            rows,
        )
        db.commit()
    start = perf_counter()
    open_store(home).close()
    seconds = perf_counter() - start
    print(f"{f'replay of {REVIEWS:,} reviews, once':<52}{seconds * 1000:>10.0f}")


def many_decks(folder: Path) -> Path:
    """Write ten decks of a thousand cards."""
    texts = {
        f"deck-{number}": deck(
            f"deck-{number}",
            *(f"card-{card}" for card in range(number * 1000, number * 1000 + 1000)),
        )
        for number in range(CARDS // 1000)
    }
    return write_decks(folder, **texts)


def first_load(decks: Path) -> float:
    """Return the seconds to read and keep all decks for the first time."""
    with TemporaryDirectory() as home:
        start = perf_counter()
        Library(home, (str(decks),)).close()
        return perf_counter() - start


def loaded_by_yaml(decks: Path) -> float:
    """Return the seconds PyYAML's C loader takes for the same files."""
    start = perf_counter()
    for path in sorted(decks.iterdir()):
        with path.open("rb") as file:
            yaml.load(file, Loader=yaml.CSafeLoader)
    return perf_counter() - start


@contextmanager
def plain_log(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a table like ours with the same promises: WAL, synchronous FULL."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        columns = REVIEW_COLUMNS.replace("id,", "id PRIMARY KEY,", 1)
        db.execute(f"CREATE TABLE reviews ({columns}, checksum)")
        yield db


def answers(folder: Path) -> None:
    """Print what one durable answer costs beside a bare durable insert."""
    insert = f"INSERT INTO reviews ({REVIEW_COLUMNS}, checksum) VALUES ({MARKS})"  # noqa: S608 - columns are constants
    with open_store(folder / "answers") as store, plain_log(folder / "plain") as db:
        sitting = Sitting(store)
        store.memories()
        sitting.answer("deck/card-0", 3)
        numbers = iter(range(1, 10**9))

        def ours() -> float:
            review = sitting.review(f"deck/card-{next(numbers)}", 3)
            memory = sitting.memories[CardId("deck/card-0")]
            assert memory
            start = perf_counter()
            store.append(review, memory)
            return perf_counter() - start

        def least() -> float:
            review = sitting.review(f"deck/card-{next(numbers)}", 3)
            start = perf_counter()
            db.execute(insert, (*review_row(review), "0" * 32))
            return perf_counter() - start

        compared("one durable answer, beside an insert", ours, least, ANSWERS)


def graded() -> None:
    """Print what judging one answer takes, beside splitting both lines into words."""
    files = (ROOT / "tests" / "grading" / "cases").glob("*.yaml")
    pairs = [
        (card["expected"], answer["given"])
        for file in sorted(files)
        for card in yaml.safe_load(file.read_text(encoding="utf-8"))
        for answer in card["answers"]
    ]
    grammar = load_grammar("docker")

    def judge(expected: str, given: str) -> None:
        grade_command([expected], given, grammar)

    def split(expected: str, given: str) -> None:
        expected.split(), given.split()

    times(judge, pairs)  # the first time loads commands and fills caches
    ours, least = times(judge, pairs), times(split, pairs)
    for name, rank in (("median", 50), ("99th percentile", 99)):
        mine, other = (quantiles(one, n=100)[rank - 1] for one in (ours, least))
        title = f"judging one answer of {len(pairs):,}, {name}"
        print(
            f"{title:<52}{mine * 1000:>10.3f}{other * 1000:>10.3f}{mine / other:>8.0f}"
        )


def times(
    action: Callable[[str, str], None], pairs: list[tuple[str, str]]
) -> list[float]:
    """Return how long an action takes with each pair, in seconds."""
    taken = []
    for pair in pairs:
        start = perf_counter()
        action(*pair)
        taken.append(perf_counter() - start)
    return taken


def main() -> None:
    """Measure everything and print one table."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    print(f"{'median, in ms':<52}{'ours':>10}{'least':>10}{'ratio':>8}")
    graded()
    with TemporaryDirectory() as name:
        folder = Path(name)
        shipped = folder / "shipped"
        for command in ("due", "review"):  # what is unchanged is measured, not made
            to_the_end(["-m", "trainer", command], environment(shipped, ROOT / "decks"))
        starts("shipped decks", shipped, ROOT / "decks")
        decks = many_decks(folder / "decks")
        compared(
            f"first load of {CARDS:,} cards, beside PyYAML in C",
            lambda: first_load(decks),
            lambda: loaded_by_yaml(decks),
            runs=7,
        )
        many = folder / "many"
        fill(many)
        to_the_end(["-m", "trainer", "due"], environment(many, decks))
        starts(f"{CARDS:,} cards", many, decks)
        answers(folder)


if __name__ == "__main__":
    main()
