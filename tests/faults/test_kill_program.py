"""The program killed in each of its phases, at a terminal and at a pipe.

What was acknowledged is kept, and the next start needs no repair.
"""

import os
import pty
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the same moments each time
from threading import Event
from time import perf_counter

import pytest

from tests.conversation import Conversation
from tests.decks import deck, write_decks
from tests.faults.plan import soundly_kept
from tests.faults.stage import Recorder
from tests.faults.trials import trials
from tests.learning import MONDAY, Sitting, chain_is_whole, open_store
from tests.program import ROOT, Program
from tests.terminal.emulator import Terminal
from trainer.storage.backup import Reason, back_up, backups, examine
from trainer.storage.checkup import is_damaged

VERSION_1 = ROOT / "tests" / "storage" / "version-1.sql"
CARDS = [f"card-{number}" for number in range(20)]
PHASES = {
    "undo": ("undo",),
    "backup": ("backup", "create"),
    "restore": ("backup", "restore"),
    "migration": ("log",),
    "export": ("export", "json", "-o", "out.json"),
}


@contextmanager
def running(
    program: Program, words: tuple[str, ...], *, at_terminal: bool
) -> Iterator[subprocess.Popen[bytes]]:
    """Start the program at a terminal or at pipes."""
    mine, theirs = pty.openpty() if at_terminal else os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "trainer", *words],
        stdin=theirs if at_terminal else subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env=program.environment,
        cwd=program.home,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        os.close(mine)


def a_home(folder: Path, phase: str) -> Program:
    """Make a home in which a phase has something to do."""
    decks = write_decks(folder / "decks", many=deck("many", *CARDS))
    program = Program(folder / "sound", {"TRAINER_DECKS": str(decks)})
    program.home.mkdir()
    if phase == "migration":
        with closing(sqlite3.connect(program.home / "trainer.db")) as db:
            db.executescript(VERSION_1.read_text(encoding="utf-8"))
        return program
    for part in range(2):
        with open_store(program.home) as store:
            sitting = Sitting(store, MONDAY - timedelta(days=3 - part))
            for number in range(30):
                sitting.answer(f"many/card-{number % 20}", 3, f"{part}-{number}")
        if not part:
            back_up(str(program.home), MONDAY - timedelta(days=2), Reason.ASKED)
    return program


@pytest.mark.parametrize("phase", PHASES)
def test_a_command_that_is_killed_leaves_what_was_or_what_is_to_be(
    tmp_path: Path, phase: str, record_property: Recorder
) -> None:
    chance = Random(phase)  # noqa: S311 - as above
    sound, words = a_home(tmp_path, phase), PHASES[phase]
    done = Program(tmp_path / "done", sound.extra)
    shutil.copytree(sound.home, done.home)
    began = perf_counter()
    with running(done, words, at_terminal=False) as process:
        assert process.wait() == 0
    needed = perf_counter() - began
    copy = tmp_path / "copy"
    shutil.copytree(sound.home, copy)
    allowed = [soundly_kept(copy), soundly_kept(done.home)]
    ends = {"before": 0, "after": 0}
    for number in range(trials(60, 1)):
        tried = Program(tmp_path / "tried", sound.extra)
        shutil.rmtree(tried.home, ignore_errors=True)
        shutil.copytree(sound.home, tried.home)
        with running(tried, words, at_terminal=bool(number % 2)) as process:
            Event().wait(needed * (0.3 + 0.8 * chance.random()))
        found = soundly_kept(tried.home)
        assert found in allowed, (phase, number)
        assert not is_damaged(str(tried.home))
        assert all(examine(one.path) for one in backups(str(tried.home)))
        out, whole = tried.home / "out.json", done.home / "out.json"
        assert not out.exists() or out.read_bytes() == whole.read_bytes()
        ends["before" if found == allowed[0] else "after"] += 1
    for name, count in ends.items():
        record_property(name, count)


