"""Killed while it backs up, restores or migrates, nothing is lost or half there."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the same moments each time
from threading import Event

import pytest

from tests.faults.trials import trials
from tests.learning import MONDAY, Sitting, chain_is_whole, open_store, replayed
from tests.program import ROOT, clean_environment
from trainer.storage.backup import Reason, back_up, backups, examine, restore
from trainer.storage.checkup import is_damaged
from trainer.storage.database import DatabaseError

KILLS = trials(100, 2)
VERSION_1 = ROOT / "tests" / "storage" / "version-1.sql"
HEAD = """
import sys
from pathlib import Path
from tests.learning import MONDAY, Sitting, open_store
from trainer.storage.backup import Reason, back_up, backups, restore
import trainer.storage.migrations
home = sys.argv[1]
print("ready", flush=True)
"""
DOING = {
    "backup": "back_up(home, MONDAY, Reason.ASKED)",
    "restore": "restore(home, backups(home)[-1], MONDAY)",
    "migration": "open_store(Path(home)).close()",
}
WRITING = """
with open_store(Path(home)) as store:
    sitting = Sitting(store)
    for number in range(int(sys.argv[3])):
        sitting.answer(f"{sys.argv[2]}/{number}", 3)
"""


def running(script: str, *words: str) -> subprocess.Popen[bytes]:
    """Start a script that says when it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-c", HEAD + script, *words],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=clean_environment(),
    )
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    return process


def a_home(home: Path, doing: str) -> int:
    """Make a home to be harmed; return how many reviews it has."""
    if doing == "migration":
        home.mkdir()
        with closing(sqlite3.connect(home / "trainer.db")) as db:
            db.executescript(VERSION_1.read_text(encoding="utf-8"))
            return int(db.execute("SELECT count(*) FROM reviews").fetchone()[0])
    with open_store(home) as store:
        sitting = Sitting(store)
        for number in range(100):
            sitting.answer(f"a/{number}", 3)
    back_up(str(home), MONDAY, Reason.DAILY)
    return 100


@pytest.mark.parametrize("doing", DOING)
def test_a_kill_leaves_the_old_or_the_new(tmp_path: Path, doing: str) -> None:
    chance = Random(doing)  # noqa: S311 - the same moments each time
    count = a_home(tmp_path / "sound", doing)
    for number in range(KILLS):
        home = tmp_path / str(number)
        shutil.copytree(tmp_path / "sound", home)
        process = running(DOING[doing], str(home))
        Event().wait(chance.random() / 25)
        process.kill()
        process.communicate()
        assert process.returncode in {0, -signal.SIGKILL}
        assert all(examine(one.path) for one in backups(str(home)))
        try:
            open_store(home).close()
        except DatabaseError as error:
            assert error.message.key == "errors.database-vanished"  # noqa: PT017 - it may be raised, and need not
            restore(str(home), backups(str(home))[0], MONDAY)
        with open_store(home) as store:
            assert chain_is_whole(home)
            assert store.memories() == replayed(store)
            kept = len(store.log.reviews()) + len(store.log.retracted())
            assert kept == count
        assert not is_damaged(str(home))


def test_eight_writers_lose_nothing(tmp_path: Path) -> None:
    each = trials(500, 20)
    writers = [running(WRITING, str(tmp_path), str(one), str(each)) for one in range(8)]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    with open_store(tmp_path) as store:
        assert len(store.log.reviews()) == 8 * each
        assert chain_is_whole(tmp_path)
        assert store.memories() == replayed(store)
