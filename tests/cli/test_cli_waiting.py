"""What takes long says so at a terminal, and nowhere else."""

import os
import pty
import sys

import pytest

from trainer.cli.options import Options
from trainer.cli.waiting import said_if_long
from trainer.cli.world import make_world


def test_what_takes_long_says_so_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with said_if_long(make_world(Options()), "stats.reading", patience=0):
            assert b"log" in os.read(ours, 1000)
    os.close(ours)


def test_nothing_is_said_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    with said_if_long(make_world(Options()), "stats.reading", patience=0):
        pass
    assert capsys.readouterr() == ("", "")
