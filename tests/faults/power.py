"""Someone who answers while the disk is recorded, and the power cuts that follow."""

import json
import os
import shutil
import sqlite3
import traceback
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the same cuts each time

from tests.faults.disk import watch
from tests.faults.images import Call, Disk, calls_in
from tests.faults.plan import Plan, Row, sitting_at, soundly_kept
from tests.faults.stage import Child
from tests.learning import MONDAY, open_store
from tests.program import ROOT
from trainer.language.errors import TrainerError
from trainer.storage.backup import Reason, back_up, backups, restore

HEARD = "heard"
"""The file in a home to which is written what was acknowledged."""

VERSION_1 = ROOT / "tests" / "storage" / "version-1.sql"
LONG = 100
"""How often a response is repeated, so that the log soon needs a checkpoint."""

LATER = 99
"""Later than what the stored database of the first version holds."""

States = list[list[Row]]
"""What the log holds at first, and after each step."""


class Desk:
    """A home in which someone learns: what its log held after each step, who hears."""

    def __init__(self, home: Path, seed: int, heard: int) -> None:
        """Sit down at a home that may hold something."""
        self.home, self._heard = home, heard
        self.plan = Plan(Random(seed), f"{seed}", LONG)  # noqa: S311 - as above
        self.states: States = [[]]
        self._taken = 0

    @property
    def rows(self) -> list[Row]:
        """What the log holds now."""
        return self.states[-1]

    def learn(self, steps: int, *, safe: bool = True, early: bool = False) -> None:
        """Open the store and take some steps; be told of each, or too early."""
        with open_store(self.home) as store:
            if not safe:
                store._db.execute("PRAGMA synchronous = NORMAL")  # noqa: SLF001 - the control
            sitting = sitting_at(store, LATER + self._taken)
            for number in range(self._taken, self._taken + steps):
                rows = [*self.rows, self.plan.steps[number]]
                take = partial(self.plan.take, number, sitting)
                self.do(take, rows, early=early)
        self._taken += steps

    def do(
        self, act: Callable[[], object], rows: list[Row], *, early: bool = False
    ) -> None:
        """Do something that leads to a log; be told after it, or before."""
        if early:
            os.write(self._heard, b".")
        act()
        if not early:
            os.write(self._heard, b".")
        self.states.append(rows)


def answering(desk: Desk) -> None:
    """Answer in several sittings, with checkpoints and backups in between."""
    for _ in range(3):
        desk.learn(60)
        desk.do(lambda: back_up(str(desk.home), MONDAY, Reason.ASKED), desk.rows)


def restoring(desk: Desk) -> None:
    """Go back to a backup, twice, and go on."""
    home = str(desk.home)
    desk.learn(20)
    desk.do(lambda: back_up(home, MONDAY, Reason.ASKED), desk.rows)
    (made,), kept = backups(home), desk.rows
    for _ in range(2):
        desk.learn(20)
        desk.do(lambda: restore(home, made, MONDAY), kept)
    desk.learn(20)


def migrating(desk: Desk) -> None:
    """Bring an old store up to date."""
    desk.states = [soundly_kept(desk.home.parent / "migrated")]
    desk.do(lambda: open_store(desk.home).close(), desk.rows)
    desk.learn(10)


def unsafely(desk: Desk) -> None:
    """Answer without waiting for the disk: a control, which loses answers."""
    desk.learn(60, safe=False)


def too_early(desk: Desk) -> None:
    """Be told of each answer before it is written: a control, too."""
    desk.learn(60, early=True)


WORKS: dict[str, Callable[[Desk], None]] = {
    one.__name__: one for one in (answering, restoring, migrating, unsafely, too_early)
}


def cut_power(folder: str, work: str, seed: int, cuts: int) -> dict[str, int]:
    """Record a work, and look at what is left after cuts at any point; count."""
    home = Path(folder) / f"{work}-{seed}" / "home"
    home.mkdir(parents=True)
    if work == "migrating":
        _make_old(home)
    image = Disk(home)
    calls, states = _recorded(home, work, seed)
    chance = Random(f"{work} {seed}")  # noqa: S311 - as above
    counts = {"cuts": cuts, "acknowledged": 0, "kept": 0, "lost": 0, "broken": 0}
    told, followed = 0, 0
    for place in sorted(chance.randint(0, len(calls)) for _ in range(cuts)):
        for call in calls[followed:place]:
            told += call.what == b"!"
            image.follow(call)
        followed = place
        shutil.rmtree(home)
        _write(home, image.after_cut(chance))
        counts["acknowledged"] += told
        counts[_verdict(home, states[told : told + 2])] += 1
    del counts["kept"]
    return counts


def _make_old(home: Path) -> None:
    for one in (home, home.parent / "migrated"):
        one.mkdir(exist_ok=True)
        with closing(sqlite3.connect(one / "trainer.db")) as db:
            db.executescript(VERSION_1.read_text(encoding="utf-8"))


def _recorded(home: Path, work: str, seed: int) -> tuple[list[Call], States]:
    """Return what a work did to the disk, and its states; `!` is what was told."""
    record, states = home.parent / "record", home.parent / "states"

    def act(_mouth: int) -> None:
        log = os.open(record, os.O_CREAT | os.O_WRONLY)
        watch(home, log)
        heard = os.open(home / HEARD, os.O_CREAT | os.O_WRONLY)
        desk = Desk(home, seed, heard)
        WORKS[work](desk)
        states.write_text(json.dumps(desk.states), encoding="utf-8")

    assert Child(act).end() == 0
    calls = list(calls_in(record.read_bytes()))
    node = next(one.node for one in calls if one.one.endswith(f"/{HEARD}"))
    kept = [
        one._replace(what=b"!") if (one.what, one.node) == (b"w", node) else one
        for one in calls
        if (one.what, one.node) != (b"c", node)
    ]
    known = json.loads(states.read_text(encoding="utf-8"))
    return kept, [[tuple(row) for row in state] for state in known]


def _write(home: Path, files: dict[str, bytes]) -> None:
    home.mkdir()
    for name, data in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _verdict(home: Path, allowed: States) -> str:
    try:
        return "kept" if soundly_kept(home) in allowed else "lost"
    except (TrainerError, AssertionError):
        traceback.print_exc()
        return "broken"
