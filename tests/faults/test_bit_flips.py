"""Bits flipped in the database: a changed row is found, and none comes back wrong."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the same bits each time

import pytest

from tests.faults.stage import Recorder
from tests.faults.trials import SHARE, trials
from tests.learning import MONDAY, Sitting, chain_is_whole, open_store, replayed
from trainer.scheduling.marks import FLAGGED, MarkKind
from trainer.storage.backup import Reason, back_up, read_only
from trainer.storage.chain import LOG, breaks
from trainer.storage.checkup import is_damaged
from trainer.storage.database import DatabaseError
from trainer.storage.recovery import RecoveryError, hold, recover, salvage
from trainer.storage.rows import Row

TRIALS = trials(5000, 30)
ANSWERS = 1000 if SHARE else 100
"""How many the database has in which bits are flipped: some weeks of learning."""

FLIPS = (1, 1, 1, 2, 4, 8, 16, 32, 64)
ONE_IN = 25
"""Of so many trials one is recovered whole, which takes longest."""

LONG = "long " * 1800  # on pages of its own

Rows = set[tuple[str, Row]]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a home with a log of all kinds of rows."""
    home = tmp_path_factory.mktemp("sound")
    with open_store(home) as store:
        sitting = Sitting(store)
        for number in range(ANSWERS):
            response = "docker run " + "x" * (number * 7 % 60)
            sitting.answer(f"deck/{number % 90}", 1 + number % 4, response)
            if number % 25 == 0:
                sitting.undo()
            if number % 40 == 0:
                sitting.mark(f"deck/{number % 90}", MarkKind.FLAG, FLAGGED)
        sitting.answer("deck/long", 3, LONG)
    return home


def rows_in(path: Path) -> Rows:
    """Return the log, read from the tables themselves."""
    with closing(read_only(str(path))) as db:
        return {
            (table, row)
            for table, columns in LOG.items()
            for row in db.execute(f"SELECT {columns}, checksum FROM {table}")  # noqa: S608 - constants
        }


def flipped(path: Path, chance: Random) -> int:
    """Flip some bits of a file; return how many."""
    data = bytearray(path.read_bytes())
    count = chance.choice(FLIPS)
    for _ in range(count):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    return count


def harmed(sound: Path, folder: Path) -> Iterator[tuple[int, int, Path]]:
    """Yield homes in which bits were flipped: number, how many bits, and the home."""
    for number in range(TRIALS):
        home = folder / str(number)
        shutil.copytree(sound, home)
        flips = flipped(home / "trainer.db", Random(number))  # noqa: S311 - as above
        yield number, flips, home
        shutil.rmtree(home)


def test_every_changed_row_is_found_and_none_is_accepted(
    sound: Path, tmp_path: Path, record_property: Recorder
) -> None:
    written = rows_in(sound / "trainer.db")
    record_property("rows", len(written) * TRIALS)
    kept = 0
    for number, flips, home in harmed(sound, tmp_path):
        path = home / "trainer.db"
        held = {(one.table, one.row) for one in hold(salvage(str(path)))}
        assert held <= written, number
        kept += len(held)
        assert len(written - held) <= flips, number
        try:
            found = rows_in(path)
            with closing(read_only(str(path))) as db:
                named = {(one.device, one.seq) for one in breaks(db, tuple(LOG))}
        except (sqlite3.Error, ValueError):
            continue  # it does not go unnoticed
        changed = {(row[1], row[2]) for _, row in found - written}
        assert changed <= named, number
        if found == written:
            assert not named, number
        else:
            assert named or is_damaged(str(home)), number
    record_property("recovered alone", kept)
    assert not SHARE or kept >= len(written) * TRIALS * 0.999


