"""Taking a command line to pieces."""

import pytest

from trainer.grading.explain import Part, explain
from trainer.grading.grammar import load_grammar


def parts(line: str) -> list[tuple[str, str, str]]:
    found = explain(line, load_grammar("docker")).parts
    return [(one.role, one.text, one.name) for one in found]


def test_a_line_is_named_part_by_part() -> None:
    assert parts("sudo docker run -dp 8080:80 nginx sh") == [
        ("wrapper", "sudo", "sudo"),
        ("program", "docker", "docker"),
        ("command", "run", "container run"),
        ("option", "-d", "--detach"),
        ("option", "-p 8080:80", "--publish"),
        ("operand", "nginx", "image"),
        ("operand", "sh", "command"),
    ]


def test_an_option_says_what_value_it_took() -> None:
    found = explain("docker run -p80:80 -d x", load_grammar("docker")).parts
    options = [(one.value, one.kind) for one in found if one.role == "option"]
    assert options == [("80:80", "port"), (None, "bool")]


def test_pipes_redirects_and_other_programs_are_parts_too() -> None:
    assert parts("A=1 cat f | docker load > g && docker ps") == [
        ("assignment", "A=1", "A"),
        ("program", "cat", "cat"),
        ("operand", "f", ""),
        ("connector", "|", "|"),
        ("program", "docker", "docker"),
        ("command", "load", "image load"),
        ("redirect", "> g", ">"),
        ("connector", "&&", "&&"),
        ("program", "docker", "docker"),
        ("command", "ps", "container ls"),
    ]


def test_what_is_substituted_comes_after_the_line_around_it() -> None:
    found = parts("docker stop $(docker ps -q)")
    assert found[2:4] == [
        ("operand", "$(docker ps -q)", "container"),
        ("program", "docker", "docker"),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [("docker ps --nope", "unknown-option"), ("docker rum x", "command-typo")],
)
def test_what_the_client_refuses_is_found(line: str, code: str) -> None:
    found = explain(line, load_grammar("docker"))
    assert [one.code for one in found.findings] == [code]


def test_spans_point_into_what_was_typed() -> None:
    line = "$ docker\u3000ps ——all"
    found: tuple[Part, ...] = explain(line, load_grammar("docker")).parts
    assert [line[one.span.start : one.span.end] for one in found] == [
        *("docker", "ps", "——all")
    ]


def test_an_assignment_before_a_command_is_no_wrapper() -> None:
    assert parts("sudo A=1 docker")[:3] == [
        ("wrapper", "sudo", "sudo"),
        ("assignment", "A=1", "A"),
        ("program", "docker", "docker"),
    ]
