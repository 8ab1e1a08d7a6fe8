"""Opening the learner's editor: real programs that write down how they were started."""

from pathlib import Path

import pytest

from trainer.language.text import Language
from trainer.terminal.editor import EditorError, open_editor


@pytest.fixture(autouse=True)
def path_of_editors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let only the editors made here be found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    return folder


def editor(folder: Path, name: str, code: int = 0) -> Path:
    """Make an editor that writes down its arguments, one a line."""
    program, log = folder / name, folder / f"{name}.log"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {log}\nexit {code}\n')
    program.chmod(0o755)
    return log


@pytest.mark.parametrize(
    ("command", "line", "arguments"),
    [
        ("vi", 7, ["+7", "FILE"]),
        ("vi", None, ["FILE"]),
        ("nvim -R", 7, ["-R", "+7", "FILE"]),
        ("nano", 7, ["+7", "FILE"]),
        ("emacs -nw", 7, ["-nw", "+7", "FILE"]),
        ("code", 7, ["--wait", "--goto", "FILE:7"]),
        ("code -n", None, ["-n", "--wait", "FILE"]),
        ("subl", 7, ["--wait", "FILE:7"]),
        ("hx", 7, ["FILE:7"]),
        ("my-editor 'two words'", 7, ["two words", "FILE"]),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(
    path_of_editors: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    line: int | None,
    arguments: list[str],
) -> None:
    log = editor(path_of_editors, command.split(maxsplit=1)[0])
    monkeypatch.setenv("EDITOR", command)
    assert open_editor("/tmp/a deck.yaml", line) == 0  # noqa: S108 - is not opened
    told = [one.replace("FILE", "/tmp/a deck.yaml") for one in arguments]  # noqa: S108 - as above
    assert log.read_text().splitlines() == told


def test_visual_comes_before_editor_and_the_exit_code_is_told(
    path_of_editors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = editor(path_of_editors, "first", code=3)
    monkeypatch.setenv("VISUAL", str(path_of_editors / "first"))
    monkeypatch.setenv("EDITOR", "second")
    assert open_editor("x", None) == 3
    assert log.exists()


@pytest.mark.parametrize(
    ("value", "part"),
    [("", "EDITOR"), ("nowhere-at-all -w", "`nowhere-at-all`"), ("vi '", "`vi '`")],
)
def test_an_editor_that_cannot_be_started_is_said(
    monkeypatch: pytest.MonkeyPatch, value: str, part: str
) -> None:
    monkeypatch.setenv("EDITOR", value)
    with pytest.raises(EditorError) as raised:
        open_editor("x", None)
    assert all(part in raised.value.in_language(language) for language in Language)
