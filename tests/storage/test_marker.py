"""A database that vanished, was emptied or replaced is told from a new one."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.learning import Sitting, open_store
from tests.program import Program
from trainer.storage.database import DatabaseError
from trainer.storage.marker import Marker


def answered_home(home: Path, count: int = 3) -> Path:
    with open_store(home) as store:
        sitting = Sitting(store)
        for number in range(count):
            sitting.answer(f"a/{number}", 3)
    return home / "trainer.db"


def gone(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("harm", [gone, emptied])
def test_a_database_that_held_answers_is_never_begun_anew_in_silence(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    path = answered_home(tmp_path)
    harm(path)
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    with pytest.raises(DatabaseError) as error:
        open_store(tmp_path)
    assert error.value.message.key == "errors.database-vanished"
    assert "3 entries" in str(error.value)
    assert before == {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    (tmp_path / "trainer.marker").unlink()  # on purpose
    with open_store(tmp_path) as store:
        assert store.log.is_new()


def test_an_older_database_in_its_place_is_refused(tmp_path: Path) -> None:
    path = answered_home(tmp_path)
    older = shutil.copy(path, tmp_path / "older.db")
    answered_home(tmp_path)
    shutil.copy(older, path)
    with pytest.raises(DatabaseError) as error:
        open_store(tmp_path)
    assert error.value.message.key == "errors.database-older"
    assert path.read_bytes() == Path(older).read_bytes()


def test_the_database_of_someone_else_in_its_place_is_refused(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    path = answered_home(home, 1)
    with open_store(other) as store:
        Sitting(store).answer("b/0", 1)
    shutil.copy(other / "trainer.db", path)
    with pytest.raises(DatabaseError) as error:
        open_store(home)
    assert error.value.message.key == "errors.database-older"


def test_the_marker_lags_but_is_never_ahead(tmp_path: Path) -> None:
    answered_home(tmp_path)
    marker = tmp_path / "trainer.marker"
    early = marker.read_bytes()
    with open_store(tmp_path) as store:
        sitting = Sitting(store)
        sitting.answer("a/x", 3)
        assert Marker(str(tmp_path)).rows == 4
        sitting.undo()
        assert Marker(str(tmp_path)).rows == 5
    marker.write_bytes(early)
    open_store(tmp_path).close()  # what lagged behind is brought up
    assert Marker(str(tmp_path)).rows == 5


@pytest.mark.parametrize("text", [b"", b"\xff" * 99, b"a b c\n" * 9, b"d 1 x\n"])
def test_a_marker_of_any_content_stops_nobody(tmp_path: Path, text: bytes) -> None:
    answered_home(tmp_path)
    (tmp_path / "trainer.marker").write_bytes(text)
    with open_store(tmp_path) as store:
        assert len(store.log.reviews()) == 3


def test_every_command_stops_where_the_database_vanished(tmp_path: Path) -> None:
    program = Program(tmp_path / "home")
    answered_home(program.home)
    assert program("due").code == 0  # fills the caches that `due` counts from
    (program.home / "trainer.db").unlink()
    for words in (["due"], ["review"], ["--lang", "zh", "stats"]):
        ran = program(*words)
        assert (ran.code, ran.out) == (4, "")
        assert "trainer backup restore" in ran.err
    assert not (program.home / "trainer.db").exists()


def test_a_marker_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "trainer.marker")
    assert Marker(str(tmp_path)).heads == {}