def test_a_recovery_with_a_backup_loses_nothing(sound: Path, tmp_path: Path) -> None:
    secured = tmp_path / "secured"
    shutil.copytree(sound, secured)
    back_up(str(secured), MONDAY, Reason.DAILY)
    with open_store(secured) as store:
        Sitting(store, MONDAY).answer("deck/after", 3)
    written = rows_in(secured / "trainer.db")
    for number, _, home in harmed(secured, tmp_path):
        if number % ONE_IN:
            continue
        before = (home / "trainer.db").read_bytes()
        done = recover(str(home), MONDAY)
        recovered = rows_in(home / "trainer.db")
        assert recovered <= written
        assert len(written - recovered) == done.lost <= 1  # that after the backup
        assert done.aside
        assert (home / done.aside).read_bytes() == before
        with open_store(home) as store:
            assert chain_is_whole(home)
            assert store.memories() == replayed(store)
            Sitting(store, MONDAY).answer("deck/next", 3)
            assert chain_is_whole(home)
        assert not is_damaged(str(home))


def test_a_recovery_without_a_backup_keeps_what_holds(
    sound: Path, tmp_path: Path
) -> None:
    written = rows_in(sound / "trainer.db")
    for number, _, home in harmed(sound, tmp_path):
        if number % ONE_IN != 1:
            continue
        done = recover(str(home), MONDAY)
        recovered = rows_in(home / "trainer.db")
        assert recovered <= written
        assert done.rows == len(recovered) == len(written) - done.lost
        with open_store(home) as store:
            assert chain_is_whole(home)
            assert store.memories() == replayed(store)


def test_a_row_with_one_flipped_bit_is_recovered_whichever_it_is(
    sound: Path, tmp_path: Path
) -> None:
    """What tells where the row is counts as its own: its pointer and its header."""
    path = tmp_path / "trainer.db"
    data = (sound / "trainer.db").read_bytes()
    written = rows_in(sound / "trainer.db")
    _, row = sorted(written, key=lambda one: one[1][2])[20]
    start = data.find(f"{row[0]}{row[1]}".encode()) - 20
    page = start // 4096 * 4096
    last = data.find(row[-1].encode(), start) + 32
    spread = [*range(start, last, 3), *range(page, page + 70, 5)]
    overflow = data.find(LONG[:3000].encode())
    spread += [overflow - 4, overflow - 1, overflow, overflow + 2500]
    for number, at in enumerate(spread):
        flipped = bytes([data[at] ^ 1 << number % 8])
        path.write_bytes(data[:at] + flipped + data[at + 1 :])
        held = {(one.table, one.row) for one in hold(salvage(str(path)))}
        assert held == written, (at - start, number % 8)


@pytest.mark.parametrize("start", [0, 100])
def test_rows_are_recovered_beneath_a_lost_header_and_from_the_wal(
    tmp_path: Path, start: int
) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy"
    for part in range(2):
        with open_store(home) as store:
            sitting = Sitting(store, MONDAY)
            for number in range(30):
                sitting.answer(f"deck/{part}-{number}", 3)
            if part:
                shutil.copytree(
                    home, copy
                )  # with its write-ahead log, as after a crash
    path = copy / "trainer.db"
    data = path.read_bytes()
    path.write_bytes(data[:start] + b"\xff" * (4000 - start) + data[4000:])
    done = recover(str(copy), MONDAY)
    assert (done.rows, done.lost) == (60, 0)
    assert rows_in(path) == rows_in(home / "trainer.db")


def test_a_damaged_database_names_the_backup_and_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "trainer.db"
    with open_store(tmp_path) as store:
        Sitting(store).answer("deck/x", 3)
    made = back_up(str(tmp_path), MONDAY, Reason.DAILY)
    path.write_bytes(b"\xff" * 4000 + path.read_bytes()[4000:])
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match="doctor --recover") as error:
        open_store(tmp_path)
    assert made.name in str(error.value)
    assert path.read_bytes() == before


def test_what_holds_nothing_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "trainer.db"
    path.write_bytes(b"\x0d no database" * 999)
    before = path.read_bytes()
    with pytest.raises(RecoveryError):
        recover(str(tmp_path), MONDAY)
    assert [one.name for one in tmp_path.iterdir()] == ["trainer.db"]
    assert path.read_bytes() == before
