"""What commands write: to standard output, or whole into a file."""

import os
import sys
from collections.abc import Iterable
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


def check_output(path: str, *, force: bool, is_binary: bool = False) -> None:
    """Refuse to overwrite a file, or to print bytes, before any work is done."""
    if path == STDOUT and is_binary:
        raise UsageError("output-binary")
    if path != STDOUT and os.path.exists(path) and not force:
        raise UsageError("output-exists", path=path)


def write_output(content: str | bytes | Iterable[str], path: str) -> None:
    """Print a text or write it into a file, whole or not at all; bytes only there.

    A text may come in parts.
    """
    if path == STDOUT and not isinstance(content, bytes):
        sys.stdout.writelines([content] if isinstance(content, str) else content)
        return
    try:
        write_whole(content, path)
    except OSError as error:
        raise UsageError("output-unusable", path=path, reason=error.strerror) from error
