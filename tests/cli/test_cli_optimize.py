"""`trainer optimize`: what it says, what it changes, and the way back."""

from pathlib import Path

import pytest

from tests.learners import STEADY, log_of, write_log
from tests.learning import open_store
from tests.program import Program
from trainer.scheduling.defaults import PARAMETERS


@pytest.fixture
def steady(program: Program) -> Program:
    """Return the program of one who remembers longer than most."""
    write_log(program.home, log_of(STEADY, 3000))
    return program


def in_force(home: Path) -> tuple[float, ...]:
    with open_store(home) as store:
        return next((one.parameters for one in store.log.fits()[::-1]), PARAMETERS)


def test_better_parameters_are_kept_and_can_be_put_back(steady: Program) -> None:
    tried = steady("optimize", "--dry-run", "--json").json
    assert list(tried) == [
        *("schema_version", "answers", "basis", "extent", "held_out"),
        *("better", "kept", "parameters"),
    ]
    assert (tried["better"], tried["kept"]) == (True, False)
    assert in_force(steady.home) == PARAMETERS
    said = steady("optimize")
    assert "They are in force now" in " ".join(said.out.split())
    before, after = (tried["held_out"][name] for name in ("before", "after"))
    assert after["log_loss"] < before["log_loss"]
    (row,) = [line.split()[-2:] for line in said.out.splitlines() if "log loss" in line]
    assert row == [f"{one['log_loss']:.4f}" for one in (before, after)]
    assert in_force(steady.home) == tuple(tried["parameters"])
    assert steady("simulate", "--json", "--days", "5").json["fitted"] is True
    again = steady("--lang", "zh", "optimize", "--dry-run")
    assert "并不更准" in again.out  # what is in force was fitted to the same log
    assert "默认" in steady("--lang", "zh", "optimize", "--reset", "--dry-run").out
    assert steady("optimize", "--reset", "--json").json["kept"] is True
    assert in_force(steady.home) == PARAMETERS
    refused = steady("optimize", "--reset")
    assert (refused.code, refused.out) == (2, "")
    assert "already" in refused.err


def test_with_too_few_reviews_nothing_is_fitted(program: Program) -> None:
    program("review", given="echo apple\n")
    said = program("optimize")
    assert "At least 8 are needed" in said.out
    assert in_force(program.home) == PARAMETERS
