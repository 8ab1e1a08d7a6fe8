"""Help: on each command, on what stands beside them, and as a manual page."""

import re
import shlex
import shutil
import subprocess

import pytest
from typer.core import TyperGroup

from tests.program import ROOT, Program
from trainer.cards.lint import lint_card
from trainer.cards.reading import read_deck
from trainer.cli.commands.help import TOPICS
from trainer.cli.manpage import example, man_page
from trainer.cli.options import Options, split_options
from trainer.cli.reference import DECK, ENVIRONMENT, EXIT_CODES
from trainer.cli.tree import AnyCommand, root_of, subcommands, walk
from trainer.language.catalogue import say
from trainer.language.errors import Exit
from trainer.language.text import Language
from trainer.language.width import text_width
from trainer.terminal.keys import KEYS

ROOT_COMMAND = root_of([])
COMMANDS = {" ".join(path) or "trainer": one for path, one in walk(ROOT_COMMAND)}
README = (ROOT / "README.md").read_text(encoding="utf-8")


def parsed(words: list[str]) -> AnyCommand:
    """Parse a command line as the program does, without running it."""
    command: AnyCommand = ROOT_COMMAND
    rest = split_options(words, Options())
    while rest and rest[0] in subcommands(command):
        command = subcommands(command)[rest.pop(0)]
    command.make_context("trainer", rest)
    return command


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_an_example_that_parses(name: str) -> None:
    command = COMMANDS[name]
    words = shlex.split(re.split(r" (?:&&|>|\|) ", example(command))[0])
    assert words[0] == "trainer"
    found = parsed(words[1:])
    if not isinstance(command, TyperGroup):
        assert found is command


@pytest.mark.parametrize("name", subcommands(ROOT_COMMAND))
def test_each_command_stands_in_a_group_of_the_help(name: str) -> None:
    assert isinstance(COMMANDS[name].rich_help_panel, str)


def test_help_stands_in_groups_and_answers_to_its_short_name(program: Program) -> None:
    out = program("-h").out
    places = [
        out.index(f" {group} ")
        for group in ("Study", "Decks and notes", "Look back", "Keep", "Tools")
    ]
    assert places == sorted(places)
    assert program("help", "card", "show").out == program("card", "show", "-h").out


def test_help_lists_its_topics_and_guesses_what_was_meant(program: Program) -> None:
    ran = program("help")
    assert all(name in ran.out for name in TOPICS)
    ran = program("help", "envronment")
    assert (ran.code, ran.out) == (2, "")
    assert "`environment`" in ran.err


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("columns", [30, 60, 88])
@pytest.mark.parametrize("topic", [name for name in TOPICS if name != "format"])
def test_help_fits_the_terminal(
    topic: str, columns: int, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = list(TOPICS[topic](language))
    assert max(map(text_width, lines)) <= columns


def test_help_on_keys_has_all_of_them() -> None:
    text = "\n".join(TOPICS["keys"](Language.EN))
    assert all(key.told in text for key in KEYS.values())


def test_the_deck_of_the_help_is_sound_and_that_of_the_readme() -> None:
    reading = read_deck(DECK.encode(), "help", check=lint_card)
    assert reading.problems == ()
    assert f"```yaml\n{DECK}```" in README
    for language in Language:
        told = "\n".join(TOPICS["format"](language))
        assert DECK.splitlines()[-1] in told
        assert "`vars: {port: [8080, 9090]}`" in told


def test_the_tables_of_the_readme_are_those_of_the_program() -> None:
    environment = "".join(
        f"| {', '.join(f'`{name}`' for name in names)} "
        f"| {say('en', f'help.environment-{key}')} |\n"
        for key, names in ENVIRONMENT.items()
    )
    assert f"| environment | means |\n| --- | --- |\n{environment}\n" in README
    codes = "".join(f"| {n} | {say('en', f'help.exit-{n}')} |\n" for n in EXIT_CODES)
    assert f"| exit code | means |\n| --- | --- |\n{codes}\n" in README
    assert set(Exit) <= set(EXIT_CODES)


def test_the_manual_page_is_up_to_date() -> None:
    committed = (ROOT / "man" / "trainer.1").read_text(encoding="utf-8")
    assert man_page() == committed, "run `make man`"


def test_groff_finds_nothing_amiss_in_the_manual_page() -> None:
    if not shutil.which("groff"):
        pytest.skip("groff is not installed")
    ran = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", ROOT / "man" / "trainer.1"],
        capture_output=True,
        check=True,
    )
    assert ran.stderr == b""
    text = re.sub(r".\x08|\x1b\[[\d;]*m", "", ran.stdout.decode())
    for title in ("NAME", "SYNOPSIS", "COMMANDS", "ENVIRONMENT", "EXIT STATUS"):
        assert f"\n{title}\n" in text
