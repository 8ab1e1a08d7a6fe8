"""Anki, given the same histories, remembers the same.

Its backend runs in a process of its own. `make parity` tries ten times as many.
"""

import subprocess
import sys
from datetime import time, timedelta
from pathlib import Path

import pytest

from tests.learning import MONDAY
from tests.program import clean_environment
from tests.scheduling.test_parity import TRIALS, History, history_of, memories_of
from trainer.scheduling.defaults import PARAMETERS, parameters_text
from trainer.scheduling.memory import Memory, State
from trainer.scheduling.settings import Settings
from trainer.storage.rows import milliseconds

REFERENCE = Path(__file__).parents[1] / "benchmarks" / "anki_reference.py"
ANKI = [sys.executable, str(REFERENCE)]
CHOSEN = Settings(spread=False)
LONGEST, ROLLOVER = timedelta(days=10000), time(4)
KINDS = {State.LEARNING: 0, State.REVIEW: 1, State.RELEARNING: 2}
Line = tuple[int, int, int, int]


def in_the_past(history: History) -> History:
    """Move a history by whole days so far back that it is over: Anki knows the time."""
    ago = (history[-1][0] - MONDAY).days + 2
    return [(at - timedelta(days=ago), rating) for at, rating in history]


def is_fit(history: History) -> bool:
    """Whether a history fits in: Anki begins a day a second after the rollover."""
    is_short = history[-1][0] - history[0][0] < LONGEST
    return is_short and all(at.time() != ROLLOVER for at, _ in history)


def lines_of(card: int, history: History, memories: list[Memory]) -> list[Line]:
    """Return what Anki is told of a card: instants, ratings, and where it stood."""
    before = [State.LEARNING, *(memory.state for memory in memories)]
    return [
        (milliseconds(at), card, rating.value, KINDS[state])
        for (at, rating), state in zip(history, before, strict=False)
    ]


def told(*words: str | Path, given: str = "") -> str:
    """Run a command of Anki's, in the time zone of the histories."""
    ran = subprocess.run(
        [*ANKI, *words],
        input=given,
        capture_output=True,
        text=True,
        env={**clean_environment(), "TZ": "XXX-8"},
        check=True,
    )
    return ran.stdout


def test_anki_remembers_what_the_trainer_remembers(tmp_path: Path) -> None:
    lines: list[Line] = []
    expected: list[Memory] = []
    for trial in range(TRIALS // 10):
        history = in_the_past(history_of(trial))
        if is_fit(history):
            memories = memories_of(history, CHOSEN)
            lines += lines_of(len(expected), history, memories)
            expected.append(memories[-1])
    assert len(expected) > TRIALS // 20
    path = tmp_path / "collection.anki2"
    rows = "".join(
        f"{card} {at} {rating} {kind}\n" for at, card, rating, kind in sorted(lines)
    )
    told("load", path, given=rows)
    states = told("states", path, parameters_text(PARAMETERS)).splitlines()
    for line, memory in zip(states, expected, strict=True):
        found = tuple(map(float, line.split()))
        assert found == pytest.approx((memory.stability, memory.difficulty), rel=0.01)
