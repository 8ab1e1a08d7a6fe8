"""Options typed on their own, judged in the context of their command."""

import pytest

from trainer.grading.answers import grade_flag
from trainer.language.text import Language


@pytest.mark.parametrize(
    ("command", "expected", "given", "verdict"),
    [
        ("docker logs", "-f", "--follow", "correct"),
        ("docker logs", "-f", "-f", "correct"),
        ("docker build", "--pull", "--pull always", "partial"),
        ("docker logs", "-f", "tail", "wrong"),
        ("docker run", "-d", "-d true", "partial"),
        ("docker logs", "-f", "--follow=true", "correct"),
        ("docker logs", "-f", "docker logs -f web", "correct"),
        ("docker logs", "-f", "——follow", "correct"),
        ("docker logs", "-f", "follow", "partial"),
        ("docker logs", "-f", "f", "partial"),
        ("docker logs", "-f", "-follow", "partial"),
        ("docker logs", "-f", "--folow", "partial"),
        ("docker logs", "-f", "-F", "partial"),
        ("docker logs", "-f", "-ft", "partial"),
        ("docker logs", "-f", "--filter", "wrong"),
        ("docker logs", "-f", "-t", "wrong"),
        ("docker logs", "-f", "", "wrong"),
        ("docker ps", "-f", "--filter", "correct"),
        ("docker rm", "-f", "--force", "correct"),
        ("docker rm", "-f", "--filter", "wrong"),
        ("docker run", "-it", "-i -t", "correct"),
        ("docker run", "-it", "--tty --interactive", "correct"),
        ("docker run", "-it", "-i", "partial"),
        ("docker run", "-p", "--publish", "correct"),
        ("docker run", "-p", "-p 8080:80", "correct"),
        ("docker run", "-p", "-P", "wrong"),
        ("docker run", "-p 8080:80", "--publish=8080:80/tcp", "correct"),
        ("docker run", "-p 8080:80", "-p", "partial"),
        ("docker run", "-p 8080:80", "-p 80:8080", "partial"),
        ("docker run", "--name <name>", "--name web", "correct"),
        ("docker run", "--name <name>", "--name", "partial"),
        ("docker run", "--network host", "--net=host", "correct"),
        ("docker run", "--rm", "rm", "partial"),
        ("docker run", "--sig-proxy=false", "--sig-proxy=0", "correct"),
        ("docker attach", "--sig-proxy=false", "--sig-proxy", "partial"),
        ("dockerd", "--icc=false", "--icc=false", "correct"),
        ("dockerd", "--icc=false", "--icc=true", "wrong"),
    ],
)
def test_a_flag_is_judged_in_its_command(
    command: str, expected: str, given: str, verdict: str
) -> None:
    found = grade_flag([expected], given, command, "docker")
    assert found.outcome.value == verdict
    for finding in found.findings:
        assert all(finding.message.in_language(one) for one in Language)
        for span in finding.spans:
            assert 0 <= span.start <= span.end <= len(given)


def test_a_span_points_at_the_flag_that_was_typed() -> None:
    found = grade_flag(["-f"], "-f --tail 3", "docker logs", "docker")
    assert [one.spans[0].start for one in found.findings] == [3]
    assert found.findings[0].subject == "--tail"
