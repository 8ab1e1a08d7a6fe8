"""Harvesting a grammar: reading help in every dialect, and asking a real client."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from trainer.exchange.harvest.files import (
    NotJsonError,
    drift,
    grammar_text,
    list_grammars,
    read_grammar,
    read_overlay,
    write_grammar,
)
from trainer.exchange.harvest.harvest import NoCommandsError, harvest_grammar
from trainer.exchange.harvest.helptext import operands_of, parse_help
from trainer.exchange.harvest.overlay import Overlay, merge
from trainer.exchange.harvest.probe import ProgramMissingError, counts_in
from trainer.grading.shape import GrammarData, OperandData, OptionData, check_grammar

GRAMMARS = Path(__file__).parents[2] / "trainer/grading/grammars"

DOCKER_STYLE = """\
Usage:  tool crate ls [OPTIONS] [NAME...]

Show the crates, whichever
they are: all of them.

Aliases:
  tool crate ls, tool crate list, tool crates

Options:
  -a, --all             Also the empty ones (default shows only full ones)
  -f, --filter filter   Keep only what matches a condition that takes
                        more than one line, such as
                        --colour red
  -n, --last int        The last n crates (default -1)
      --map map         Pairs (default map[])
      --size bytes      How
                        large (default "64m")
"""

HELM_STYLE = """\
Puts charts on a shelf.

Usage:
  tool shelf put [NAME] [CHART] [flags]

Aliases:
  put, add

Examples:
  tool shelf put --now

Available Commands:
  deep        go deeper
  x2          with a digit

Flags:
      --atomic              undo it all where one fails
      --dry-run string[="client"]   only pretend
  -h, --help                help for put
      --timeout duration    how long to wait (default 5m0s)

Global Flags:
      --debug               say more
  -n, --namespace string    where

Use "tool shelf put [command] --help" for more.
"""

GH_STYLE = """\
Work with issues.

USAGE
  tool issue list [flags]

ALIASES
  tool issue ls

TARGETED COMMANDS
  close:         Close one
  pin:           Pin one

FLAGS
  -L, --limit int      How many (default 30)
  -w, --web            In the browser

INHERITED FLAGS
      --help   Show help

LEARN MORE
  --nothing here
"""

KUBECTL_STYLE = """\
Look at things.

Examples:
  # All of them
  tool get --all

Options:
    -A, --all-namespaces=false:
\tEverywhere. Use --all-namespaces=true: it helps.

    --chunk-size=500:
\tHow many at once.

    -f, --filename=[]:
\tFiles.

    -o, --output='':
\tHow to print.

    --wait=0s:
\tHow long.

Usage:
  tool get [(-o|--output=)json|yaml] (TYPE NAME | TYPE/NAME ...) [flags] [options]

