"""Killed at any moment, a review loses nothing that it acknowledged."""

import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the same moments each time
from threading import Event

import pytest

from tests.conversation import Conversation
from tests.decks import deck, write_decks
from tests.faults.trials import trials
from tests.learning import chain_is_whole, open_store, replayed
from tests.program import Program
from trainer.scheduling.review import Review

KILLS = trials(200, 8)
SEED = 20261123
CARDS = [f"card-{number}" for number in range(20)]


def program_in(folder: Path) -> Program:
    """Return a program with a home and a deck of its own."""
    decks = write_decks(folder / "decks", many=deck("many", *CARDS))
    return Program(folder / "home", {"TRAINER_DECKS": str(decks)})


def soundly_kept(program: Program) -> list[Review]:
    """Return the log, after checking that nothing needs repair."""
    with open_store(program.home) as store:
        assert chain_is_whole(program.home)
        assert store.memories() == replayed(store)
        return store.log.reviews()


def kill_somewhere(talk: Conversation, chance: Random) -> tuple[list[str], int]:
    """Answer, and kill at a moment of chance.

    Return the answers sent and how many of them were acknowledged.
    """
    sent: list[str] = []
    acknowledged = 0
    for _ in range(chance.randrange(5)):
        talk.question()
        sent.append(f"answer {chance.random()}")
        talk.say(f"{sent[-1]} =1")
        if talk.acknowledged() is not None:
            acknowledged += 1
    if chance.random() < 0.7:
        talk.question()
        sent.append(f"answer {chance.random()}")
        talk.say(f"{sent[-1]} =1")
    Event().wait(chance.choice([0, chance.random() / 100, chance.random() / 1000]))
    talk.process.kill()
    rest, _ = talk.process.communicate()
    return sent, acknowledged + rest.decode().count("\u2192")


def many_kills(folder: Path, kills: int, seed: int) -> int:
    """Kill a review again and again in one home; return how much was acknowledged."""
    chance = Random(seed)  # noqa: S311 - the same moments each time
    program = program_in(folder)
    kept: list[str] = []
    for _ in range(kills):
        with Conversation(program, "--new", "20") as talk:
            sent, acknowledged = kill_somewhere(talk, chance)
        log = [one.response for one in soundly_kept(program)]
        added = len(log) - len(kept)
        assert log == [*kept, *sent[:added]]
        assert acknowledged <= added <= acknowledged + 1
        kept = log
    return len(kept)


def test_many_kills_lose_nothing_acknowledged(tmp_path: Path) -> None:
    homes = [tmp_path / str(number) for number in range(4)]
    share = KILLS // len(homes)
    with ThreadPoolExecutor(len(homes)) as pool:
        runs = [
            pool.submit(many_kills, home, share, SEED + number)
            for number, home in enumerate(homes)
        ]
    answered = [run.result() for run in runs]
    assert sum(answered) > KILLS / 2
    ran = program_in(homes[0])("stats", "--json")
    assert ran.json["reviews"]["total"] == answered[0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_other_signals_keep_everything_too(
    tmp_path: Path, number: signal.Signals
) -> None:
    program = program_in(tmp_path)
    with Conversation(program) as talk:
        for answer in ("one", "two"):
            talk.question()
            talk.say(answer)
            assert talk.acknowledged()
        talk.question()
        talk.process.send_signal(number)
        _, errors = talk.process.communicate()
    assert errors == b""
    if number is signal.SIGINT:
        assert talk.process.returncode == 130
    assert [one.response for one in soundly_kept(program)] == ["one", "two"]
    assert program("review", given="three\n").code == 0


def test_a_kill_during_the_very_first_start_needs_no_repair(tmp_path: Path) -> None:
    chance = Random(SEED)  # noqa: S311 - the same moments each time
    program = program_in(tmp_path)
    for _ in range(trials(100, 4)):
        with Conversation(program) as talk:
            Event().wait(0.1 + chance.random() / 4)
            talk.process.kill()
        soundly_kept(program)
    assert program("review", given="one\n").code == 0
    assert len(soundly_kept(program)) == 1
