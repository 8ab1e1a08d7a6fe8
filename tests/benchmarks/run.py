"""What the program costs, in one run: `make bench`.

Each figure is the median of some runs, told as a ratio to something that does the
least one could do, measured in turn with it: machines differ, ratios hardly do.
"""

import fcntl
import gc
import os
import pty
import sqlite3
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, sleep  # noqa: TID251 - a learner reads

import yaml

# ruff: noqa: T201 - a benchmark prints

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.deckcopies import copied_decks, in_one_deck  # noqa: E402 - found from any folder
from tests.decks import deck, write_decks  # noqa: E402 - as above
from tests.learners import STEADY, given_of, log_of  # noqa: E402 - as above
from tests.learning import MONDAY, Sitting, open_store  # noqa: E402 - as above
from trainer.__main__ import _OBJECTS  # noqa: E402 - as above
from trainer.cards.card import CardId  # noqa: E402 - as above
from trainer.cards.reading import read_deck  # noqa: E402 - as above
from trainer.exchange.anki.collection import deck_id  # noqa: E402 - as above
from trainer.exchange.anki.export import Made, export_anki, guid, made_notes  # noqa: E402 - as above
from trainer.exchange.anki.notetypes import CSS, FIELDS, NOTE_TYPE_IDS, NOTE_TYPES  # noqa: E402 - as above
from trainer.exchange.exporter import Wanted  # noqa: E402 - as above
from trainer.exchange.snapshot import Snapshot  # noqa: E402 - as above
from trainer.grading.answers import grade_command  # noqa: E402 - as above
from trainer.grading.grammar import load_grammar  # noqa: E402 - as above
from trainer.grading.verdict import Outcome  # noqa: E402 - as above
from trainer.language.text import Language  # noqa: E402 - as above
from trainer.scheduling.defaults import PARAMETERS, parameters_text  # noqa: E402 - as above
from trainer.scheduling.fitting import fit  # noqa: E402 - as above
from trainer.scheduling.review import Mode, Rating, Review, Stamp  # noqa: E402 - as above
from trainer.scheduling.settings import Settings  # noqa: E402 - as above
from trainer.scheduling.simulation import Habits, simulate  # noqa: E402 - as above
from trainer.storage.library import Library  # noqa: E402 - as above
from trainer.storage.rows import REVIEW_COLUMNS, milliseconds, review_row  # noqa: E402 - as above
from trainer.storage.store import Store  # noqa: E402 - as above

RUNS = 15
CARDS, REVIEWS = 10_000, 100_000
COPIES = 13
"""Of so many copies, the shipped decks have as many cards."""

ANSWERS = 300
KEYS = 100
REPLAYED, REPLAYS = 1_000_000, 5
NOW = "2026-11-23T09:00+08:00"
BARE = ["-c", "pass"]
TRAINER = str(Path(sys.executable).with_name("trainer"))
"""The program as it is installed."""
ANKI = [sys.executable, str(Path(__file__).with_name("anki_reference.py"))]
QUESTION, VERDICT = b"submit", b"Again"
"""What stands on the page of a question that is typed, and of a judged answer."""
DONT_KNOW = b"\x07"
_READING = 1
"""How many seconds the first question is read."""

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


