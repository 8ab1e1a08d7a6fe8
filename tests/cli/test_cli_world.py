"""Around the commands: options, help, pipes, locales, and what is left alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.learning import Sitting, open_store
from tests.program import ROOT, Program, imported, started

SLOW = [
    "typer",
    "rich",
    "questionary",
    "prompt_toolkit",
    "sqlite_utils",
    "yaml",
    "fsrs",
    "dataclasses",
    "enum",
    "typing",
    "pathlib",
    "re",
    "hashlib",
    "unicodedata",
    "trainer.storage.counting",
    "trainer.cli.configured",
    "trainer.cli.prompt",
]


@pytest.mark.parametrize("words", [[], ["review"], ["config", "set"]])
def test_help_ends_with_an_example(program: Program, words: list[str]) -> None:
    ran = program(*words, "-h")
    assert (ran.code, ran.err) == (0, "")
    assert f"Example: trainer {' '.join(words)}".strip() in ran.out


def test_the_version_is_printed(program: Program) -> None:
    assert program("--version").out.startswith("trainer ")


def test_global_options_stand_before_or_after_the_command(
    program: Program, tmp_path: Path
) -> None:
    home = str(tmp_path / "elsewhere")
    for command in (["due"], ["review"], ["deck", "list"]):
        options = ["--lang", "zh", "--home", home, "--plain", "--ascii"]
        before, after = program(*options, *command), program(*command, *options)
        assert (before.code, before.out) == (0, after.out)
        assert not before.out.isascii()
    assert not program.home.exists()
    assert Path(home, "trainer.db").exists()


def test_the_language_comes_from_the_environment(program: Program) -> None:
    assert "主题" in program.having(LANG="zh_CN.UTF-8")("due").out
    assert "主题" in program.having(TRAINER_LANG="zh")("due").out
    assert "topic" in program.having(LANG="zh_CN.UTF-8", TRAINER_LANG="en")("due").out
    assert "topic" in program.having(LANG="de_DE.UTF-8")("due").out


def test_the_exit_code_of_due_says_whether_anything_is(program: Program) -> None:
    for words in (
        ["due", "-e"],
        ["due", "--exit-code", "--json"],
        ["due", "-e", "fruit"],
    ):
        assert program(*words).code == 0
    program("review", given="x =4\n" * 5)
    for words in (
        ["due", "-e"],
        ["due", "--exit-code", "--json"],
        ["due", "-e", "fruit"],
    ):
        assert program(*words).code == 1
    assert program("due").code == 0


def test_due_of_a_topic_counts_what_a_review_of_it_asks(shipped: Program) -> None:
    assert shipped("due", "--json").json["decks"][1]["new"] == 0
    due = shipped("due", "containers", "--json").json
    assert (due["new"], due["decks"][0]["new"]) == (20, 20)
    assert "Left: 20 new" in shipped("review", "containers").out


def test_a_learning_step_after_the_rollover_belongs_to_tomorrow(
    program: Program,
) -> None:
    night = program.at("2026-11-24T03:55+08:00")
    night("review", given="echo apple =3\n")  # the next step comes at 04:05
    assert night("due", "--json").json["learning"] == 0
    assert "Left: 4 new, 0 learning" in night("review").out
    later = program.at("2026-11-24T04:01+08:00")
    assert later("due", "--json").json["learning"] == 1
    assert "1 learning" in later("review").out


@pytest.mark.parametrize(
    "words", [["due"], ["due", "--json"], ["stats"], ["export", "json"]]
)
def test_a_reader_that_leaves_early_is_no_error(
    program: Program, words: list[str]
) -> None:
    program("due")
    ahead, behind = os.pipe()
    os.close(ahead)
    with os.fdopen(behind, "w") as pipe:
        process = started(program, *words, out=pipe)
        _, errors = process.communicate()
    assert (process.returncode, errors) == (0, b"")


@pytest.mark.parametrize(
    "words",
    [["due"], ["review"], ["deck", "show", "fruit"]],
)
@pytest.mark.parametrize(
    "locale",
    [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "iso-8859-1"}],
)
def test_no_locale_crashes_on_chinese(
    program: Program, words: list[str], locale: dict[str, str]
) -> None:
    program("due")
    ran = program.having(**locale)("--lang", "zh", *words, given="打印\n")
    assert ran.code == 0
    assert ran.out


def test_what_a_latin_terminal_cannot_show_is_kept_all_the_same(
    program: Program,
) -> None:
    latin = program.having(PYTHONIOENCODING="iso-8859-1")
    ran = latin("--lang", "zh", "review", given="echo apple =4\n")
    assert ran.code == 0
    assert program("export", "json").json["reviews"][0]["rating"] == 4


CLOSED = 'exec "$0" -m trainer "$@" {}'


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("words", [["due"], ["review"], ["due", "nothing"]])
def test_closed_streams_are_no_reason_to_fail(
    program: Program, closed: str, words: list[str]
) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", CLOSED.format(closed), sys.executable, *words],
        capture_output=True,
        env=program.environment,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == (2 if "nothing" in words else 0)


def test_due_starts_without_what_is_slow(program: Program) -> None:
    program("due")
    program("review", given="x\n")
    program("due")
    loaded = imported(program, "due")
    assert "trainer.storage.duecounts" in loaded
    assert loaded.intersection(SLOW) == set()
    assert not imported(program, "due", "--json") & {*SLOW} - {"enum", "re"}
    assert "trainer.storage.store" in imported(program, "due", "fruit")


def test_the_first_question_comes_without_what_is_slow(program: Program) -> None:
    program("due")
    loaded = imported(program, "review")
    assert "trainer.terminal.lines" in loaded
    slow = {"pydantic", "questionary", "prompt_toolkit", "sqlite_utils", "fsrs", "rich"}
    assert not loaded & slow


GUARD = """
import os, sys
home = sys.argv.pop(1)
def watch(event, args):
    if event.startswith("socket.") and event != "socket.gethostname":
        os._exit(97)
    if event == "open" and isinstance(args[0], (str, bytes)) and args[2] & (
        os.O_WRONLY | os.O_RDWR | os.O_CREAT
    ):
        path = os.path.abspath(os.fsdecode(args[0]))
        if not path.startswith((home, os.devnull)) and "__pycache__" not in path:
            sys.stderr.write(f"wrote {path}\\n")
            os._exit(98)
    if event in ("subprocess.Popen", "os.system", "os.exec", "os.fork"):
        os._exit(99)
