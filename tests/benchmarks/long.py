"""What long logs cost, beside Anki's backend, and how cost grows: `make curves`."""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from itertools import chain
from pathlib import Path
from shutil import copytree
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

# ruff: noqa: T201 - a benchmark prints

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.large import fill, large_decks  # noqa: E402 - found from any folder
from tests.benchmarks.run import (  # noqa: E402 - as above
    TRAINER,
    compared,
    environment,
    to_the_end,
    to_the_question,
)
from tests.learners import STEADY, log_of, write_log  # noqa: E402 - as above
from tests.learning import MONDAY, open_store  # noqa: E402 - as above
from trainer.cli.surroundings import tidy  # noqa: E402 - as above
from trainer.scheduling.fitting import _Engine, _Examples, _library  # noqa: E402 - without the trial that `fit` adds
from trainer.scheduling.marks import away, present  # noqa: E402 - as above
from trainer.scheduling.queue import (  # noqa: E402 - as above
    Queue,
    allowance,
    build_queue,
    sought,
)
from trainer.scheduling.review import Rating  # noqa: E402 - as above
from trainer.scheduling.settings import Settings  # noqa: E402 - as above
from trainer.storage.library import Library  # noqa: E402 - as above
from trainer.storage.memories import Memories  # noqa: E402 - as above
from trainer.storage.store import Store  # noqa: E402 - as above
from trainer.study.session import (  # noqa: E402 - as above
    Asking,
    answer,
    begin,
    rate,
    rehearse,
)

ANKI = [sys.executable, str(Path(__file__).with_name("anki_measured.py"))]
RUNS = 7
CARDS = 100_000
ANSWERS = 300
SIZES = (1_000, 10_000, 100_000, 1_000_000)
TODAY = MONDAY.date()
AGO = 60
PLENTY = Settings(reviews_per_day=9999)


def anki(*words: str) -> str:
    """Return what Anki's side prints."""
    done = subprocess.run([*ANKI, *words], check=True, capture_output=True)
    return done.stdout.decode()


def lined_up(library: Library, store: Store, settings: Settings) -> Queue:
    """Line up today's cards as a review does."""
    every = [*chain.from_iterable(topic.cards for topic in library.topics.values())]
    standings, siblings = store.standings(), library.siblings
    cards = present(every, standings, TODAY)
    asked = sought(cards, siblings, TODAY, MONDAY, settings)
    aside = away(standings, TODAY)
    known = store.recall(asked, lambda log: aside | library.strays(log))
    left = allowance(known.dated.values(), TODAY, settings)
    return build_queue(known, siblings, left, MONDAY, settings)


def first_queue(home: Path, decks: Path) -> float:
    """Return the seconds to the first queue of open decks and an open store."""
    with (
        closing(Library(str(home), (str(decks),))) as library,
        open_store(home) as store,
    ):
        start = perf_counter()
        assert lined_up(library, store, Settings()).main
        return perf_counter() - start


def given_answers(home: Path, decks: Path, count: int = ANSWERS) -> list[float]:
    """Answer cards, each up to where the next one is at hand.

    In between is done what a sitting at a screen does while a page is read.
    """
    taken = []
    with (
        closing(Library(str(home), (str(decks),))) as library,
        open_store(home, PLENTY) as store,
    ):
        now = max(MONDAY, store.log.newest() or MONDAY)
        queue = lined_up(library, store, PLENTY)
        memories, loads = Memories(store.memory), store.loads()
        library.expect(queue.main)
        session = begin(queue, library, memories, store.settings, now, loads)
        rehearse(session, now)
        gc.freeze()
        for number in range(count):
            tidy(library, store)
            gc.collect()
            now += timedelta(seconds=5)
            assert isinstance(session.phase, Asking)
            start = perf_counter()
            session = answer(session, f"echo no-{number}", now, 4000)
            session, done = rate(session, Rating.GOOD, now, store.stamp())
            store.append(done.review, done.memory)
            taken.append(perf_counter() - start)
    gc.unfreeze()
    return taken


