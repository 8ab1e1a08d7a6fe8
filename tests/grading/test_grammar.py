"""The grammar of a command line: reading the file, and finding one's way in it."""

import json
from pathlib import Path

import pytest

from trainer.grading.grammar import (
    Command,
    Grammar,
    Operand,
    Option,
    UnknownGrammarError,
    load_grammar,
    parse_grammar,
)
from trainer.grading.shape import GrammarError
from trainer.language.text import Language

DOCKER = Path(__file__).parents[2] / "trainer/grading/grammars/docker.json"


@pytest.fixture(name="docker")
def fixture_docker() -> Grammar:
    return load_grammar("docker")


def found(grammar: Grammar, line: str) -> Command:
    command, _ = grammar.find(line.split())
    assert command is not None
    return command


def option(grammar: Grammar, line: str, name: str) -> Option:
    known = found(grammar, line).option(name)
    assert known is not None
    return known


@pytest.mark.parametrize(
    ("line", "path", "used"),
    [
        ("ps -a", ("container", "ls"), 1),
        ("container ps", ("container", "ls"), 2),
        ("container list", ("container", "ls"), 2),
        ("images", ("image", "ls"), 1),
        ("rmi nginx", ("image", "rm"), 1),
        ("image rmi nginx", ("image", "rm"), 2),
        ("remove web", ("container", "rm"), 1),
        ("buildx build .", ("image", "build"), 2),
        ("stack down web", ("stack", "rm"), 2),
        ("network nowhere", ("network",), 1),
        ("compose up -d", ("compose", "up"), 2),
    ],
)
def test_the_longest_name_counts_and_aliases_lead_to_the_canonical_command(
    docker: Grammar, line: str, path: tuple[str, ...], used: int
) -> None:
    command, words = docker.find(line.split())
    assert command is not None
    assert (command.path, words) == (path, used)


@pytest.mark.parametrize("line", ["", "nonsense", "-a ps", "ls"])
def test_what_names_nothing_is_not_found(docker: Grammar, line: str) -> None:
    assert docker.find(line.split()) == (None, 0)


def test_an_option_is_found_by_every_way_to_write_it(docker: Grammar) -> None:
    run = found(docker, "run")
    assert run.option("-p") == run.option("--publish")
    assert run.option("--net") == run.option("--network")
    assert run.option("-net") is None
    assert option(docker, "stop", "--time").long == "timeout"


@pytest.mark.parametrize(
    ("line", "name", "long"),
    [
        ("run", "-h", "hostname"),
        ("ps", "-h", "help"),
        ("logs", "-f", "follow"),
        ("rm", "-f", "force"),
        ("images", "-f", "filter"),
        ("build", "-t", "tag"),
        ("exec", "-t", "tty"),
        ("logs", "-t", "timestamps"),
        ("stop", "-t", "timeout"),
        ("build", "-o", "output"),
    ],
)
def test_a_letter_means_what_its_command_says(
    docker: Grammar, line: str, name: str, long: str
) -> None:
    assert option(docker, line, name).long == long


def test_nine_commands_take_no_options_after_operands(docker: Grammar) -> None:
    strict = {" ".join(one.path) for one in docker.commands if not one.interspersed}
    assert strict == {
        "compose exec",
        "compose run",
        "container commit",
        "container create",
        "container exec",
        "container run",
        "container top",
        "image tag",
        "service create",
    }


@pytest.mark.parametrize(
    ("line", "least", "most"),
    [
        ("run", 1, None),
        ("exec", 2, None),
        ("cp", 2, 2),
        ("tag", 2, 2),
        ("ps", 0, 0),
        ("rm", 1, None),
        ("stats", 0, None),
        ("images", 0, 1),
        ("volume create", 0, 1),
        ("build", 1, 1),
        ("login", 0, 1),
    ],
)
def test_the_number_of_operands_is_known(
    docker: Grammar, line: str, least: int, most: int | None
) -> None:
    command = found(docker, line)
    assert (command.least, command.most) == (least, most)


