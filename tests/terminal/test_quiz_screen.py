"""A quiz in a terminal: real keys, in both languages."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cli.test_cli_quiz import DECK
from tests.decks import write_decks
from tests.learning import open_store
from tests.terminal.emulator import Terminal

Begin = Callable[..., Terminal]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Start `trainer quiz` in terminals; all are ended with the test."""
    folder = write_decks(tmp_path / "own-decks", ships=DECK)
    with ExitStack() as opened:

        def start(*words: str, columns: int = 80) -> Terminal:
            terminal = Terminal(
                columns,
                24,
                ["-m", "trainer", "quiz", *words],
                TRAINER_HOME=str(tmp_path / "home"),
                TRAINER_DECKS=str(folder),
                PROMPT_TOOLKIT_NO_CPR="1",  # the emulator does not say where it is
            )
            opened.callback(terminal.close)
            return terminal

        yield start


def go_on(terminal: Terminal, until: str) -> None:
    """Press Enter, which too soon after a page is ignored, until it shows a text."""

    def shows(text: str) -> bool:
        if until in "".join(text.split()):
            return True
        terminal.send("\r")
        return False

    terminal.wait(shows, until)


def kept(tmp_path: Path) -> list[tuple[str, int]]:
    """Return cards and points in the order of the log."""
    with open_store(tmp_path / "home") as store:
        return [(one.card, one.points) for one in store.log.quiz_answers()]


def test_an_exam_is_typed_and_left_with_ctrl_c(begin: Begin, tmp_path: Path) -> None:
    words = ("--mode", "exam", "--form", "type", "--time-limit", "30m", "--seed", "7")
    terminal = begin(*words)
    terminal.see("Ships 1/2", "Exam · 30m left", "Run nginx", "$")
    terminal.send("docker run -d nginx\r")
    page = terminal.see("Ships 2/2", "Exam · 30m left", "Delete the container")
    assert "Correct" not in page
    assert "hint" not in page
    terminal.send("\x03")
    terminal.see("Exam: 1 of 1, 100%", "Unfinished: 1 of 2 questions")
    assert terminal.exit_code() == 130
    assert kept(tmp_path) == [("ships/run", 100)]


def test_what_is_typed_wrong_is_chosen_in_chinese(begin: Begin, tmp_path: Path) -> None:
    words = ("--mode", "hybrid", "--tag", "gone", "--lang", "zh")
    terminal = begin(*words, columns=60)
    terminal.see("船 1/1", "先写后选", "删除容器", "回车 提交", "F1 帮助")
    terminal.send("docker run web\r")
    page = terminal.see("不对。请选择", "1-4 选择")
    lines = [line for line in page.splitlines() if line[:1].isdigit()]
    right = next(line[0] for line in lines if line.endswith("`docker rm web`"))
    terminal.send(right)
    terminal.see("之后选了 `docker rm web`，选对了", "先写后选 · 0.5/1 分")
    go_on(terminal, "先写后选：0.5/1分，50%")
    assert terminal.exit_code() == 0
    assert kept(tmp_path) == [("ships/rm", 50)]


def test_options_are_decided_by_digits_and_letters(
    begin: Begin, tmp_path: Path
) -> None:
    terminal = begin("--mode", "domc", "--kind", "concept", "--pass", "100")
    terminal.see("Yes or no", "Which one copies?", "Option 1", "1 yes", "2 no")
    page = terminal.text()
    number = 1
    while "COPY" not in page:
        terminal.send("n" if number == 1 else "２")
        number += 1
        page = terminal.see(f"Option {number}")
    terminal.send("y")
    terminal.see("Correct", "Enter go on", "1 of 1")
    go_on(terminal, "Passed:themarkwas100%.")
    assert terminal.exit_code() == 0
    assert kept(tmp_path) == [("ships/copy", 100)]


def test_a_card_is_turned_and_judged(begin: Begin, tmp_path: Path) -> None:
    terminal = begin("--form", "recall")
    terminal.see("Why ships?", "Space show answer")
    terminal.send("?")
    terminal.see("Leave; everything answered is saved")
    terminal.send("x")
    terminal.see("Why ships?")
    terminal.send(" ")
    terminal.see("They carry containers.", "1 I did not know it", "3 yes")
    terminal.send("2")
    terminal.see("Partly known +0.5", "Practice: 0.5 of 1")
    assert terminal.exit_code() == 0
    assert kept(tmp_path) == [("ships/think", 50)]


def test_when_the_time_is_up_the_quiz_ends_by_itself(
    begin: Begin, tmp_path: Path
) -> None:
    words = ("--mode", "exam", "--form", "choose", "--kind", "concept")
    terminal = begin(*words, "--time-limit", "1s", "--pass", "50")
    terminal.see("The time was up.", "Below the pass mark of 50%.")
    assert terminal.exit_code() == 1
    assert kept(tmp_path) == [("ships/copy", 0)]


def test_without_arguments_menus_ask_what_the_quiz_is_to_be(begin: Begin) -> None:
    terminal = begin("--lang", "zh", columns=60)
    terminal.see("哪个主题？", "1) 所有主题", "2) 船")
    terminal.send("2\r")
    terminal.see("哪类卡片？")
    terminal.send("4\r")
    terminal.see("多少题？", "1) 10 道题")
    terminal.send("\r")
    terminal.see("怎样进行？", "3) 逐项判断")
    terminal.send("3\r")
    terminal.see("船 1/1", "逐项判断", "哪个用来复制？")
    terminal.send("q")
    terminal.see("一道题也没有作答")
    assert terminal.exit_code() == 0
