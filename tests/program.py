"""The program as its users start it: a process, a home folder, an instant."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parent.parent
NOW = "2026-11-23T09:00+08:00"


def clean_environment() -> dict[str, str]:
    """Return an environment in which nothing of the tester's speaks.

    Coverage is not measured in it, which would double the time of each start.
    """
    kept = ("PATH", "SYSTEMROOT")
    ours = {name: os.environ[name] for name in kept if name in os.environ}
    return ours | {"LANG": "C.UTF-8", "TZ": "UTC", "PYTHONPATH": str(ROOT)}


@dataclass(frozen=True)
class Ran:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON is anything
        """Return what was printed, as JSON."""
        return json.loads(self.out)

    @property
    def cards(self) -> list[str]:
        """Return the lines of finished cards."""
        return [line for line in self.out.splitlines() if "→" in line]


@dataclass(frozen=True)
class Program:
    """`trainer` with a home folder of its own."""

    home: Path
    extra: Mapping[str, str] = field(default_factory=dict)

    def at(self, now: str) -> "Program":
        """Return the same program at another instant."""
        return self.having(TRAINER_NOW=now)

    def having(self, **extra: str) -> "Program":
        """Return the same program with more environment."""
        return replace(self, extra={**self.extra, **extra})

    @property
    def environment(self) -> dict[str, str]:
        """Return all of its environment."""
        home = {"TRAINER_HOME": str(self.home), "TRAINER_NOW": NOW}
        home["HOME"] = str(self.home.parent)
        return {**clean_environment(), **home, **self.extra}

    def __call__(self, *words: str | Path, given: str | bytes = "") -> Ran:
        """Run a command with lines on standard input."""
        data = given.encode() if isinstance(given, str) else given
        done = subprocess.run(
            [sys.executable, "-m", "trainer", *map(str, words)],
            input=data,
            capture_output=True,
            env=self.environment,
            cwd=self.home.parent,
            timeout=60,
            check=False,
        )
        out = done.stdout.decode(errors="replace")
        err = done.stderr.decode(errors="replace")
        assert "Traceback" not in err, err
        return Ran(done.returncode, out, err)


def started(
    program: Program, *words: str, out: int | IO[str] = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    """Start the program without waiting for it."""
    return subprocess.Popen(
        [sys.executable, "-m", "trainer", *words],
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=subprocess.PIPE,
        env=program.environment,
    )


def imported(program: Program, *words: str) -> set[str]:
    """Return the modules that a run imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "trainer", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=program.environment,
        check=True,
    )
    lines = [line for line in done.stderr.splitlines() if "|" in line]
    return {line.rpartition("|")[2].strip() for line in lines}
