"""Hints: each tells a little more, none tells all."""

import pytest

from trainer.grading.grammar import load_grammar
from trainer.grading.hints import command_hints, flag_hint, word_hint

DOCKER = load_grammar("docker")


@pytest.mark.parametrize(
    ("line", "hints"),
    [
        ("docker ps", ("docker p…",)),
        ("docker ps -a", ("docker ps …", "docker ps --a…")),
        (
            "docker run -d --name=web nginx",
            (
                "docker run …",
                "docker run --d… --n… …",
                "docker run -d --name=web …",
            ),
        ),
        (
            "sudo docker logs -f <container> | grep x",
            (
                "sudo docker logs … | grep …",
                "sudo docker logs --f… … | grep …",
                "sudo docker logs -f … | grep …",
            ),
        ),
        ("cat /etc/docker/daemon.json", ("cat …",)),
    ],
)
def test_a_command_is_told_in_steps(line: str, hints: tuple[str, ...]) -> None:
    assert command_hints(line, DOCKER) == hints
    assert line not in hints


@pytest.mark.parametrize(
    ("option", "hint"), [("--rm", "--r…"), ("-d", "--d…"), ("odd", "o…")]
)
def test_a_flag_is_told_by_its_long_name(option: str, hint: str) -> None:
    assert flag_hint(option, "docker run", DOCKER) == hint


@pytest.mark.parametrize(
    ("word", "hint"),
    [("镜像", "镜…"), ("`docker0`", "d…"), ("--rm", "--r…"), ("", "…")],
)
def test_a_word_is_told_by_its_beginning(word: str, hint: str) -> None:
    assert word_hint(word) == hint
