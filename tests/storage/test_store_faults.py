"""Databases that cannot be used: refused with a sentence, and left as they are."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.learning import Sitting, chain_is_whole, open_store
from trainer.storage.database import DatabaseError, transaction
from trainer.storage.pages import candidates


def key_of(error: pytest.ExceptionInfo[DatabaseError]) -> str:
    return error.value.message.key.removeprefix("errors.")


def a_full_home(home: Path) -> Path:
    """Make a home with some reviews, its log checkpointed into one file."""
    with open_store(home) as store:
        sitting = Sitting(store)
        for number in range(40):
            sitting.answer(f"a/{number}", 3, "x" * 200)
    return home / "trainer.db"


def test_a_database_of_a_newer_trainer_is_refused_and_not_touched(
    tmp_path: Path,
) -> None:
    path = a_full_home(tmp_path)
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 999")
    db.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseError) as error:
        open_store(tmp_path)
    assert key_of(error) == "database-newer"
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_not_touched(
    tmp_path: Path,
) -> None:
    path = tmp_path / "trainer.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE notes (text)")
    db.execute("INSERT INTO notes VALUES ('mine')")
    db.commit()
    db.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseError) as error:
        open_store(tmp_path)
    assert key_of(error) == "database-foreign"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def no_database(path: Path) -> None:
    path.write_bytes(b"no database at all, but long enough for its header " * 40)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def overwritten_head(path: Path) -> None:
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])


def overwritten_schema(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * 3996 + data[4096:])


@pytest.mark.parametrize(
    "damage", [no_database, truncated, overwritten_head, overwritten_schema]
)
def test_a_damaged_database_is_named_and_not_written_to(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = a_full_home(tmp_path)
    damage(path)
    before = path.read_bytes()
    with pytest.raises(DatabaseError) as error, open_store(tmp_path) as store:
        store.log.reviews()
    assert key_of(error) == "database-damaged"
    assert str(path) in str(error.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize("column", ["seq", "at", "zone", "rating"])
def test_a_word_where_a_number_belongs_is_damage(tmp_path: Path, column: str) -> None:
    path = a_full_home(tmp_path)
    with unbound(path) as db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(reviews)")]
        odd = ["'odd'" if one in {"id", "device", column} else one for one in columns]
        row = f"SELECT {', '.join(odd)} FROM reviews LIMIT 1"  # noqa: S608 - its own columns
        db.execute(f"INSERT INTO reviews {row}")
    with pytest.raises(DatabaseError) as error:
        everything_read(tmp_path)
    assert key_of(error) == "database-damaged"


def everything_read(home: Path) -> None:
    long_ago = datetime(2026, 11, 1, tzinfo=UTC)
    with open_store(home) as store:
        store.log.answered_since(long_ago)
        store.log.reviews_since(long_ago.date())
        store.daily([], long_ago.date())
        store.log.reviews()


@contextmanager
def unbound(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database whose tables take any value for once."""
    change = "UPDATE sqlite_schema SET sql = ? WHERE name = 'reviews'"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        (strict,) = db.execute(
            "SELECT sql FROM sqlite_schema WHERE name = 'reviews'"
        ).fetchone()
        db.execute("PRAGMA writable_schema = ON")
        db.execute(change, [strict.replace("STRICT", "")])
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        yield db
        db.execute("PRAGMA writable_schema = ON")
        db.execute(change, [strict])


def test_of_a_header_alone_nothing_is_recovered(tmp_path: Path) -> None:
    path = a_full_home(tmp_path)
    path.write_bytes(path.read_bytes()[:100])
    assert not list(candidates(str(path)))


def test_a_database_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "trainer.db")
    with pytest.raises(OSError, match="not a plain file"):
        list(candidates(str(tmp_path / "trainer.db")))


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / "trainer.db").touch()
    with open_store(tmp_path) as store:
        Sitting(store).answer("a/x", 3)
        assert chain_is_whole(tmp_path)


def test_a_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("not a folder")
    with pytest.raises(DatabaseError) as error:
        open_store(home)
    assert key_of(error) == "database-unusable"
    assert home.read_text() == "not a folder"


HOLD = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Path]:
    """Yield a home whose database another process holds."""
    path = a_full_home(tmp_path)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLD,
            str(path),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout
    assert holder.stdout.readline() == b"held\n"
    yield tmp_path
    holder.communicate()


def test_a_database_that_another_program_holds_is_named_and_loses_nothing(
    held: Path,
) -> None:
    with open_store(held) as store:  # reading goes on
        sitting = Sitting(store)
        before = store.log.reviews()
        with pytest.raises(DatabaseError) as error:
            sitting.answer("a/x", 3)
        assert key_of(error) == "database-locked"
        assert store.log.reviews() == before


def test_a_writer_that_waits_asks_often_whether_it_is_its_turn(held: Path) -> None:
    with closing(sqlite3.connect(held / "trainer.db", isolation_level=None)) as db:
        db.execute("PRAGMA busy_timeout = 200")
        asked: list[str] = []
        db.set_trace_callback(asked.append)
        with pytest.raises(sqlite3.OperationalError, match="locked"), transaction(db):
            pass
        assert asked.count("BEGIN IMMEDIATE") == 40
        assert db.execute("PRAGMA busy_timeout").fetchone() == (200,)


def test_a_full_database_says_so_and_keeps_what_it_has(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        (pages,) = store._db.execute("PRAGMA page_count").fetchone()  # noqa: SLF001 - as small a disk as a test can have
        store._db.execute(f"PRAGMA max_page_count = {pages + 2}")  # noqa: SLF001 - as above
        written = []

        def answer_on() -> None:
            for number in range(1000):
                review = sitting.answer(f"a/{number}", 3, "x" * 500)
                written.append(review)

        with pytest.raises(DatabaseError) as error:
            answer_on()
        assert key_of(error) == "disk-full"
        assert written
        assert store.log.reviews() == written
    with open_store(tmp_path) as store:
        Sitting(store, sitting.now).answer("a/again", 3)
        assert chain_is_whole(tmp_path)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_the_learner_answered_is_private(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    before = os.umask(0)
    try:
        with open_store(home) as store:
            Sitting(store).answer("a/x", 3)
            modes = {path.name: mode(path) for path in home.iterdir()}
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(modes, 0o600)
    assert len(modes) == 4  # the database, its write-ahead log and index, the marker
    assert mode(home) == 0o700


def test_first_starts_at_the_same_moment_all_succeed(tmp_path: Path) -> None:
    def start(number: int) -> str:
        with open_store(tmp_path) as store:
            return Sitting(store).answer(f"a/{number}", 3).card

    with ThreadPoolExecutor(8) as pool:
        cards = set(pool.map(start, range(8)))
    with open_store(tmp_path) as store:
        assert {review.card for review in store.log.reviews()} == cards
        assert chain_is_whole(tmp_path)
