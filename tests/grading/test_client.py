"""What is called refused here, the docker client refuses too, and the reverse."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.client import DOCKER, refusal
from trainer.grading.commandline import parse_command
from trainer.grading.grammar import load_grammar
from trainer.grading.shell import SIGNS, Simple, read_script

NOT_HERE = (
    "buildx",
    "builder build",
    "tcp://",
    "-H 10.",
    "manifest inspect",
    "compose",
    "docker build -o",
    "docker build --output",
    "docker init",
    "--secret",
    "<",
    "{{",
)

pytestmark = pytest.mark.skipif(DOCKER is None, reason="no docker client here")


def runnable(line: str) -> Simple | None:
    """Return the command of a line that needs no shell, if it is docker's."""
    script = read_script(line)
    if len(script.pipelines) != 1 or len(script.pipelines[0]) != 1 or script.slips:
        return None
    simple = script.pipelines[0][0]
    words = [word.text for word in simple.words]
    plain = not simple.redirects and not simple.assignments
    ours = words[:1] == ["docker"] and not any(map(SIGNS.search, words))
    return simple if plain and ours and line.isascii() else None


def test_the_client_refuses_what_we_call_refused(
    rows: Sequence[Mapping[str, str]], tmp_path: Path
) -> None:
    lines = sorted({row[name] for row in rows for name in ("expected", "given")})
    found = [(line, simple) for line in lines if (simple := runnable(line))]
    grammar = load_grammar("docker")

    def differs(one: tuple[str, Simple]) -> str | None:
        line, simple = one
        if any(word in line for word in NOT_HERE):
            return None
        problems = parse_command(simple, grammar, strict=True).problems
        # some commands leave the name of an image to the engine
        ours = [problem.kind for problem in problems if problem.kind != "bad-image"]
        refused, said = refusal([word.text for word in simple.words[1:]], tmp_path)
        if bool(ours) == refused or "invalid reference" in said:
            return None
        return f"{line}: we say {ours}, the client says {said}"

    with ThreadPoolExecutor(4) as pool:
        assert [one for one in pool.map(differs, found) if one] == []
    assert len(found) > 300