sys.addaudithook(watch)
from trainer.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize(
    "words",
    [["due"], ["review"], ["stats"], ["export", "json"], ["undo"], ["deck", "lint"]],
)
def test_no_command_uses_the_network_or_writes_outside_its_home(
    program: Program, words: list[str], tmp_path: Path
) -> None:
    with open_store(program.home) as store:
        Sitting(store).answer("fruit/apple", 3)
    before = listing(tmp_path, program.home)
    done = subprocess.run(
        [sys.executable, "-c", GUARD, str(program.home), *words],
        input=b"echo pear\n",
        capture_output=True,
        env=program.environment,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert listing(tmp_path, program.home) == before


def listing(folder: Path, home: Path) -> dict[str, int]:
    """Return all files below a folder but those of a home, with their times."""
    return {
        str(path): path.stat().st_mtime_ns
        for path in sorted(folder.rglob("*"))
        if path.is_file() and home not in path.parents
    }


def test_the_shipped_decks_are_found_from_any_folder(tmp_path: Path) -> None:
    said = Program(tmp_path / "home")("due", "--json").json
    assert {"images", "containers"} <= {one["deck"] for one in said["decks"]}


def test_own_decks_in_the_home_folder_come_after_the_shipped_ones(
    program: Program, tmp_path: Path
) -> None:
    own = tmp_path / "home" / "decks"
    own.parent.mkdir()
    Path(program.extra["TRAINER_DECKS"]).rename(own)
    said = Program(tmp_path / "home")("due", "--json").json["decks"]
    assert {"images", "fruit"} <= {one["deck"] for one in said}


def test_the_printed_schema_is_the_published_one(program: Program) -> None:
    published = ROOT / "trainer" / "cards" / "deck.schema.json"
    said = program("deck", "schema").out
    assert json.loads(said) == json.loads(published.read_text(encoding="utf-8"))


def test_a_card_without_a_deck_any_more_keeps_its_history(program: Program) -> None:
    program("review", "trees", given="echo oak =4\n")
    path = Path(program.extra["TRAINER_DECKS"]) / "trees.yaml"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    there = program("export", "json").json
    assert [one["card"] for one in there["reviews"]] == ["trees/oak"]
    assert program("due", "--json").json["new"] == 3
    assert program("stats", "--json").json["reviews"]["total"] == 1
    path.write_text(text, encoding="utf-8")
    assert program("stats", "--json").json["cards"]["review"] == 1