def test_a_review_at_a_terminal_that_is_killed_keeps_what_it_showed_as_kept(
    tmp_path: Path, record_property: Recorder
) -> None:
    chance = Random(1)  # noqa: S311 - as above
    decks = write_decks(tmp_path / "decks", many=deck("many", *CARDS))
    kills = trials(100, 2)
    shown = 0
    for number in range(kills):
        home = tmp_path / str(number)
        wanted = chance.randrange(1, 4)
        extra = {"TRAINER_HOME": str(home), "TRAINER_DECKS": str(decks)}
        extra["TRAINER_NOW"] = MONDAY.isoformat()
        terminal = Terminal(80, 24, ["-m", "trainer", "review", "many"], **extra)
        try:
            if number % 4 == 0:
                Event().wait(chance.random() / 2)
                wanted = 0
            else:
                answer_at(terminal, wanted)
                Event().wait(chance.random() / 50)
        finally:
            terminal.close()
        kept = [response for _, response in soundly_kept(home)]
        assert wanted <= len(kept) <= wanted + 1, (number, kept)
        assert kept == [f"answer-{one}" for one in range(len(kept))]
        assert not is_damaged(str(home))
        shown += wanted
    record_property("kills", kills)
    record_property("acknowledged", shown)
    assert shown


def answer_at(terminal: Terminal, count: int) -> None:
    """Answer until so many are acknowledged by the next question, and once more."""
    for number in range(count + 1):
        terminal.see(f"Say card-{number}.")
        terminal.send(f"answer-{number}\r")
        terminal.see("Again")
        terminal.send("3")


@pytest.mark.parametrize("at_terminal", [False, True])
def test_a_quiz_that_is_killed_keeps_its_answers_and_is_unfinished(
    tmp_path: Path, record_property: Recorder, *, at_terminal: bool
) -> None:
    chance = Random(2)  # noqa: S311 - as above
    decks = write_decks(tmp_path / "decks", many=deck("many", *CARDS))
    kills = trials(40, 1)
    for number in range(kills):
        program = Program(tmp_path / str(number), {"TRAINER_DECKS": str(decks)})
        wanted = 1 + chance.randrange(3)
        quiz_and_kill(program, wanted, chance, at_terminal=at_terminal)
        assert not is_damaged(str(program.home))
        with open_store(program.home) as store:
            (begun,) = store.log.quizzes()
            kept = [one.response for one in store.log.quiz_answers()]
            assert chain_is_whole(program.home)
            assert store.log.reviews() == []
        assert kept == [f"answer-{one}" for one in range(len(kept))]
        assert wanted <= len(kept) <= wanted + 1 < begun.questions
        again = program("quiz", "many", "--count", "1", given="x\n")
        assert (again.code, again.err) == (0, "")
        quizzes = program("quiz", "history", "--json").json["quizzes"]
        ends = {one["questions"]: (one["finished"], one["answered"]) for one in quizzes}
        assert ends == {20: (False, len(kept)), 1: (True, 1)}
    record_property("kills", kills)


def quiz_and_kill(
    program: Program, count: int, chance: Random, *, at_terminal: bool
) -> None:
    """Answer until so many answers are acknowledged, once more, and be killed."""
    words = ["-m", "trainer", "quiz", "many"]
    if at_terminal:
        extra = {"TRAINER_HOME": str(program.home), "PROMPT_TOOLKIT_NO_CPR": "1"}
        exam = [*words, "--mode", "exam"]
        terminal = Terminal(80, 24, exam, **program.extra, **extra)
        try:
            for number in range(count + 1):
                terminal.see(f" {number + 1}/20")
                terminal.send(f"answer-{number}\r")
            Event().wait(chance.random() / 50)
        finally:
            terminal.close()
        return
    with Conversation(program, "many", command="quiz") as talk:
        for number in range(count):
            assert talk.question()
            talk.say(f"answer-{number}")
            assert talk.told("Points: ")
        talk.say(f"answer-{count}")
        Event().wait(chance.random() / 50)
