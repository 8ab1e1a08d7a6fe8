"""What a shell offers when Tab is pressed."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from tests.decks import deck, write_decks
from tests.program import Program
from trainer.cli.completion import Typed, complete, offered
from trainer.cli.options import Options

SHELLS = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "-i"],
}
LOADED_BY = {
    "bash": 'eval "$(trainer --show-completion)"',
    "zsh": 'autoload -Uz compinit; compinit -u -D; eval "$(trainer --show-completion)"',
    "fish": "trainer --show-completion | source",
}
TITLE = r"""\$(touch broken)`touch broken`''" sweet"""
"""A title, quoted in YAML, that would be run by a shell that reads it as code."""


@pytest.fixture
def options(tmp_path: Path) -> Options:
    """Return the options of a learner who has done nothing yet."""
    fruit = deck("fruit", "apple", "pear") + "  tags: [sweet]\n"
    decks = write_decks(tmp_path / "decks", fruit=fruit, trees=deck("trees", "oak"))
    chosen = Options()
    chosen.home, chosen.decks = str(tmp_path / "home"), str(decks)
    chosen.said_lang = "en"
    return chosen


def words(options: Options, *typed: str) -> list[str]:
    """Return the words offered after some, of which the last is begun."""
    return [word for word, _ in offered(Typed(list(typed[:-1]), typed[-1]), options)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("re", ["review", "report"]),
        ("review ", ["fruit", "trees"]),
        ("review fruit ", ["trees"]),
        ("due t", ["trees"]),
        ("stats --json f", ["fruit"]),
        ("review --tag ", ["sweet"]),
        ("review --kind=c", ["--kind=command", "--kind=concept"]),
        ("review --order ", ["risk", "due", "oldest"]),
        ("card sh", ["show"]),
        ("card show fruit/a", ["fruit/apple"]),
        ("card bury trees/oak fruit/", ["fruit/apple", "fruit/pear"]),
        ("card list --topic t", ["trees"]),
        ("deck show f", ["fruit"]),
        ("deck show fruit/p", ["fruit/pear"]),
        ("deck edit fruit/p", ["fruit/pear"]),
        ("deck add t", ["trees"]),
        ("deck add fruit --kind c", ["command", "concept"]),
        ("deck add fruit --form c", ["choose", "cloze"]),
        ("export j", ["json"]),
        ("explain --grammar ", ["docker"]),
        ("grammar show d", ["docker"]),
        ("config get review.o", ["review.order"]),
        ("config set review.order ", ["risk", "due", "oldest"]),
        ("config set review.hints ", ["yes", "no"]),
        ("config set schedule.rollover ", ["04:00"]),
        ("config set nothing ", []),
        ("config set review.hints yes ", []),
        ("help ex", ["exit-codes", "export", "explain"]),
        ("--lang ", ["en", "zh"]),
        ("--lang=z", ["--lang=zh"]),
        ("review --lang = z", ["zh"]),
        ("review --color =", ["auto", "always", "never"]),
        ("--lang zh --plain review --color a", ["auto", "always"]),
        ("--home ", []),
        ("review --lang = zh fruit ", ["trees"]),
        ("due --e", ["--exit-code"]),
        ("due --asc", ["--ascii"]),
        ("grade -- --", []),
        ("nothing ", []),
        ("= = ", []),
        ("review --kind = c", ["command", "concept"]),
        ("undo ", []),
    ],
)
def test_what_may_stand_at_the_cursor_is_offered(
    typed: str, expected: list[str], options: Options
) -> None:
    assert words(options, *typed.split(" ")) == expected


def test_completion_makes_no_data_folder(options: Options) -> None:
    assert words(options, "review", "") == ["fruit", "trees"]
    assert options.home is not None
    assert not Path(options.home).exists()


def test_titles_come_in_the_language_that_is_typed(options: Options) -> None:
    offers = offered(Typed(["--lang", "zh", "review"], "f"), options)
    assert offers == [("fruit", "fruit牌组")]


def test_what_goes_wrong_is_not_written_into_the_command_line(
    options: Options,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COMP_WORDS", "trainer\nreview\n")
    monkeypatch.setenv("COMP_CWORD", "2")
    options.decks = "nowhere"
    assert complete("complete_bash", options) == 1
    assert capfd.readouterr() == ("", "")


@pytest.fixture(params=list(SHELLS))
def shell(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator["pexpect.spawn[str]"]:
    """Start a shell that completes, with a deck whose title would be code in zsh."""
    name: str = request.param
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    text = deck("fruit", "apple").replace("The fruit", f"'{TITLE}'")
    decks = write_decks(tmp_path / "decks", fruit=text)
    program = Program(tmp_path / "home", {"TRAINER_DECKS": str(decks)})
    command = tmp_path / "bin" / "trainer"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m trainer "$@"\n')
    command.chmod(0o755)
    around = {
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "TERM": "xterm",
        "TRAINER_LANG": "en",
    }
    started = pexpect.spawn(
        name,
        SHELLS[name],
        env=program.having(**around).environment,
        cwd=str(tmp_path),
        dimensions=(24, 100),
        encoding="utf-8",
        timeout=30,
    )
    started.sendline(f"{LOADED_BY[name]}; echo re''ady")
    started.expect("ready")
    yield started
    started.close(force=True)
    assert not (tmp_path / "broken").exists()


def test_a_real_shell_completes_topics_and_card_ids(
    shell: "pexpect.spawn[str]",
) -> None:
    shell.send("trainer review fr\t")
    shell.expect("fruit")
    shell.send("\x15trainer --lang zh card show fru\t")
    shell.expect("fruit/apple")
