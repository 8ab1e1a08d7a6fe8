"""Someone who answers, and is killed at any moment."""

import os
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the same moments each time
from threading import Event

from tests.faults.plan import Plan, Row, sitting_at, soundly_kept
from tests.faults.stage import Child
from tests.learning import open_store

FEW = 30
"""After so many kills another home is begun, or checking the log takes too long."""


def kill_often(folder: str, seed: int, kills: int) -> dict[str, int]:
    """Kill a writer again and again; count what was acknowledged, kept and extra."""
    counts = {"kills": kills, "acknowledged": 0, "kept": 0, "extra": 0}
    before: list[Row] = []
    for number in range(kills):
        home = Path(folder) / f"{seed}-{number // FEW}"
        if number % FEW == 0:
            before = []
        chance = Random(f"{seed} {number}")  # noqa: S311 - as above
        plan = Plan(Random(number), f"{seed}.{number}")  # noqa: S311 - as above
        acknowledged = _killed_somewhere(home, plan, number, chance)
        log = soundly_kept(home)
        added = len(log) - len(before)
        assert log == [*before, *plan.steps[:added]], (seed, number)
        assert acknowledged <= added <= acknowledged + 1, (seed, number)
        before = log
        counts["acknowledged"] += acknowledged
        counts["kept"] += added
        counts["extra"] += added - acknowledged
    return counts


def _killed_somewhere(home: Path, plan: Plan, number: int, chance: Random) -> int:
    """Kill after some acknowledged steps, or at the start; return how many."""

    def act(mouth: int) -> None:
        with open_store(home) as store:
            sitting = sitting_at(store, number)
            for step in range(len(plan.steps)):
                plan.take(step, sitting)
                os.write(mouth, b".")

    child = Child(act)
    wanted = chance.choice((0, *range(13)))
    while len(child.heard) < wanted and child.hear():
        pass
    # opening takes some milliseconds, a step less than one
    Event().wait(chance.random() * (0.001 if wanted else 0.012))
    child.kill()
    return len(child.heard)
