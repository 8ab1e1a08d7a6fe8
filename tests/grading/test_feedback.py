"""Feedback says why, most important first, in both languages."""

from collections.abc import Sequence

import pytest

from trainer.grading import feedback
from trainer.grading.answers import grade_command, grade_flag
from trainer.language.catalogue import catalogue
from trainer.language.text import Language

WHY = [
    (
        "docker run -d -p 80:80 nginx",
        "docker run -d -P 80:80 nginx",
        "`-P` takes no value, so `80:80` was read as the image; `-p 80:80` was meant.",
    ),
    (
        "docker run -it ubuntu",
        "docker run ubuntu -it",
        (
            "Right options, wrong place: `-it` after `ubuntu` does not reach docker, "
            "for options come before `ubuntu`."
        ),
    ),
    (
        "docker run -v /a:/b nginx",
        "docker run -v /b:/a nginx",
        "The two sides of `-v /b:/a` are swapped: `-v /a:/b`.",
    ),
    (
        "docker run -d nginx",
        "docker run -d --name nginx",
        (
            "The image `nginx` is missing, because `--name nginx` took the last word "
            "as its value. Not asked for: `--name nginx`."
        ),
    ),
    (
        "docker logs -f --tail 10 web",
        "docker logs -f -tail 10 web",
        "`-tail` is read letter by letter; a long option takes two dashes: `--tail`.",
    ),
    (
        "docker commit -m 'my note' web a/b",
        "docker commit -m my note web a/b",
        "Without quotes `my note` is several words; quoted it is one: `'my note'`.",
    ),
    (
        "docker ps -a",
        "docker list -a",
        "There is no command `list`. The answer is `docker ps`.",
    ),
    (
        "docker rm web",
        "docker rm -f web",
        (
            "Careful: `-f` (`--force`) is not asked for, and it can destroy data or "
            "give away control."
        ),
    ),
]


@pytest.mark.parametrize(("accepted", "given", "said"), WHY)
def test_feedback_says_why(accepted: str, given: str, said: str) -> None:
    verdict = grade_command([accepted], given, "docker")
    sentences = [one.message.in_language(Language.EN) for one in verdict.findings]
    assert " ".join(sentences) == said


def test_what_the_client_refuses_comes_first() -> None:
    given = "docker run --privileged --nope -p 80:80 nginx"
    verdict = grade_command(["docker run -d -p 80:81 nginx"], given, "docker")
    assert [one.code for one in verdict.findings] == [
        *("unknown-option", "dangerous-option", "missing-option")
    ]


def test_both_catalogues_say_the_same_things() -> None:
    english, chinese = (catalogue(one, "findings") for one in Language)
    assert english.keys() == chinese.keys()
    for key, template in english.items():
        assert fields(template) == fields(chinese[key]), key


def fields(template: str) -> set[str]:
    return {part.partition("}")[0] for part in template.split("{")[1:]}


def test_every_kind_of_finding_has_a_message() -> None:
    messages = catalogue(Language.EN, "findings")
    assert [one for one in feedback.KINDS if f"findings.{one}" not in messages] == []


def test_a_grammar_is_not_needed() -> None:
    verdict = grade_command(["ls -l"], "ls  '-l'", None)
    assert verdict.outcome.value == "correct"
    assert grade_flag(["-l"], "-l", "ls", None).outcome.value == "correct"


@pytest.mark.parametrize("accepted", [[], [""], ["<x>"]])
def test_odd_answers_of_authors_raise_nothing(accepted: Sequence[str]) -> None:
    grade_command(accepted, "docker ps", "docker")
    grade_flag(accepted, "-f", "docker logs", "docker")


def test_a_slip_of_the_shell_is_told_whatever_the_program() -> None:
    expected, given = "systemctl stop x && systemctl start x", "systemctl stop x"
    verdict = grade_command([expected], f"{given} systemctl start x", None)
    assert [one.code for one in verdict.findings] == ["no-connector"]