class Screen:
    """A review at a terminal of its own."""

    def __init__(self, env: dict[str, str]) -> None:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self._screen = ours
        self._process = subprocess.Popen(
            [sys.executable, TRAINER, "review"],
            env={**env, "TERM": "xterm-256color"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def until(self, mark: bytes) -> None:
        """Read until something is painted."""
        painted = b""
        while mark not in painted:
            painted += os.read(self._screen, 65536)

    def press(self, keys: bytes, mark: bytes) -> float:
        """Press keys; return the seconds until something is painted."""
        start = perf_counter()
        os.write(self._screen, keys)
        self.until(mark)
        return perf_counter() - start

    def resident(self) -> float:
        """Return how much memory the process holds, in MiB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def close(self) -> None:
        """End the review."""
        self._process.kill()
        self._process.wait()
        os.close(self._screen)


@contextmanager
def reviewing(env: dict[str, str]) -> Iterator[Screen]:
    """Hold a review at a terminal up to its first question."""
    screen = Screen(env)
    screen.until(QUESTION)
    try:
        yield screen
    finally:
        screen.close()


def to_the_page(env: dict[str, str]) -> float:
    """Return the seconds until a review at a terminal has painted a question."""
    start = perf_counter()
    with reviewing(env):
        return perf_counter() - start


def first_question(folder: Path, env: dict[str, str]) -> None:
    """Print what the first question costs beside the first card of Anki's queue."""
    collection = folder / "anki" / "collection.anki2"
    collection.parent.mkdir()
    subprocess.run([*ANKI, "make", collection], check=True, capture_output=True)
    compared(
        f"first question at a terminal, {CARDS:,}, beside Anki's",
        lambda: to_the_page(env),
        lambda: to_the_line([*ANKI, "first", str(collection)]),
    )


def to_the_line(command: list[str]) -> float:
    """Return the seconds until a program prints a line."""
    start = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline()
        return perf_counter() - start


def keys(env: dict[str, str]) -> None:
    """Print how long a key takes to the next page, and what a review holds."""
    with reviewing(env) as screen:
        sleep(_READING)
        first = screen.press(DONT_KNOW, VERDICT) * 1000
        print(f"{'the first key to the next page':<52}{first:>10.2f}")
        screen.press(b"3", QUESTION)
        pairs = [
            (screen.press(b"echo no\r", VERDICT), screen.press(b"3", QUESTION))
            for _ in range(KEYS)
        ]
        held = screen.resident()
    names = ("an answer to its verdict", "a rating to the next card")
    for name, times in zip(names, zip(*pairs, strict=True), strict=True):
        middle, late = (quantiles(times, n=20)[rank] * 1000 for rank in (9, 18))
        print(
            f"{f'{name}, median and 95th percentile':<52}{middle:>10.2f}{late:>10.2f}"
        )
    most = most_held(["due"], env), most_held([], env)
    print(f"{'MiB held by a review':<52}{held:>10.1f}{most[1]:>10.1f}")
    print(f"{'MiB held by due, beside a bare interpreter':<52}", end="")
    print("".join(f"{one:>10.1f}" for one in most))


HELD = """
import sys
if sys.argv[1:]:
    from trainer.__main__ import main
    main()
with open("/proc/self/status") as file:
    print(*(line.split()[1] for line in file if line.startswith("VmHWM")))
"""


def most_held(words: list[str], env: dict[str, str]) -> float:
    """Return how much memory a process holds at most, in MiB."""
    command = [sys.executable, "-c", HELD, *words]
    done = subprocess.run(command, env=env, capture_output=True, check=True)
    return int(done.stdout.split()[-1]) / 1024


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
        command = [TRAINER, *words]
        shown = f"{' '.join(words)}, {name}"
        compared(shown, lambda run=command: to_the_end(run, env), bare)  # type: ignore[misc]
    review = [TRAINER, "review"]
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
    write_at_once(home, reviews)
    start = perf_counter()
    open_store(home).close()
    once(f"replay of {REVIEWS:,} reviews, once", start)


def write_at_once(home: Path, reviews: list[Review]) -> None:
    """Put reviews into the log of a store, without their chain."""
    with closing(sqlite3.connect(home / "trainer.db")) as db, db:
        rows = ((*review_row(review), "made") for review in reviews)
        db.executemany(
            f"INSERT INTO reviews ({REVIEW_COLUMNS}, checksum) VALUES ({MARKS})",  # noqa: S608 - columns are constants
            rows,
        )


def replays(folder: Path) -> None:
    """Print what it takes to replay a very long log, beside Anki with the same one.

    Each opens or changes its settings in turn, so that all memories are made anew and
    written. Anki does not look at due days then; ours are placed, too, or left alone.
    """
    home, collection = folder / "replayed", folder / "replayed.anki2"
    open_store(home).close()
    reviews = log_of(STEADY, REPLAYED, new=60)
    write_at_once(home, reviews)
    lines = (
        f"{one.card.rpartition('-')[2]} {milliseconds(one.at)} {one.rating.value} 1"
        for one in reviews
    )
    given = "\n".join(lines)
    subprocess.run([*ANKI, "load", collection], input=given, text=True, check=True)
    words = [*ANKI, "recompute", str(collection), parameters_text(PARAMETERS)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    theirs = median(map(float, said.split()))
    ours: dict[str, list[float]] = {"alone": [], "placed": []}
    was = gc.get_threshold()
    gc.set_threshold(_OBJECTS)  # as the program does
    gc.freeze()  # and it has no log in memory besides
    for _ in range(REPLAYS):
        for name, chosen in (("alone", Settings(spread=False)), ("placed", Settings())):
            start = perf_counter()
            open_store(home, chosen).close()
            ours[name].append(perf_counter() - start)
    gc.unfreeze()
    gc.set_threshold(*was)
    for name, taken in ours.items():
        title = f"memories of {REPLAYED:,} reviews, {name}, beside Anki's"
        mine = median(taken)
        print(f"{title:<52}{mine * 1000:>10.0f}{theirs * 1000:>10.0f}", end="")
        print(f"{mine / theirs:>8.2f}")


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


def first_loads(tiny: Path, folder: Path) -> None:
    """Print what it takes to read and keep many cards, beside PyYAML alone.

    Real ones are copies of the shipped cards, in many decks and in one; tiny ones have
    a line for each field. PyYAML searches for garbage as it goes, which takes longer
    the more one file holds.
    """
    many = copied_decks(folder / "real", COPIES)
    one = in_one_deck(many, folder / "one")
    for kind, decks in (("real", many), ("real", one), ("tiny", tiny)):
        with (
            TemporaryDirectory() as home,
            closing(Library(home, (str(decks),))) as all_,
        ):
            cards, files = len(all_), len(all_.topics)
        compared(
            f"first load, {cards:,} {kind} cards, {files} decks, or PyYAML",
            partial(first_load, decks),
            partial(loaded_by_yaml, decks),
            runs=7,
        )


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


def touched(folder: Path) -> None:
    """Print what starting costs with twenty decks, beside a start with one card."""
    sizes = {"one": (1, 1), "twenty": (20, CARDS // 20)}
    homes = {}
    for name, (decks, cards) in sizes.items():
        texts = {
            f"deck-{number}": deck(
                f"deck-{number}", *(f"card-{card}" for card in range(cards))
            )
            for number in range(decks)
        }
        written = write_decks(folder / name / "decks", **texts)
        homes[name] = environment(folder / name / "home", written)
    file = folder / "twenty" / "decks" / "deck-7.yaml"
    for env in homes.values():  # what is unchanged is measured, not made
        to_the_end([TRAINER, "due"], env)
    ways = {"due": to_the_end, "review": to_the_question}
    for command, measure in ways.items():
        run = partial(measure, [TRAINER, command])
        unchanged, empty = (partial(run, homes[name]) for name in ("twenty", "one"))

        def after_a_touch(start: Callable[[], float] = unchanged) -> float:
            file.touch()
            return start()

        def after_an_edit(start: Callable[[], float] = unchanged) -> float:
            with file.open("a", encoding="utf-8") as text:
                text.write("# edited\n")
            return start()

        compared(f"{command}, twenty decks, beside one card", unchanged, empty)
        compared(f"{command}, one of twenty touched", after_a_touch, empty)
        compared(f"{command}, one of twenty edited", after_an_edit, empty)


def answers(folder: Path) -> None:
    """Print what one durable answer costs beside a bare durable insert."""
    insert = f"INSERT INTO reviews ({REVIEW_COLUMNS}, checksum) VALUES ({MARKS})"  # noqa: S608 - columns are constants
    with open_store(folder / "answers") as store, plain_log(folder / "plain") as db:
        sitting = Sitting(store)
        store.loads()  # as a sitting does
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


def packages(decks: Path, folder: Path) -> None:
    """Print what packages for Anki cost beside those that genanki makes."""
    import genanki  # noqa: PLC0415 - only here

    read = [read_deck(path.read_bytes(), path.name).deck for path in decks.iterdir()]
    found_decks = [one for one in read if one]
    cards = Snapshot(found_decks)
    wanted = Wanted(MONDAY, (Language.EN,))
    kind = NOTE_TYPES["type"]
    template = {"name": "Card 1", "qfmt": kind.front, "afmt": kind.back}
    model = genanki.Model(
        NOTE_TYPE_IDS["type"],
        kind.name,
        fields=[{"name": name} for name in FIELDS],
        templates=[template],
        css=CSS,
    )

    def timed(write: Callable[[], object]) -> float:
        start = perf_counter()
        write()
        return perf_counter() - start

    def ours() -> None:
        made = export_anki(cards, wanted)
        (folder / "ours.apkg").write_bytes(made)

    def theirs(notes: Iterable[Made]) -> None:
        found: dict[str, genanki.Deck] = {}
        for one in notes:
            if one.deck not in found:
                found[one.deck] = genanki.Deck(deck_id(one.deck), one.deck)
            note = genanki.Note(model, [*one.fields], guid=guid(one.card.id))
            found[one.deck].add_note(note)
        genanki.Package([*found.values()]).write_to_file(str(folder / "theirs.apkg"))

    ready = list(made_notes(cards, wanted))
    compared(
        f"export of {CARDS:,} cards to Anki, beside genanki",
        lambda: timed(ours),
        lambda: timed(lambda: theirs(made_notes(cards, wanted))),
    )
    compared(
        "the same, beside genanki with fields that are ready",
        lambda: timed(ours),
        lambda: timed(lambda: theirs(ready)),
    )


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


def looked_ahead() -> None:
    """Print what fitting a long log takes, and a year ahead at eight targets."""
    given = given_of(log_of(STEADY, REVIEWS, new=30))
    start = perf_counter()
    fit(given, Settings())
    once(f"fitting {REVIEWS:,} answers, with its trial", start)
    cards = [CardId(f"deck/card-{number}") for number in range(800)]
    start = perf_counter()
    for target in (0.80, 0.82, 0.85, 0.87, 0.90, 0.92, 0.95, 0.97):
        chosen = replace(Settings(), desired_retention=target)
        simulate({}, cards, MONDAY.date(), 365, Habits(), chosen)
    once("simulating a year of 800 cards at eight targets", start)


def once(name: str, start: float) -> None:
    """Print a row of what was done once, since `start`."""
    print(f"{name:<52}{(perf_counter() - start) * 1000:>10.0f}")


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
    looked_ahead()
    with TemporaryDirectory() as name:
        folder = Path(name)
        shipped = folder / "shipped"
        for command in ("due", "review"):  # what is unchanged is measured, not made
            to_the_end([TRAINER, command], environment(shipped, ROOT / "decks"))
        starts("shipped decks", shipped, ROOT / "decks")
        decks = many_decks(folder / "decks")
        first_loads(decks, folder)
        many = folder / "many"
        fill(many)
        to_the_end([TRAINER, "due"], environment(many, decks))
        starts(f"{CARDS:,} cards", many, decks)
        replays(folder)
        first_question(folder, environment(many, decks))
        keys(environment(many, decks))
        packages(decks, folder)
        touched(folder / "touched")
        answers(folder)


if __name__ == "__main__":
    main()
