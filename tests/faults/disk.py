"""A disk that records what is written to it, or fails: a library before libc's calls.

It is compiled when it is needed, and the tests are skipped where that cannot be.
"""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from ctypes import CDLL, c_char_p, c_int, c_long
from errno import EIO
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

SOURCE = Path(__file__).with_name("disk.c")


def preloaded() -> Mapping[str, str]:
    """Return the environment of a process with such a disk, or skip the test."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("a disk that fails needs Linux and a C compiler")
    return {"LD_PRELOAD": str(_compiled(compiler))}


@cache
def _compiled(compiler: str) -> Path:
    made = Path(mkdtemp(prefix="trainer-disk-")) / "disk.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(SOURCE), "-ldl"],
        check=True,
        capture_output=True,
    )
    return made


def _library() -> CDLL:
    """Return the library that this process was started with."""
    library = CDLL(None)
    library.disk_watch.argtypes = [c_char_p, c_int]
    library.disk_fail.argtypes = [c_long, c_int, c_int, c_int]
    library.disk_room.argtypes = [c_long]
    library.disk_calls.restype = c_long
    return library


def watch(folder: Path, log: int = -1) -> None:
    """Watch a folder from now on, and record to an open file what is written there."""
    _library().disk_watch(str(folder).encode(), log)


def fail(
    at: int, error: int = EIO, *, ever: bool = False, only_writes: bool = False
) -> None:
    """Let the call of a number fail from now on, or all from it on; 0 is none."""
    _library().disk_fail(at, error, int(ever), int(only_writes))


def leave_room(size: int) -> None:
    """Let files grow by so many bytes in all; -1 is without end."""
    _library().disk_room(size)


def calls() -> int:
    """Return how many calls there were since `watch` or `fail`."""
    return int(_library().disk_calls())