def beside_anki(folder: Path, home: Path, decks: Path) -> None:
    """Print the first queue and single answers with a hundred thousand cards due."""
    theirs = str(folder / "due.anki2")
    anki("due", theirs, str(CARDS))
    compared(
        f"first queue, {CARDS:,} cards due",
        lambda: first_queue(home, decks),
        lambda: float(anki("queue", theirs)),
        RUNS,
    )
    spare = copytree(home, folder / "answered")
    mine, other = [], []
    for _ in range(RUNS):
        mine += given_answers(spare, decks)[1:]
        other += json.loads(anki("answers", theirs, str(ANSWERS)))[1:]
    for name, rank in (("median", 50), ("99th percentile", 99)):
        pair = [quantiles(one, n=100)[rank - 1] for one in (mine, other)]
        row(f"one answer, durable, {name}", *pair)


def row(name: str, mine: float, other: float) -> None:
    """Print a row of two figures and their ratio."""
    print(f"{name:<52}{mine * 1000:>10.2f}{other * 1000:>10.2f}{mine / other:>8.2f}")


def fitted(home: Path) -> float:
    """Return the seconds from an open store to fitted parameters, and no trial."""
    gc.disable()  # as `optimize` does
    with open_store(home) as store:
        start = perf_counter()
        given, library = store.log.given(store.settings.rollover), _library()
        examples = _Examples(given, library)
        _Engine(library, examples, store.settings).fitted(len(examples))
        taken = perf_counter() - start
    gc.enable()
    return taken


def fitting(folder: Path) -> None:
    """Print what fitting takes: once as Anki does it, and the whole command."""
    home, theirs = folder / "fitting", str(folder / "log.anki2")
    home.mkdir()
    write_log(home, log_of(STEADY, 100_000, new=30))
    anki("log", theirs, str(home / "trainer.db"))
    env = environment(home, ROOT / "decks")
    whole = [TRAINER, "optimize", "--dry-run"]

    def least() -> float:
        return float(json.loads(anki("fit", theirs))[0])

    compared("fitting 100,000 answers once", lambda: fitted(home), least, RUNS)
    compared(
        "the whole command, with its trial", lambda: to_the_end(whole, env), least, RUNS
    )


def middle(action: Callable[[], float]) -> float:
    """Return the median of some runs, in milliseconds; the first does not count."""
    action()
    return median(action() for _ in range(RUNS)) * 1000


def curves(folder: Path) -> None:
    """Print how cost grows with the log of at most ten thousand cards."""
    steps = ("due", "first question", "one answer")
    print(f"\n{'median, in ms, by reviews in the log':<40}", end="")
    print("".join(f"{step:>16}" for step in steps))
    for reviews in SIZES:
        cards = min(reviews, 10_000)
        decks = folder / f"decks-{cards}"
        if not decks.exists():
            large_decks(decks, cards)
        home = folder / f"home-{reviews}"
        home.mkdir()
        fill(home, cards, reviews, AGO)
        env = environment(home, decks)
        to_the_end([TRAINER, "due"], env)  # reads the decks
        due = middle(lambda env=env: to_the_end([TRAINER, "due"], env))  # type: ignore[misc]
        first = middle(lambda env=env: to_the_question([TRAINER, "review"], env))  # type: ignore[misc]
        one = median(given_answers(home, decks)) * 1000
        cells = "".join(f"{figure:>16.2f}" for figure in (due, first, one))
        print(f"{f'{reviews:,} of {cards:,} cards':<40}{cells}")


def main() -> None:
    """Measure everything and print two tables."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    print(f"{'median, in ms':<52}{'ours':>10}{'Anki':>10}{'ratio':>8}")
    with TemporaryDirectory() as name:
        folder = Path(name)
        home, decks = folder / "due", large_decks(folder / "decks", CARDS)
        home.mkdir()
        fill(home, CARDS, 2 * CARDS, AGO)
        Library(str(home), (str(decks),)).close()
        beside_anki(folder, home, decks)
        fitting(folder)
        curves(folder)


if __name__ == "__main__":
    main()