Use "tool options" for a list of global options.
"""


def test_dockers_help_is_read() -> None:
    page = parse_help(DOCKER_STYLE)
    assert page.usage == ("tool crate ls [OPTIONS] [NAME...]",)
    assert page.aliases == ("tool crate ls", "tool crate list", "tool crates")
    assert page.options == (
        OptionData(long="all", short="a", type="bool"),
        OptionData(long="filter", short="f", type="filter"),
        OptionData(long="last", short="n", type="int", default="-1"),
        OptionData(long="map", type="map"),
        OptionData(long="size", type="bytes", default="64m"),
    )


def test_helms_help_is_read() -> None:
    page = parse_help(HELM_STYLE)
    assert page.usage == ("tool shelf put [NAME] [CHART] [flags]",)
    assert page.aliases == ("put", "add")
    assert page.commands == ("deep", "x2")
    assert page.options == (
        OptionData(long="atomic", type="bool"),
        OptionData(long="dry-run", type="string", bare="client"),
        OptionData(long="help", short="h", type="bool"),
        OptionData(long="timeout", type="duration", default="5m0s"),
    )
    assert [one["long"] for one in page.inherited] == ["debug", "namespace"]


def test_ghs_help_is_read() -> None:
    page = parse_help(GH_STYLE)
    assert page.usage == ("tool issue list [flags]",)
    assert page.aliases == ("tool issue ls",)
    assert page.commands == ("close", "pin")
    assert page.options == (
        OptionData(long="limit", short="L", type="int", default="30"),
        OptionData(long="web", short="w", type="bool"),
    )
    assert page.inherited == (OptionData(long="help", type="bool"),)


def test_kubectls_help_is_read() -> None:
    page = parse_help(KUBECTL_STYLE)
    assert page.options == (
        OptionData(long="all-namespaces", short="A", type="bool"),
        OptionData(long="chunk-size", type="int", default="500"),
        OptionData(long="filename", short="f", type="list"),
        OptionData(long="output", short="o", type="string"),
        OptionData(long="wait", type="duration", default="0s"),
    )
    assert len(page.usage) == 1


@pytest.mark.parametrize("text", ["", "\n", "no help here", "Usage:", "Options:\n--"])
def test_what_is_no_help_page_is_read_as_an_empty_one(text: str) -> None:
    page = parse_help(text)
    assert (page.options, page.commands, page.usage) == ((), (), ())


@pytest.mark.parametrize(
    ("synopsis", "operands"),
    [
        ("tool ls [OPTIONS]", []),
        ("tool rm NAME [NAME...]", [{"role": "name", "most": None}]),
        ("tool ls [NAME...]", [{"role": "name", "least": 0, "most": None}]),
        (
            "tool run [OPTIONS] IMAGE [COMMAND] [ARG...]",
            [
                {"role": "image"},
                {"role": "command", "least": 0},
                {"role": "arg", "least": 0, "most": None},
            ],
        ),
        ("tool build [OPTIONS] PATH | URL | -", [{"role": "path"}]),
        ("tool close {<number> | <url>} [flags]", [{"role": "number"}]),
        ("tool get (-f FILE | TYPE) [flags]", []),
    ],
)
def test_operands_are_guessed_from_the_synopsis(
    synopsis: str, operands: list[OperandData]
) -> None:
    assert operands_of(synopsis, ["word"]) == operands


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ('"tool x" requires at least 1 and at most 2 arguments.', (1, 2)),
        ('"tool x" requires at least 1 argument.', (1, None)),
        ('"tool x" requires at most 1 argument.', (0, 1)),
        ("'tool x' requires 2 arguments", (2, 2)),
        ('"tool x" requires exactly 1 argument.', (1, 1)),
        ("accepts 1 arg(s), received 0", (1, 1)),
        ('"tool x" accepts no arguments.', (0, 0)),
        ("cannot connect", None),
    ],
)
def test_a_refusal_tells_how_many_operands_there_may_be(
    said: str, counts: tuple[int, int | None] | None
) -> None:
    assert counts_in(said) == counts


CLIENT = '''\
#!{python}
"""A client with two levels of commands, a hidden alias and a hidden option."""
import os, sys

HELP = {{
    (): "Usage:\\n  shelf [command]\\n\\nAvailable Commands:\\n"
        "  book   books\\n  open   open\\n",
    ("book",): "Usage:\\n  shelf book [command]\\n\\nAliases:\\n  book, b\\n\\n"
        "Available Commands:\\n  add   add one\\n",
    ("book", "add"): "Usage:\\n  shelf book add TITLE [flags]\\n\\nFlags:\\n"
        "  -y, --year int   when (default 1900)\\n",
    ("open",): "Usage:\\n  shelf open PROGRAM [ARG...]\\n",
}}
GLOBAL = "\\nGlobal Flags:\\n      --home string   where (default \\"{{}}\\")\\n"
SAME = {{("b",): ("book",), ("book", "new"): ("book", "add")}}

args = sys.argv[1:]
if args == ["--version"]:
    sys.exit("shelf version v1.2.3")
path = ()
while args and SAME.get((*path, args[0]), (*path, args[0])) in HELP:
    path = SAME.get((*path, args[0]), (*path, args[0]))
    args.pop(0)
if "--help" in args:
    print(HELP[path] + GLOBAL.format(os.environ["HOME"] + "/shelf"))
    sys.exit()
for arg in args:
    if not arg.startswith("-") and path == ("open",):
        break
    if arg == "--old":
        sys.exit("Error: flag needs an argument: --old")
    if arg.startswith("--"):
        sys.exit("Error: unknown flag: " + arg)
'''


@pytest.fixture(name="shelf")
def fixture_shelf(tmp_path: Path) -> Path:
    path = tmp_path / "shelf"
    path.write_text(CLIENT.format(python=sys.executable), encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_client_is_harvested_with_what_its_help_conceals(shelf: Path) -> None:
    overlay = Overlay(
        probe_words=["new", "old"],
        probe_options={"old": "", "older": "book"},
        synonyms={"old": "year"},
        kinds={"year": "time"},
    )
    assert harvest_grammar(shelf, overlay) == {
        "schema": 1,
        "program": "shelf",
        "version": "1.2.3",
        "options": [{"long": "home", "type": "string", "default": "~/shelf"}],
        "everywhere": [{"long": "home", "type": "string", "default": "~/shelf"}],
        "commands": [
            {"path": "book", "aliases": ["b"], "runnable": False},
            {
                "path": "book add",
                "aliases": ["book new"],
                "options": [
                    {
                        "long": "year",
                        "short": "y",
                        "type": "int",
                        "default": "1900",
                        "synonyms": ["old"],
                        "kind": "time",
                    }
                ],
                "operands": [{"role": "title"}],
            },
            {
                "path": "open",
                "options": [{"long": "old", "type": "string", "hidden": True}],
                "operands": [
                    {"role": "program"},
                    {"role": "arg", "least": 0, "most": None},
                ],
                "interspersed": False,
            },
        ],
    }


def test_a_harvest_is_the_same_every_time(shelf: Path) -> None:
    first, second = (grammar_text(harvest_grammar(shelf)) for _ in range(2))
    assert first == second


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProgramMissingError, match="nowhere"):
        harvest_grammar(tmp_path / "nowhere")


def test_a_program_without_commands_is_refused() -> None:
    with pytest.raises(NoCommandsError, match="lists no commands"):
        harvest_grammar(shutil.which("true") or "true")


SMALL: GrammarData = {
    "schema": 1,
    "program": "tool",
    "version": "1",
    "commands": [
        {"path": "rm", "options": [{"long": "force", "type": "bool"}]},
        {"path": "ls"},
    ],
}


def test_the_overlay_adds_replaces_and_keeps_the_rest() -> None:
    overlay = Overlay(
        commands=[
            {
                "paths": ["rm", "new"],
                "aliases": ["del"],
                "options": [{"long": "force", "short": "f"}, {"long": "all"}],
                "slips": {"--forced": "--force"},
            },
            {"paths": ["rm"], "aliases": ["del", "x"], "slips": {"--al": "--all"}},
        ],
    )
    rm = merge(SMALL, overlay)["commands"][2]
    assert rm == {
        "path": "rm",
        "aliases": ["del", "x"],
        "options": [
            {"long": "all"},
            {"long": "force", "type": "bool", "short": "f"},
        ],
        "slips": {"--forced": "--force", "--al": "--all"},
    }


def test_merging_sorts_commands_and_adds_new_ones() -> None:
    merged = merge(SMALL, Overlay(commands=[{"paths": ["new"]}]))
    assert [one["path"] for one in merged["commands"]] == ["ls", "new", "rm"]


def test_kinds_go_to_options_that_take_a_value() -> None:
    overlay = Overlay(
        kinds={"force": "x", "since": "time"},
        commands=[{"paths": ["ls"], "options": [{"long": "since"}]}],
    )
    ls, rm = merge(SMALL, overlay)["commands"]
    assert ls["options"] == [{"long": "since", "kind": "time"}]
    assert rm["options"] == [{"long": "force", "type": "bool"}]


def test_drift_says_what_is_new_gone_and_changed() -> None:
    new = merge(
        {**SMALL, "version": "2"},
        Overlay(
            commands=[
                {"paths": ["rm"], "options": [{"long": "force", "short": "f"}]},
                {"paths": ["up"]},
            ]
        ),
    )
    del new["commands"][0]
    assert drift(SMALL, new) == [
        "commands ls: gone",
        'commands rm options --force short: new, "f"',
        'commands up: new, {"path": "up"}',
        "everywhere: new, {}",
        "options: new, {}",
        'version: "1" -> "2"',
    ]
    assert drift(new, new) == []


def test_a_file_is_one_line_a_command_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "own" / "tool.json"
    write_grammar(SMALL, path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert '{"path": "ls"}' in lines
    assert json.loads(path.read_text(encoding="utf-8")) == SMALL
    assert read_grammar(path).find(["rm"])[1] == 1


def test_a_folders_grammars_are_listed_without_overlays(tmp_path: Path) -> None:
    for name in ("tool.json", "box.json", "tool.overlay.json", "notes.md"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    assert list_grammars(tmp_path) == ["box", "tool"]
    assert list_grammars(tmp_path / "missing") == []


def test_a_file_that_is_not_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "tool.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(NotJsonError, match=r"tool\.json"):
        read_grammar(path)


def test_a_missing_overlay_is_an_empty_one(tmp_path: Path) -> None:
    assert read_overlay(tmp_path / "tool.overlay.json") == {}


def test_dockers_grammar_has_not_drifted_from_the_installed_client() -> None:
    docker = shutil.which("docker")
    if docker is None:
        pytest.skip("the docker client is not installed")
    shipped = json.loads((GRAMMARS / "docker.json").read_text(encoding="utf-8"))
    overlay = read_overlay(GRAMMARS / "docker.overlay.json")
    harvested = check_grammar(harvest_grammar(docker, overlay))
    if harvested["version"] != shipped["version"]:
        pytest.skip(
            f"docker {harvested['version']} is installed; the grammar is of "
            f"{shipped['version']}: {len(drift(shipped, harvested))} changes"
        )
    assert drift(shipped, harvested) == []


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "\0", "é"])
def test_a_grammar_that_is_no_json_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(NotJsonError):
        read_grammar(path)


def test_a_grammar_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "odd.json")
    with pytest.raises(OSError, match="plain"):
        read_grammar(tmp_path / "odd.json")
