"""What the system refuses, or was given in a way that nobody foresees."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import Program
from trainer.cli.clock import SystemClock
from trainer.cli.failures import report
from trainer.cli.mistakes import UsageError
from trainer.cli.options import Options
from trainer.language.errors import TrainerError
from trainer.storage.files import shown_path
from trainer.storage.home import data_folder, deck_folders

SHELL = 'exec "$0" -m trainer "$@" {}'


@pytest.fixture
def removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, which is no longer there."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    return gone


@pytest.mark.usefixtures("removed")
def test_a_removed_current_folder_is_in_nobodys_way(tmp_path: Path) -> None:
    assert shown_path(f"{tmp_path}/a.yaml") == f"{tmp_path}/a.yaml"


@pytest.mark.usefixtures("removed")
def test_a_data_folder_within_a_removed_one_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINER_HOME", "data")
    monkeypatch.setenv("TRAINER_LANG", "en")
    options = Options()
    with pytest.raises(FileNotFoundError) as raised:
        _ = options.configuration.is_sound
    assert report(raised.value, options) == 4
    assert "No such file or directory" in capsys.readouterr().err


def test_a_bug_is_none_where_the_database_is_damaged(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TRAINER_HOME", str(tmp_path))
    monkeypatch.setenv("TRAINER_LANG", "en")
    error = TypeError("not supported")
    with pytest.raises(TypeError):
        report(error, Options())
    (tmp_path / "trainer.db").write_bytes(b"no database" * 100)
    assert report(error, Options()) == 4
    assert "is damaged" in capsys.readouterr().err


def test_folders_whose_names_are_no_text_are_refused() -> None:
    odd = os.fsdecode(b"/nowhere/\xff")
    for folder in (lambda: data_folder(odd), lambda: deck_folders(odd, "/")):
        with pytest.raises(TrainerError, match="UTF-8"):
            folder()


@pytest.mark.parametrize(
    ("place", "words", "code"),
    [
        ("1</dev/null", ["due"], 4),
        ("0>/dev/null", ["review"], 4),
        ("2</dev/null", ["due", "nothing"], 2),
    ],
)
def test_a_stream_for_the_other_direction_is_told(
    program: Program, place: str, words: list[str], code: int
) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", SHELL.format(place), sys.executable, *words],
        capture_output=True,
        env=program.environment,
        check=False,
    )
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"refused to go on") == (code == 4)


def test_an_encoding_without_ascii_is_not_a_terminals(program: Program) -> None:
    ran = program.having(PYTHONIOENCODING="utf-16")("due", given="x\n")
    assert ran.code == 0
    assert "fruit" in ran.out.lower()


def test_a_zone_of_half_a_second_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAINER_NOW", "2026-11-23T09:00+23:59:59.5")
    with pytest.raises(UsageError, match="no instant"):
        SystemClock()


def test_the_name_of_a_client_is_shown_without_control_characters(
    program: Program,
) -> None:
    ran = program("grammar", "harvest", "\x1b[31m")
    assert ran.code == 4
    assert "\x1b" not in ran.err
    assert program("grammar", "harvest", "x" * 300).code == 4