def test_order_matters_where_the_operands_differ_in_role(docker: Grammar) -> None:
    assert found(docker, "rm").operands == (
        Operand("container", most=None, ordered=False),
    )
    assert [one.role for one in found(docker, "run").operands] == ["image", "command"]
    assert [one.role for one in found(docker, "tag").operands] == ["image", "image"]


@pytest.mark.parametrize(
    ("line", "name", "default"),
    [
        ("run", "--network", "default"),
        ("run", "--pull", "missing"),
        ("run", "--restart", "no"),
        ("run", "-d", "false"),
        ("logs", "--tail", "all"),
        ("stop", "-t", "10"),
        ("kill", "-s", "KILL"),
        ("network create", "-d", "bridge"),
        ("build", "-f", "Dockerfile"),
        ("build", "--progress", "auto"),
        ("run", "--name", ""),
    ],
)
def test_the_default_in_force_is_known_also_where_the_server_sets_it(
    docker: Grammar, line: str, name: str, default: str
) -> None:
    assert option(docker, line, name).default == default


def test_repeatable_options_gather_and_others_do_not(docker: Grammar) -> None:
    run = found(docker, "run")
    repeatable = {one.long for one in run.options if one.repeatable}
    assert {"publish", "volume", "env", "mount", "label"} <= repeatable
    assert not {"name", "network-mode", "memory", "detach"} & repeatable
    assert option(docker, "service create", "-p").repeatable


@pytest.mark.parametrize(
    ("line", "name", "kind"),
    [
        ("run", "-p", "port"),
        ("run", "-v", "volume"),
        ("run", "--mount", "mount"),
        ("run", "-m", "bytes"),
        ("run", "-e", "env"),
        ("ps", "-f", "filter"),
        ("build", "-t", "image"),
        ("run", "--health-interval", "duration"),
        ("rm", "-v", ""),
        ("cp", "-a", ""),
    ],
)
def test_the_kind_of_a_value_is_known(
    docker: Grammar, line: str, name: str, kind: str
) -> None:
    assert option(docker, line, name).kind == kind


def test_what_was_removed_stays_known_and_says_what_to_write_instead(
    docker: Grammar,
) -> None:
    stars = option(docker, "search", "--stars")
    assert (stars.removed, stars.instead) == ("20.10", "--filter stars=N")
    assert found(docker, "daemon").instead == "dockerd"
    assert option(docker, "commit", "-p").instead == "--no-pause"


def test_what_only_a_plugin_brings_says_which(docker: Grammar) -> None:
    assert option(docker, "build", "--push").plugin == "buildx"
    assert option(docker, "build", "--tag").plugin is None
    assert found(docker, "compose up").plugin == "compose"


def test_slips_name_what_was_meant(docker: Grammar) -> None:
    assert found(docker, "run").slips["--public-all"] == "--publish-all"
    assert found(docker, "logs").slips["--follows"] == "--follow"
    assert found(docker, "build").slips["--on-build"] == "--no-cache"


def test_every_slip_leads_to_an_option_and_is_none_itself(docker: Grammar) -> None:
    for command in docker.commands:
        for written, meant in command.slips.items():
            assert command.option(written) is None
            bundled = meant.removeprefix("-")
            letters = () if meant.startswith("--") else (f"-{one}" for one in bundled)
            for name in letters or (meant,):
                assert command.option(name), (command.path, meant)


def test_no_name_of_an_option_in_force_is_taken_twice(docker: Grammar) -> None:
    for command in docker.commands:
        names = [
            name
            for one in command.options
            if one.long != "help" and not one.removed
            for name in one.names()
        ]
        assert len(names) == len(set(names)), command.path


def test_every_command_is_found_by_each_of_its_names(docker: Grammar) -> None:
    for command in docker.commands:
        for name in (command.path, *command.aliases):
            assert docker.find(name) == (command, len(name))


