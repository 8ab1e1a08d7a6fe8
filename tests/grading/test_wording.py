"""Short answers in prose."""

import pytest

from trainer.grading.answers import grade_wording
from trainer.language.text import Language


@pytest.mark.parametrize(
    ("expected", "given", "verdict"),
    [
        ("Namespace", "namespace", "correct"),
        ("copy on write", "Copy-on-write", "correct"),
        ("写时复制", "寫時複製", "correct"),
        ("守护进程", " 守护 进程。", "correct"),
        ("Control Group", "control groups", "partial"),
        ("union mount", "unoin mount", "partial"),
        ("悬空镜像", "悬空镜象", "partial"),
        ("镜像", "容器", "wrong"),
        ("image", "container", "wrong"),
        ("80", "8080", "wrong"),
        ("80", "\uff18\uff10", "correct"),
        ("C++", "c", "wrong"),
        ("/var/lib/docker", "/var/lib/docker/", "correct"),
        ("daemon.json", "daemon json", "partial"),
        ("docker0", "docker1", "wrong"),
        ("172.17.0.1", "172.17.0.2", "wrong"),
        ("isolation", "", "wrong"),
        ("isolation", "。", "wrong"),
        ("@", "@", "correct"),
        ("@", "\uff20", "correct"),
        ("@", "#", "wrong"),
        ("!!", "?", "wrong"),
        ("-L", "-l", "wrong"),
        ("-L", "-L", "correct"),
        ("--location", "-location", "partial"),
        ("~/.docker/config.json", "/.docker/config.json", "partial"),
        ("unix:///var/run/docker.sock", "unix://var/run/docker.sock", "partial"),
        ("docs.docker.com", "http://docs.docker.com/", "correct"),
        ("DOCKER_HOST", "docker_host", "partial"),
        ("DOCKER-USER", "DOCKER_USER", "partial"),
        (".dockerignore", ".docker-ignore", "partial"),
        (r"C:\ProgramData\docker", "c:/programdata/Docker", "correct"),
        ("ping -c 3 web", "ping -C 3 web", "partial"),
        ("--validate", "——validate", "correct"),
        ("$(pwd)", "'$(pwd)'", "wrong"),
    ],
)
def test_only_what_is_said_counts(expected: str, given: str, verdict: str) -> None:
    assert grade_wording([expected], given).outcome.value == verdict


def test_the_slip_is_shown() -> None:
    found = grade_wording(["a union mount"], "a unoin mount")
    finding = found.findings[0]
    span = finding.spans[0]
    assert "a unoin mount"[span.start : span.end] == "unoin"
    assert finding.message.in_language(Language.EN) == (
        "A slip: `unoin` should be `a union mount`."
    )


def test_any_accepted_wording_will_do() -> None:
    found = grade_wording(["image", "镜像"], "鏡像")
    assert (found.outcome.value, found.expected) == ("correct", "镜像")


def test_without_an_accepted_wording_nothing_is_right() -> None:
    assert grade_wording([], "x").outcome.value == "wrong"


def test_a_slip_is_shown_whole_where_places_cannot_be_told() -> None:
    folded = grade_wording(["Strasse"], "Straßes").findings[0]
    assert (folded.spans[0].start, folded.spans[0].end) == (0, 7)
    long = "ab " * 900
    slipped = grade_wording(["x" + long], "y" + long).findings[0]
    assert (slipped.spans[0].start, slipped.spans[0].end) == (0, len(long) + 1)


@pytest.mark.parametrize(
    ("expected", "given", "verdict"),
    [
        ("137", "退出码是 137", "correct"),
        ("137", "the exit code 137", "correct"),
        ("137", "exit code 137 (SIGKILL)", "correct"),
        ("137", "SIGKILL, signal 9, code 137", "wrong"),
        ("137", "not 137", "wrong"),
        ("137", "退出码不是 137", "wrong"),
        ("137", "1370", "wrong"),
        ("137", "137.5", "wrong"),
        ("137", f"137{' ' * 200}code", "wrong"),
        ("-c", "docker ps -C", "wrong"),
        ("-c", "docker ps -c", "correct"),
        ("$PWD", "exit '$PWD'", "wrong"),
    ],
)
def test_words_of_the_question_add_nothing(
    expected: str, given: str, verdict: str
) -> None:
    question = "Which exit code does `docker ps` show after SIGKILL? 退出码是多少？"
    assert grade_wording([expected], given, question).outcome.value == verdict


def test_another_accepted_answer_adds_nothing_either() -> None:
    accepted = ["copy on write", "CoW"]
    assert grade_wording(accepted, "copy on write (CoW)").outcome.value == "correct"


def test_in_a_literal_answer_only_case_does_not_count() -> None:
    def outcome(given: str) -> str:
        return grade_wording(["readonly"], given, literal=True).outcome.value

    assert [outcome(one) for one in ("ReadOnly", "read-only")] == ["correct", "partial"]
