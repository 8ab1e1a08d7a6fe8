"""Commands on a disk that fails: at each call, once or from then on, or when full."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from errno import EIO, ENOSPC
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.decks import deck, write_decks
from tests.faults import disk
from tests.faults.stage import Child, become_program, load_program
from tests.faults.trials import points
from tests.learning import MONDAY, Sitting, chain_is_whole, open_store, replayed
from tests.program import NOW
from trainer.language.errors import Exit, TrainerError
from trainer.scheduling.review import Review
from trainer.storage.backup import Reason, back_up

ANSWERS = "".join(f"answer {number} =3\n" for number in range(4))
COMMANDS: dict[str, tuple[str, ...]] = {
    "review": ("review", "--new", "4"),
    "due": ("due",),
    "prompt": ("prompt",),
    "today": (),
    "stats": ("stats",),
    "log": ("log",),
    "undo": ("undo",),
    "suspend": ("card", "suspend", "many/card-2"),
    "export": ("export", "json"),
    "backup": ("backup", "create"),
    "restore": ("backup", "restore"),
    "doctor": ("doctor",),
    "configure": ("config", "set", "review.new-per-day", "7"),
    "list": ("deck", "list"),
}
READING = ("due", "prompt", "today", "stats", "log", "export", "list")
"""The commands that only read."""


SIZES = [*range(0, 4096, 256), *range(4096, 400_000, 4096)]
"""How much a disk may have left, in bytes."""


class Fault(NamedTuple):
    """What goes wrong: which error, whether from then on, and only in writing."""

    error: int
    ever: bool
    writes: bool

    def strike(self, at: int) -> None:
        """Let the call of a number fail; 0 is none."""
        disk.fail(at, self.error, ever=self.ever, only_writes=self.writes)


FAULTS = [
    Fault(EIO, ever=False, writes=False),
    Fault(EIO, ever=True, writes=False),
    Fault(ENOSPC, ever=False, writes=True),
    Fault(ENOSPC, ever=True, writes=True),
]


class Ended(NamedTuple):
    """How a command ended, and how many calls it made."""

    code: int
    out: str
    err: str
    calls: int


def a_home(folder: Path, command: str) -> Path:
    """Make a home with decks, and unless it is the first start, some answers."""
    home = folder / command
    write_decks(home / "decks", many=deck("many", *(f"card-{n}" for n in range(8))))
    if command == "first":
        return home
    with open_store(home) as store:
        sitting = Sitting(store, MONDAY - timedelta(days=2))
        for number in range(4):
            sitting.answer(f"many/card-{number}", 3, f"old {number}")
    back_up(str(home), MONDAY - timedelta(days=2), Reason.ASKED)
    return home


def started(home: Path, words: tuple[str, ...], arm: Callable[[], object]) -> Ended:
    """Run a command in a forked process on a disk that is armed."""
    out, err, told = (home.parent / f"{home.name}.{tail}" for tail in ("o", "e", "n"))
    given = home.parent / "given"
    given.write_text(ANSWERS, encoding="utf-8")

    def act(_mouth: int) -> None:
        kept = [
            os.open(path, os.O_CREAT | os.O_TRUNC | os.O_RDWR) for path in (out, err)
        ]
        files = os.open(given, os.O_RDONLY), kept[0], kept[1]
        disk.watch(home)
        arm()
        code = become_program(
            words,
            files,
            TRAINER_HOME=str(home),
            TRAINER_DECKS=str(home / "decks"),
            TRAINER_NOW=NOW,
        )
        told.write_text(json.dumps([code, disk.calls()]), encoding="utf-8")

    told.unlink(missing_ok=True)
    code = Child(act).end()
    said, wrong = (path.read_text(encoding="utf-8") for path in (out, err))
    code, calls = json.loads(told.read_text()) if told.exists() else (code + 1000, 0)
    return Ended(code, said, wrong, calls)


def fail_everywhere(folder: str, command: str, few: int) -> dict[str, int]:
    """Let each call of a command fail in each way; count the runs."""
    load_program()
    words = COMMANDS["review" if command == "first" else command]
    sound = a_home(Path(folder), command)
    home = sound.parent / "tried"
    counts = {"points": 0, "told": 0, "went on": 0}
    for fault in FAULTS:
        for at in _points(sound, home, words, fault, few):
            ended = _tried(sound, home, words, partial(fault.strike, at))
            _check(home, ended, command, f"{fault} at {at}")
            counts["points"] += 1
            counts["told" if ended.code else "went on"] += 1
    return counts


def fill_up(folder: str, command: str, few: int) -> dict[str, int]:
    """Let the disk be full at each size; count the runs."""
    load_program()
    words = COMMANDS["review" if command == "first" else command]
    sound = a_home(Path(folder), command)
    home = sound.parent / "tried"
    counts = {"sizes": 0, "told": 0, "went on": 0}
    for room in sorted({0, *(SIZES[at - 1] for at in points(len(SIZES), few))}):
        ended = _tried(sound, home, words, partial(disk.leave_room, room))
        _check(home, ended, command, f"room for {room}")
        if command in READING:
            assert ended.code == 0, (room, ended)
        counts["sizes"] += 1
        counts["told" if ended.code else "went on"] += 1
    return counts


def _points(
    sound: Path, home: Path, words: tuple[str, ...], fault: Fault, few: int
) -> range:
    ended = _tried(sound, home, words, partial(fault.strike, 0))
    assert ended.code == 0, ended
    return points(ended.calls, few)


def _tried(
    sound: Path, home: Path, words: tuple[str, ...], arm: Callable[[], object]
) -> Ended:
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(sound, home)
    return started(home, words, arm)


def _check(home: Path, ended: Ended, command: str, fault: str) -> None:
    """Check that a sentence was said, and nothing acknowledged is lost or doubled."""
    where = f"{command}, {fault}: {ended}"
    assert ended.code in set(Exit), where
    assert "Traceback" not in ended.err, where
    assert not ended.code or ended.err.strip() or command == "doctor", where
    with open_store(home) as store:
        assert chain_is_whole(home), where
        assert store.memories() == replayed(store), where
        said = [one.response for one in store.log.reviews()]
    new = [one for one in said if one.startswith("answer")]
    assert new == [f"answer {number}" for number in range(len(new))], where
    if command in {"first", "review"}:
        acknowledged = ended.out.count("→")
        assert acknowledged <= len(new) <= acknowledged + 1, where
    had = 0 if command == "first" else 4
    undone = command == "undo"
    assert had - len(said) + len(new) in {0, int(undone)}, where


def answer_again(folder: str, few: int) -> dict[str, int]:
    """Let each call of the store fail, and write again what was not acknowledged."""
    sound, home = Path(folder) / "sound", Path(folder) / "home"
    with open_store(sound) as store:
        Sitting(store).answer("deck/old", 3, "old")
    counts = {"points": 0, "refused": 0}
    for fault in FAULTS:
        for at in points(_answering(sound, home, fault, 0)[1], few):
            refused, _ = _answering(sound, home, fault, at)
            counts["points"] += 1
            counts["refused"] += refused
    return counts


def _answering(sound: Path, home: Path, fault: Fault, at: int) -> tuple[int, int]:
    """Answer in a child, and again what was refused; return how often, and calls."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(sound, home)

    def act(mouth: int) -> None:
        disk.watch(home)
        fault.strike(at)
        refused = sum(_insisting(home))
        os.write(mouth, json.dumps([refused, disk.calls()]).encode())

    child = Child(act)
    assert child.end() == 0, (fault, at)
    refused, calls = json.loads(child.heard)
    with open_store(home) as store:
        assert chain_is_whole(home)
        assert store.memories() == replayed(store)
        found = [one.response for one in store.log.reviews()]
        assert found == ["old", *(f"new {number}" for number in range(6))], (fault, at)
    return refused, calls


def _insisting(home: Path) -> Iterator[bool]:
    """Give some answers, each until it is acknowledged; yield what was refused."""
    left = list(range(6))
    while left:
        try:
            with open_store(home) as store:
                store.check_writable()  # as before a sitting
                sitting = Sitting(store, MONDAY + timedelta(hours=1 + left[0]))
                while left:
                    number = left[0]
                    yield from _until_kept(sitting, number)
                    del left[0]
        except TrainerError:
            disk.fail(0)
            yield True


def _until_kept(sitting: Sitting, number: int) -> Iterator[bool]:
    review: Review | None = None
    while True:
        try:
            review = review or sitting.review(f"deck/{number}", 3, f"new {number}")
            sitting.store.append(review, None)
        except TrainerError:
            disk.fail(0)
            yield True
        else:
            return
