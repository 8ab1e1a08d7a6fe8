"""What commands write: to standard output, or whole into a file."""

import os
import sys
from typing import Annotated

import typer

from trainer.cli.mistakes import UsageError
from trainer.storage.wholefile import write_whole

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
    """Print a text or write it into a file, whole or not at all."""
    if path == STDOUT:
        sys.stdout.write(text)
        return
    try:
        write_whole(text, path)
    except OSError as error:
        raise UsageError("output-unusable", path=path, reason=error.strerror) from error
