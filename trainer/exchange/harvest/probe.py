"""Asking a client about its command line, without letting it do anything."""

import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from os import environ, fspath
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from trainer.exchange.harvest.helptext import Page, parse_help
from trainer.grading.shape import OperandData, OptionData
from trainer.language.errors import TrainerError

Run = Callable[[Sequence[str]], str]
"""Start the client with these arguments; return what it printed, errors included."""

Words = tuple[str, ...]
T = TypeVar("T")
R = TypeVar("R")

MOST_PAGES = 2000
DEEPEST = 6
SECONDS = 20
WORKERS = 8


class ProgramMissingError(TrainerError):
    """The client cannot be started."""


@contextmanager
def client(program: str | Path) -> Iterator[Run]:
    """Yield a way to start `program` where it can reach nothing.

    It has an empty home and working folder, no input, and neither an engine, a
    cluster nor a proxy that answers. Raises `ProgramMissingError`.
    """
    with TemporaryDirectory(prefix="trainer-harvest-") as home:
        environment = _environment(home)

        def run(arguments: Sequence[str]) -> str:
            said = _started([fspath(program), *arguments], home, environment)
            return said.replace(home, "~")

        yield run


def _environment(home: str) -> dict[str, str]:
    nowhere = "http://127.0.0.1:1"
    return {
        "PATH": environ.get("PATH", ""),
        "HOME": home,
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "DOCKER_CLI_HINTS": "false",
        "DOCKER_HOST": "tcp://127.0.0.1:1",
        "KUBECONFIG": f"{home}/no-cluster",
        "HTTP_PROXY": nowhere,
        "HTTPS_PROXY": nowhere,
    }


def _started(command: list[str], home: str, environment: Mapping[str, str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the learner names the program; no shell
            command,
            capture_output=True,
            check=False,
            cwd=home,
            env=environment,
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return ""
    except OSError as error:
        raise ProgramMissingError("program-missing", program=command[0]) from error
    return (done.stdout + done.stderr).decode(errors="replace")


def version_of(run: Run) -> str:
    """Return the first thing that looks like a version; empty where nothing does."""
    for arguments in (("--version",), ("version", "--client"), ("version",)):
        match = re.search(r"\bv?(\d+\.\d+(\.\d+)?)", run(arguments))
        if match:
            return match[1]
    return ""


def walk(run: Run) -> dict[Words, Page]:
    """Read the help of every command that some help page lists, breadth first."""
    pages: dict[Words, Page] = {}
    level: list[Words] = [()]
    for _ in range(DEEPEST):
        found = in_parallel(lambda path: _page(run, path), level)
        pages.update(zip(level, found, strict=True))
        below = ((*path, word) for path in level for word in pages[path].commands)
        level = list(dict.fromkeys(below))[: MOST_PAGES - len(pages)]
        level = [path for path in level if path[-1] != "help"]
    return {path: page for path, page in pages.items() if _is_own(pages, path)}


def _page(run: Run, path: Words) -> Page:
    return parse_help(run([*path, "--help"]))


def _is_own(pages: Mapping[Words, Page], path: Words) -> bool:
    """Whether a page is of the command itself: an unknown word shows its group's."""
    return not path or (bool(pages[path].usage) and pages[path] != pages[path[:-1]])


def in_parallel(ask: Callable[[T], R], about: Iterable[T]) -> list[R]:
    """Ask about several things at once; the answers stand in the same order."""
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(ask, about))


def takes_options_after_operands(run: Run, path: Words) -> bool:
    """Whether an unknown option is noticed behind one operand, or two."""
    bogus = "--no-such-option"
    said = (run([*path, *["zz"] * count, bogus]) for count in (1, 2))
    return any(re.search(rf"unknown flag: {bogus}", text) for text in said)


_COUNTS = tuple(
    map(
        re.compile,
        (
            r"requires at least (?P<least>\d+) and at most (?P<most>\d+) arg",
            r"requires at least (?P<least>\d+) arg",
            r"requires at most (?P<most>\d+) arg",
            r"(requires( exactly)?|accepts) (?P<both>\d+) arg",
            r"accepts (?P<none>no) arg",
        ),
    )
)


def counts_in(said: str) -> tuple[int, int | None] | None:
    """Read how many operands a refusal asks for: least, and most if there is one."""
    for pattern in _COUNTS:
        match = pattern.search(said)
        if match:
            found = match.groupdict()
            return _counts({name: value for name, value in found.items() if value})
    return None


def _counts(found: Mapping[str, str]) -> tuple[int, int | None]:
    if "none" in found:
        return 0, 0
    if "both" in found:
        return int(found["both"]), int(found["both"])
    most = found.get("most")
    return int(found.get("least", 0)), None if most is None else int(most)


def count_operands(
    run: Run, path: Words, guessed: list[OperandData]
) -> list[OperandData]:
    """Correct what a synopsis promises by what the client refuses.

    None and many operands are tried, but not where the synopsis allows them: what
    is not refused might be done.
    """
    refusals = []
    if sum(one.get("least", 1) for one in guessed):
        refusals.append(run(path))
    if all(one.get("most", 1) is not None for one in guessed):
        refusals.append(run([*path, *["zz"] * 30]))
        if counts_in(refusals[-1]) is None:
            guessed = _endless(guessed)
    for said in refusals:
        counts = counts_in(said)
        if counts:
            guessed = _limited(guessed, *counts)
    return guessed


def _endless(operands: list[OperandData]) -> list[OperandData]:
    last: OperandData = operands[-1] if operands else {"role": "word", "least": 0}
    return [*operands[:-1], {**last, "most": None}]


def _limited(
    operands: list[OperandData], least: int, most: int | None
) -> list[OperandData]:
    """Make the first `least` operands obligatory, and have `most` at the most."""
    limited: list[OperandData] = []
    for number, one in enumerate(operands[:most]):
        kept = {name: value for name, value in one.items() if name != "least"}
        if number >= least:
            kept["least"] = 0
        limited.append(OperandData(**kept))  # type: ignore[typeddict-item]
    if most is None and limited:
        return _endless(limited)
    return limited


def accepts_option(run: Run, path: Words, long: str) -> OptionData | None:
    """Try an option that no help page shows, without a value and without operands."""
    said = run([*path, f"--{long}"])
    if re.search(r"unknown (shorthand )?flag", said):
        return None
    needs_value = "flag needs an argument" in said
    return {"long": long, "type": "string" if needs_value else "bool", "hidden": True}


def accepts_word(run: Run, group: Words, word: str) -> Words | None:
    """Try a subcommand that no help page shows; return the command it names."""
    page = _page(run, (*group, word))
    if not page.usage:
        return None
    named = re.match(r"\S+((?: [a-z][a-z0-9-]*)*)", page.usage[0])
    path = tuple(named[1].split()) if named else ()
    return path if len(path) == len(group) + 1 and path[:-1] == group else None
