"""The learner's editor, opened on a file."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from trainer.language.errors import Exit, TrainerError

_FOUND = ("vi", "vim", "nano")


class EditorError(TrainerError):
    """There is no editor, or it cannot be started."""

    exit_code = Exit.USAGE


def open_editor(path: str, line: int | None) -> int:
    """Open a file in the editor, at a line, and wait; return the editor's exit code.

    The editor is that of `VISUAL`, of `EDITOR`, or on a terminal one that is found.
    """
    words = _editor()
    program = Path(words[0]).name.removesuffix(".exe")
    words += _AT.get(program, _anywhere)(str(Path(path).absolute()), line)
    try:
        return subprocess.run(words, check=False).returncode  # noqa: S603 - it is the learner's own choice
    except OSError as error:
        raise EditorError(
            "editor-unstartable", program=words[0], reason=error.strerror
        ) from error


def _editor() -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        value = os.environ.get(name, "")
        try:
            words = shlex.split(value)
        except ValueError as error:
            raise EditorError("editor-unreadable", name=name, value=value) from error
        if words:
            return words
    found = next(filter(None, map(shutil.which, _FOUND)), None)
    if found is None or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise EditorError("editor-missing")
    return [found]


def _anywhere(path: str, _line: int | None) -> list[str]:
    return [path]


def _plus(path: str, line: int | None) -> list[str]:
    return [path] if line is None else [f"+{line}", path]


def _colon(path: str, line: int | None) -> list[str]:
    return [path if line is None else f"{path}:{line}"]


def _waiting_colon(path: str, line: int | None) -> list[str]:
    return ["--wait", *_colon(path, line)]


def _waiting_goto(path: str, line: int | None) -> list[str]:
    goto = [] if line is None else ["--goto"]
    return ["--wait", *goto, *_colon(path, line)]


_AT: dict[str, Callable[[str, int | None], list[str]]] = {
    **dict.fromkeys(("vi", "vim", "nvim", "gvim", "view", "nano", "pico"), _plus),
    **dict.fromkeys(("emacs", "emacsclient", "micro", "kak", "joe", "mg"), _plus),
    **dict.fromkeys(("code", "code-insiders", "codium", "cursor"), _waiting_goto),
    **dict.fromkeys(("subl", "zed"), _waiting_colon),
    **dict.fromkeys(("hx", "helix"), _colon),
}
"""How editors are told a line, by the names of their programs.

Those that would return at once are told to wait until the file is closed.
"""
