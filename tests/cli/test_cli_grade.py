"""`trainer grade`, `explain` and `grammar` from the shell."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.program import Program, started

HERE = "docker run -d --name web -p 8080:80 nginx"


def test_an_equivalent_answer_is_correct(program: Program) -> None:
    ran = program("grade", HERE, "docker run -dp 8080:80 --name=web nginx:latest")
    assert (ran.code, ran.out) == (0, "Correct\n")


def test_a_misplaced_option_is_named_in_both_languages(program: Program) -> None:
    given = "docker run nginx -d --name web -p 8080:80"
    for language, word in (("en", "wrong place"), ("zh", "位置不对")):
        ran = program("--lang", language, "grade", HERE, given)
        assert ran.code == 1
        assert word in ran.out


def test_any_accepted_answer_will_do(program: Program) -> None:
    words = (
        "grade",
        "docker ps -l",
        "docker ps -n 1",
        "--accept",
        "docker ps --last 1",
    )
    assert program(*words).code == 0


def test_flags_are_judged_in_their_command(program: Program) -> None:
    images = ("grade", "--command", "docker image ls", "--json", "--", "--filter", "-f")
    logs = ("grade", "--command", "docker logs", "--json", "--", "--filter", "-f")
    assert program(*images).json["verdict"] == "correct"
    assert program(*logs).json["verdict"] != "correct"


def test_a_batch_answers_line_by_line(program: Program, tmp_path: Path) -> None:
    rows = [
        {"id": "a", "expected": ["docker ps -a"], "given": "docker ps --all"},
        {"id": "b", "expected": ["docker ps -a"], "given": "docker ps"},
        {"id": "c", "expected": ["docker rm x"], "given": "docker rmi x"},
    ]
    file = tmp_path / "answers.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ran = program("grade", "--batch", file)
    judged = [json.loads(line) for line in ran.out.splitlines()]
    verdicts = [(one["id"], one["verdict"]) for one in judged]
    assert verdicts == [("a", "correct"), ("b", "partial"), ("c", "wrong")]
    assert [finding["subject"] for finding in judged[1]["findings"]] == ["--all"]
    assert judged[1]["findings"][0]["code"] == "missing-option"
    assert ran.code == 0


def test_a_batch_without_lines_is_not_read_to_its_end(program: Program) -> None:
    ran = program("grade", "--batch", "/dev/zero")
    assert ran.code == 4
    assert "Line 1 of /dev/zero" in ran.err


def test_a_batch_streams(program: Program) -> None:
    row = {"id": 1, "expected": ["docker ps"], "given": "docker ps"}
    process = started(program, "grade", "--batch", "-", out=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(row).encode() + b"\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["verdict"] == "correct"
    process.communicate()
    assert process.returncode == 0


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"id": 1, "given": "x"}',
        '{"expected": "x", "given": "x"}',
        "[" * 9999,
    ],
)
def test_a_bad_line_of_a_batch_is_named_and_the_rest_judged(
    program: Program, line: str
) -> None:
    good = json.dumps({"id": 2, "expected": ["docker ps"], "given": "docker ps"})
    ran = program("grade", "--batch", "-", given=f"\n{line}\n{good}\n")
    assert ran.code == 4
    assert [json.loads(one)["id"] for one in ran.out.splitlines()] == [2]
    assert "Line 2" in ran.err
    assert "Traceback" not in ran.err


def test_what_is_missing_is_said(program: Program) -> None:
    for words in (["grade"], ["grade", "docker ps"], ["grade", "--batch", "nowhere"]):
        ran = program(*words)
        assert ran.code in {2, 4}
        assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["docker run -dp 8080:80 nginx"],
        ["docker", "run", "-dp", "8080:80", "nginx"],
    ],
)
def test_a_line_is_explained_in_parts(program: Program, words: list[str]) -> None:
    parts = program("explain", *words, "--json").json["parts"]
    found = [(one["role"], one["name"], one["value"]) for one in parts]
    assert found == [
        ("program", "docker", None),
        ("command", "container run", None),
        ("option", "--detach", None),
        ("option", "--publish", "8080:80"),
        ("operand", "image", None),
    ]


def test_what_the_client_refuses_is_explained(program: Program) -> None:
    ran = program("explain", "docker ps --nope", "--lang", "zh")
    assert ran.code == 0
    assert "--nope" in ran.out


def test_grammars_are_listed_and_shown(program: Program) -> None:
    (docker,) = program("grammar", "list", "--json").json["grammars"]
    assert docker["name"] == "docker"
    rows = program("grammar", "show", "docker", "ps", "--json").json["rows"]
    assert any("--all" in row[0] for row in rows)


def test_an_unknown_grammar_or_command_is_named(program: Program) -> None:
    for words, near in (
        (["grammar", "show", "dokcer"], "docker"),
        (["grammar", "show", "docker", "contaner"], "container"),
        (["grade", "--grammar", "nowhere.json", "a", "b"], "nowhere.json"),
        (["explain", "--grammar", "dokcer", "a"], "docker"),
    ):
        ran = program(*words)
        assert ran.code != 0
        assert near in ran.err
        assert ran.err.count("\n") == 1


@pytest.mark.skipif(shutil.which("docker") is None, reason="no docker client here")
def test_a_harvested_grammar_judges(program: Program) -> None:
    ran = program("grammar", "harvest", "docker")
    assert ran.code == 0
    assert (program.home / "grammars" / "docker.json").is_file()
    assert program("grade", "docker ps -a", "docker container ls --all").code == 0
    again = program("grammar", "harvest", "docker")
    assert again.code == 2
    assert "--force" in again.err
