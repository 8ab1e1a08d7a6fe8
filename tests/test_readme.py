"""What the README shows is real: sessions are run, decks are read."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import ROOT, clean_environment
from trainer.cards.lint import lint_card
from trainer.cards.reading import read_deck
from trainer.language.catalogue import say
from trainer.storage.configuration.keys import DECK_KEYS, KEYS

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)
DECKS = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("deck", DECKS)
def test_a_deck_of_the_readme_is_sound(deck: str) -> None:
    reading = read_deck(deck.encode(), "README.md", check=lint_card)
    assert reading.problems == ()
    assert reading.deck is not None


def commands(block: str) -> list[tuple[str, str]]:
    """Return the commands of a session with what each prints."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
    return [tuple(part.split("\n", 1)) for part in parts if part]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0])
def test_a_session_of_the_readme_prints_what_it_shows(
    block: str, tmp_path: Path
) -> None:
    program = tmp_path / "trainer"
    python = shlex.quote(sys.executable)
    program.write_text(f'#!/bin/sh\nexec {python} -m trainer "$@"\n')
    program.chmod(0o755)
    environment = {
        **clean_environment(),
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "TRAINER_HOME": str(tmp_path / "home"),
        "TRAINER_LANG": "en",
        "TRAINER_NOW": "2026-11-23T09:00:00+00:00",
    }
    for command, shown in commands(block):
        ran = subprocess.run(
            ["bash", "-c", command],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.stdout + ran.stderr == shown, command


def test_the_table_of_keys_is_that_of_the_program() -> None:
    rows = [
        f"| `{name}` | {f'`{key.default}`' if key.default else ''} "
        f"| {say('en', f'config.wants-{key.kind.wanted}', **key.kind.limits)} "
        f"| {say('en', f'config.about-{name}')} |\n"
        for name, key in (KEYS | DECK_KEYS).items()
    ]
    head = "| key | default | allowed | is |\n| --- | --- | --- | --- |\n"
    assert head + "".join(rows) + "\n" in TEXT
