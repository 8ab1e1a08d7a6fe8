"""The program with a fresh home, on decks made for tests or on the shipped ones."""

from pathlib import Path

import pytest

from tests.decks import deck, write_decks
from tests.program import ROOT, Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """`trainer` on two small decks of commands."""
    decks = {
        "fruit": deck("fruit", "apple", "pear", "plum"),
        "trees": deck("trees", "oak", "fir", order=2),
    }
    folder = write_decks(tmp_path / "own-decks", **decks)
    return Program(tmp_path / "home", {"TRAINER_DECKS": str(folder)})


@pytest.fixture
def shipped(tmp_path: Path) -> Program:
    """`trainer` on the decks that come with it."""
    return Program(tmp_path / "home", {"TRAINER_DECKS": str(ROOT / "decks")})
