"""What commands write: to standard output, or whole into a file."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import NamedTemporaryFile
from typing import Annotated

import typer

from trainer.cli.mistakes import UsageError

STDOUT = "-"

OutputOption = Annotated[
    str, typer.Option("-o", "--output", metavar="FILE", help="`-` is stdout.")
]
ForceSwitch = Annotated[
    bool, typer.Option("--force", help="Overwrite the file if it exists.")
]


def check_output(path: str, *, force: bool) -> None:
    """Refuse to overwrite a file, before any work is done."""
    if path != STDOUT and os.path.exists(path) and not force:
        raise UsageError("output-exists", path=path)


def write_output(text: str, path: str) -> None:
    """Print a text or write it into a file: under another name, then renamed."""
    if path == STDOUT:
        sys.stdout.write(text)
        return
    folder = os.path.dirname(os.path.abspath(path))
    try:
        file = NamedTemporaryFile(  # noqa: SIM115 - closed before it is renamed
            "w", encoding="utf-8", dir=folder, prefix=".trainer-", delete=False
        )
        with _gone_unless_renamed(file.name):
            with file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(file.name, path)
    except OSError as error:
        raise UsageError("output-unusable", path=path, reason=error.strerror) from error


@contextmanager
def _gone_unless_renamed(path: str) -> Iterator[None]:
    try:
        yield
    except BaseException:
        os.unlink(path)
        raise
