"""The real docker client, where it is installed; it never reaches an engine."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

DOCKER = shutil.which("docker")
GOT_PAST_PARSING = (
    "Cannot connect",
    "no such file",
    "Are you sure",
    "unable to prepare context",
    "a TTY",
    "non TTY",
    "unknown server OS",
    "template",
)


def refusal(words: Sequence[str], home: Path) -> tuple[bool, str]:
    """Run the client where it reaches no engine; tell whether it refused to try."""
    assert DOCKER is not None
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "DOCKER_CONFIG": str(home),
        "DOCKER_HOST": "tcp://127.0.0.1:1",
    }
    run = subprocess.run(
        [DOCKER, *words],
        env=environment,
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    said = run.stdout + run.stderr
    tried = any(sign in said for sign in GOT_PAST_PARSING)
    return run.returncode != 0 and not tried, said
