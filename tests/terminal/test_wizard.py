"""A new card, asked for in a terminal."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.terminal.emulator import Terminal

HEAD = "# my deck\ndeck: git\ntitle: Git\ncards: []\n"
Add = Callable[..., Terminal]


@pytest.fixture
def add(tmp_path: Path) -> Iterator[Add]:
    """Start `trainer deck add git` in terminals; all are ended with the test."""
    (tmp_path / "git.yaml").write_text(HEAD)
    with ExitStack() as opened:

        def begin(lang: str = "en", columns: int = 100) -> Terminal:
            words = ["-m", "trainer", "deck", "add", "git", "--lang", lang]
            terminal = Terminal(
                columns,
                40,
                [*words, "--decks", str(tmp_path)],
                TRAINER_HOME=str(tmp_path / "home"),
                PROMPT_TOOLKIT_NO_CPR="1",  # the emulator does not say where it is
            )
            opened.callback(terminal.close)
            return terminal

        yield begin


def answer(terminal: Terminal, *pairs: str) -> None:
    """Wait for each question and give its answer, in turns."""
    for asked, typed in zip(pairs[::2], pairs[1::2], strict=True):
        terminal.see(asked)
        terminal.send(f"{typed}\r")


def test_a_flag_is_asked_for_field_by_field(add: Add, tmp_path: Path) -> None:
    terminal = add()
    answer(
        terminal,
        *("What is to be learned?", "2"),
        *("How is it asked?", "1"),
        *("The command the flag belongs to", "git branch"),
        *("[English] Question:", "Delete: which option?"),
        *("[Chinese] Question:", "哪个选项删除分支？"),
        *("Answer:", "-d"),
        *("Another right answer (1", "--delete"),
        *("Another right answer (2", ""),
        *("[English] Why is it so?", ""),
        *("Section of the notes", "branches"),
        *("Lines of the notes", "3-4"),
        *("Tags", "one two"),
        *("Id of the card", ""),
    )
    assert terminal.exit_code() == 0
    terminal.see("Added `git/git-branch-d`")
    assert (tmp_path / "git.yaml").read_text(encoding="utf-8") == (
        "# my deck\ndeck: git\ntitle: Git\ncards:\n"
        "- id: git-branch-d\n"
        "  kind: flag\n"
        "  source: {section: branches, lines: 3-4}\n"
        '  command: "git branch"\n'
        "  ask:\n"
        '    en: "Delete: which option?"\n'
        '    zh: "哪个选项删除分支？"\n'
        '  answer: "-d"\n'
        '  accept: ["--delete"]\n'
        "  tags: [one, two]\n"
    )


def test_a_choice_in_both_languages_is_asked_for_in_chinese(
    add: Add, tmp_path: Path
) -> None:
    terminal = add("zh", 60)
    answer(
        terminal,
        *("要学的是什么？", "3"),
        *("怎样提问？", "3"),
        *("[中文] 问题：", "分支是什么？"),
        *("[英文] 问题：", "What is a branch?"),
        *("[中文] 答案：", "会动的指针"),
        *("[英文] 答案：", "A pointer that moves"),
        *("[中文] 错误选项 1", ""),
        *("这里不能为空", "文件的副本"),
        *("[英文] 错误选项 1", "A copy of the files"),
        *("[中文] 错误选项 2", ""),
        *("[中文] 为什么？", ""),
        *("在笔记中的章节", "A B"),
        *("请用小写字母和数字", "\x15"),
        *("标签", ""),
        *("卡片 id", ""),
    )
    assert terminal.exit_code() == 0
    written = (tmp_path / "git.yaml").read_text(encoding="utf-8")
    assert "- id: a-pointer-that-moves\n" in written
    assert '  - {en: "A copy of the files", zh: "文件的副本"}\n' in written


def test_steps_are_asked_for_until_there_are_enough(add: Add, tmp_path: Path) -> None:
    terminal = add()
    answer(
        terminal,
        *("What is to be learned?", "3"),
        *("How is it asked?", "5"),
        *("[English] Question:", "Publish a branch."),
        *("[Chinese] Question:", ""),
        *("Leave out Chinese? The card then shows English", "1"),
        *("[Chinese] Question:", ""),
        *("Leave out Chinese? The card then shows English", "2"),
        *("Step 1", "branch"),
        *("Step 2", "commit"),
        *("Step 3", ""),
        *("This cannot be empty", "push"),
        *("Step 4", ""),
        *("[English] Why is it so?", "It is."),
        *("Section of the notes", ""),
        *("Tags", ""),
        *("Id of the card", ""),
    )
    assert terminal.exit_code() == 0
    terminal.see("missing in the language `zh`")
    written = (tmp_path / "git.yaml").read_text(encoding="utf-8")
    assert "  steps: [branch, commit, push]\n" in written
    assert "- id: publish-a-branch\n" in written


def test_an_id_that_is_taken_is_refused_at_once(add: Add, tmp_path: Path) -> None:
    card = "- {id: etc-hosts, kind: concept, ask: Q, answer: A}\n"
    path = tmp_path / "git.yaml"
    path.write_text(HEAD.replace(" []", "") + card)
    terminal = add()
    answer(
        terminal,
        *("What is to be learned?", "3"),
        *("How is it asked?", "4"),
        *("Text with [[answer]]", "Names stand in `[[/etc/hosts]]`."),
        *("[Chinese] Text with", ""),
        *("Leave out Chinese?", "2"),
        *("[English] Why is it so?", ""),
        *("Section of the notes", "names"),
        *("Lines of the notes", "4-"),
        *("Write lines like", "\x7f"),
        *("Tags", ""),
        *("Id of the card", "\x7f\x7f"),
        *("The deck has a card of that id", "-file"),
    )
    assert terminal.exit_code() == 0
    written = path.read_text(encoding="utf-8")
    assert "- id: etc-hosts-file\n" in written
    assert "source: {section: names, lines: 4}\n" in written


@pytest.mark.parametrize("keys", ["\x03", "\x04"])
def test_ctrl_c_and_ctrl_d_cancel_and_write_nothing(
    add: Add, tmp_path: Path, keys: str
) -> None:
    terminal = add()
    answer(terminal, "What is to be learned?", "1", "How is it asked?", "1")
    terminal.see("[English] Question:")
    terminal.send(keys)
    assert terminal.exit_code() == 3
    assert terminal.echoes()
    terminal.see("Cancelled. Nothing was written.")
    assert (tmp_path / "git.yaml").read_text() == HEAD