def test_groups_do_not_run_and_name_what_may_follow(docker: Grammar) -> None:
    assert not found(docker, "image").runnable
    after = docker.words_after(("image",))
    assert {"ls", "list", "rm", "rmi", "build", "prune"} <= set(after)
    assert {"run", "ps", "network"} <= set(docker.words_after(()))
    assert "daemon" not in docker.words_after(())


def test_global_options_stand_before_the_command(docker: Grammar) -> None:
    assert {"host", "context", "log-level", "version", "help"} <= {
        one.long for one in docker.options
    }
    assert docker.command(()).option("-H") in docker.options
    assert found(docker, "ps").option("-H") is None


def test_a_switch_takes_no_value_nor_does_an_option_that_may_stand_alone() -> None:
    assert Option("name").takes_value
    assert not Option("force", type="bool").takes_value
    assert not Option("dry-run", bare="client").takes_value


def test_an_unknown_grammar_is_named_with_those_that_exist() -> None:
    for name in ("podman", "../grammars/docker", "docker.overlay"):
        with pytest.raises(UnknownGrammarError, match="docker"):
            load_grammar(name)


def test_the_shipped_file_passes_the_check_for_learners_files() -> None:
    grammar = parse_grammar(json.loads(DOCKER.read_text(encoding="utf-8")))
    assert (grammar.program, grammar.version) == ("docker", "28.2.2")
    assert grammar.commands == load_grammar("docker").commands


MINIMAL = {"schema": 1, "program": "tool", "version": "1", "commands": []}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": 2}, "schema 2"),
        ({"program": 3}, "`.program` should be a text"),
        ({"colour": "red"}, "unknown field `colour`"),
        ({"commands": {}}, "`.commands` should be a list"),
        ({"commands": ["ls"]}, r"`.commands\[0\]` should be a mapping"),
        ({"commands": [{}]}, "lacks the field `path`"),
        ({"commands": [{"path": "a  b"}]}, "one blank"),
        ({"commands": [{"path": ""}]}, "one blank"),
        ({"commands": [{"path": "a", "hidden": 1}]}, "true or false"),
        ({"commands": [{"path": "a", "slips": []}]}, "a mapping"),
        ({"commands": [{"path": "a", "slips": {"--x": 1}}]}, "a text"),
        (
            {"commands": [{"path": "a", "operands": [{"role": "x", "most": "2"}]}]},
            r"operands\[0\].most` should be a number",
        ),
        ({"options": [{"long": "x", "short": "xy"}]}, "one letter"),
        ({"options": [{"long": "x", "repeatable": "no"}]}, "true or false"),
    ],
)
def test_a_learners_file_is_checked_and_the_fault_is_named(
    change: dict[str, object], said: str
) -> None:
    with pytest.raises(GrammarError, match=said):
        parse_grammar({**MINIMAL, **change})


def test_what_is_no_mapping_is_no_grammar() -> None:
    with pytest.raises(GrammarError) as caught:
        parse_grammar(["docker"])
    assert "映射" in caught.value.in_language(Language.ZH)


def test_a_small_file_of_ones_own_will_do() -> None:
    grammar = parse_grammar(
        {
            **MINIMAL,
            "everywhere": [{"long": "help", "short": "h", "type": "bool"}],
            "commands": [
                {"path": "repo", "aliases": ["r"], "runnable": False},
                {
                    "path": "repo add",
                    "aliases": ["repo a"],
                    "options": [{"long": "host", "short": "h"}],
                    "operands": [{"role": "name", "most": None}],
                },
            ],
        }
    )
    add, used = grammar.find(["r", "a", "x"])
    assert add is not None
    assert (add.path, used, add.most) == (("repo", "add"), 2, None)
    assert add.option("-h") == Option("host", short="h")
    assert add.option("--help") == Option("help", "h", "bool", "false")
