"""One sitting at a time; the lock frees itself, however its holder ended."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

from tests.conversation import Conversation
from tests.decks import deck, write_decks
from tests.learning import MONDAY
from tests.program import Program
from trainer.storage.sittinglock import (
    Holder,
    SittingError,
    clear_lock,
    holder_of,
    is_held,
    sitting_lock,
)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    decks = write_decks(tmp_path / "decks", many=deck("many", "a", "b", "c"))
    return Program(tmp_path / "home", {"TRAINER_DECKS": str(decks)})


def test_a_second_sitting_is_told_who_holds_the_first(program: Program) -> None:
    with Conversation(program) as talk:
        assert talk.question()
        began = perf_counter()
        second = program("review", given="x\n")
        started = perf_counter()
        program("--version")
        bare = perf_counter() - started
        assert started - began < bare + 1
        assert second.code == 5
        assert f"process {talk.process.pid} on {socket.gethostname()}" in second.err
        assert "since 2026-11-23 09:00" in second.err
        talk.say("one =3")
        assert talk.acknowledged()
        assert program("undo").code == 0  # short commands go on
        assert program("stats", "--json").code == 0
        talk.leave()
    assert program("review", given="two\n").code == 0


def test_a_killed_sitting_frees_the_lock_by_itself(program: Program) -> None:
    with Conversation(program) as talk:
        assert talk.question()
        talk.process.kill()
        talk.process.wait()
    left = holder_of(str(program.home))
    assert left
    assert left.pid == talk.process.pid
    assert left.is_gone
    assert not is_held(str(program.home))
    clear_lock(str(program.home))
    assert holder_of(str(program.home)) is None
    assert program("review", given="two\n").code == 0


def test_the_lock_is_free_after_a_sitting_that_failed(tmp_path: Path) -> None:
    def fail() -> None:
        with sitting_lock(str(tmp_path), MONDAY):
            assert is_held(str(tmp_path))
            with pytest.raises(SittingError), sitting_lock(str(tmp_path), MONDAY):
                pass
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert not is_held(str(tmp_path))
    assert holder_of(str(tmp_path)) is None


def test_a_process_with_a_reused_number_is_not_the_holder() -> None:
    here, pid = socket.gethostname(), os.getpid()
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    assert Holder(ended.pid, here, "", "").is_gone
    assert Holder(pid, here, "", "another boot 17").is_gone
    assert not Holder(pid, "another host", "", "another boot 17").is_gone


@pytest.mark.parametrize("text", ["", "\n\n\n", "x\ny\nz\n", "\0" * 5000])
def test_a_lock_file_of_any_text_is_no_holder(tmp_path: Path, text: str) -> None:
    (tmp_path / "trainer.lock").write_text(text)
    assert holder_of(str(tmp_path)) is None
    with sitting_lock(str(tmp_path), MONDAY):
        assert is_held(str(tmp_path))
