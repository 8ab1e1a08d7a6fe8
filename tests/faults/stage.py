"""Trials in a process of their own that has everything loaded and forks for each.

A child that is forked starts within milliseconds, and the process is neither measured
nor disturbed by the threads of the tests.
"""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from signal import SIGKILL
from typing import Any

import trainer
from tests.faults.trials import SHARE
from tests.program import ROOT, clean_environment
from trainer.__main__ import main

Recorder = Callable[[str, object], None]
"""Keeps what a test counted, for the end of the run."""


def staged(
    play: Callable[..., object], *words: object, extra: Mapping[str, str] | None = None
) -> Any:  # noqa: ANN401 - what the play returns, by way of JSON
    """Call a function with JSON values in a process of its own; return what it does."""
    given = [str(one) if isinstance(one, Path) else one for one in words]
    environment = clean_environment()
    environment |= {"TRAINER_FAULTS": str(SHARE), **(extra or {})}
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.faults.stage"),
            *(play.__module__, play.__name__, json.dumps(given)),
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def load_program() -> None:
    """Load all that the program may load, once for all children."""
    for one in walk_packages(trainer.__path__, "trainer."):
        import_module(one.name)


def become_program(
    words: tuple[str, ...], files: tuple[int, int, int], **environment: str
) -> int:
    """Run the program in this process, which ends with it; return its exit code."""
    for number, file in enumerate(files):
        os.dup2(file, number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, "w" if number else "r", encoding="utf-8", closefd=False)  # noqa: SIM115 - they stay open
        for number in range(3)
    )
    os.environ |= environment
    sys.argv = ["trainer", *words]
    code = main()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    return code


class Child:
    """A forked process that does one thing and can be heard through a pipe."""

    def __init__(self, act: Callable[[int], object]) -> None:
        """Fork; the child acts, with the end of the pipe that it can write to."""
        self.ear, mouth = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(self.ear)
            _act(act, mouth)
        os.close(mouth)
        self.heard = b""

    def hear(self) -> bool:
        """Wait for what the child says; return whether it can say more."""
        said = os.read(self.ear, 1 << 16)
        self.heard += said
        return bool(said)

    def kill(self) -> None:
        """Kill it at once; wait for the rest of what it has said."""
        os.kill(self.pid, SIGKILL)
        self.end()

    def end(self) -> int:
        """Wait until it has ended; return how."""
        while self.hear():
            pass
        os.close(self.ear)
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)


def _act(act: Callable[[int], object], mouth: int) -> None:
    code = 1
    try:
        act(mouth)
        code = 0
    except BaseException:  # noqa: BLE001 - a child must not go on as its parent
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    module, name, given = sys.argv[1:]
    result = getattr(import_module(module), name)(*json.loads(given))
    print(json.dumps(result))  # noqa: T201 - what `staged` reads
