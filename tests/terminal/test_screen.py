"""The review screen in a pseudo-terminal: real keys in, an emulated screen out."""

import re
from signal import SIGINT

import pytest

from tests.terminal.conftest import Start
from tests.terminal.emulator import Terminal

RIGHT = "docker image ls -f dangling=true"
ASK_1, ASK_2, ASK_3 = "List only", "What does an image", "Type the Chinese word"
SIZES = [(30, 10), (60, 20), (80, 24), (200, 50)]
CTRL_C, CTRL_D, CTRL_G, CTRL_UNDERSCORE = "\x03", "\x04", "\x07", "\x1f"
PAGE_DOWN, PAGE_UP, UP = "\x1b[6~", "\x1b[5~", "\x1b[A"


def answer_first(terminal: Terminal, rating: str = "3") -> None:
    terminal.see(ASK_1, "$")
    terminal.send(RIGHT + "\r")
    terminal.see("Correct", "4 Easy")
    terminal.send(rating)
    terminal.see("→", ASK_2)


def flip_second(terminal: Terminal, rating: str = "3") -> None:
    terminal.see(ASK_2, "Space")
    terminal.send(" ")
    terminal.see("Read-only layers", "4 Easy")
    terminal.send(rating)
    terminal.see(">", ASK_3)


def test_a_digit_rates(start: Start) -> None:
    terminal = start()
    for key, word in enumerate(("Again", "Hard", "Good", "Easy"), 1):
        answer_first(terminal, str(key))
        assert re.search(rf"List only.*{word} +\d+\.\ds → \d+[md]", terminal.text())
        terminal.send("u")
        terminal.see(f"Taken back: images/list-dangling ({word})", ASK_1, "$")


def test_enter_takes_the_suggested_rating_after_a_right_answer(start: Start) -> None:
    terminal = start()
    terminal.see(ASK_1)
    terminal.send(RIGHT + "\r")
    terminal.see("Correct", "▸ 3 Good", "Enter = Good")
    terminal.send("\r")
    terminal.see("Good", ASK_2)
    terminal.send("q")
    terminal.see("rated:3")


def test_a_wrong_answer_shows_what_was_typed_and_what_is_right(start: Start) -> None:
    terminal = start()
    terminal.see(ASK_1)
    terminal.send("docker ps\r")
    terminal.see("✗ Not right", "You typed docker ps", f"Answer {RIGHT}")
    terminal.see("`docker ps` is another command; the answer is `docker image ls`.")
    terminal.see("the notes had `docker images --filter dangling=true`")
    terminal.see("Source image-operations, lines 168-169", "▸ 1 Again")
    terminal.send(" ")
    terminal.see("✗ List only", ASK_2)


def test_a_half_right_answer_says_what_is_missing(start: Start) -> None:
    terminal = start()
    terminal.see(ASK_1)
    terminal.send("docker images\r")
    terminal.see("~ Partly right", "Missing: `-f dangling=true` (`--filter`).")
    terminal.see("You typed docker images -f dangling=true", "+++", "▸ 2 Hard")
    terminal.send("\r")
    terminal.see("~ List only", "Hard", ASK_2)


@pytest.mark.parametrize("keys", [CTRL_G, "docker" + CTRL_G, "\r"])
def test_not_knowing_shows_the_answer(start: Start, keys: str) -> None:
    terminal = start()
    terminal.see(ASK_1)
    terminal.send(keys)
    assert "You typed" not in terminal.see("✗ No answer", RIGHT)


def test_full_width_keys_work_alike(start: Start) -> None:
    terminal = start("--lang", "zh")
    terminal.see("只列出悬空镜像", "$")
    terminal.send("\x07")
    terminal.see("没有作答")
    terminal.send("２")
    terminal.see("困难", "镜像由什么组成")
    terminal.send("\u3000")
    terminal.see("只读的层", "4 简单")
    terminal.send("\uff55")
    terminal.see("已撤销", "只列出悬空镜像")
    terminal.send("\x07")
    terminal.see("没有作答")
    terminal.send("１")
    terminal.see("镜像由什么组成")
    terminal.send("\uff51")
    terminal.see("rated:1 ended by:-")


def test_a_chinese_answer_can_be_typed_and_edited(start: Start) -> None:
    terminal = start()
    answer_first(terminal)
    flip_second(terminal)
    terminal.send("镜容")
    terminal.see("> 镜容")
    terminal.send("\x7f像")
    terminal.see("> 镜像")
    terminal.send("\r")
    terminal.see("✓ Correct", "the notes had `容器`, which is mistaken")
    terminal.send("\r")
    terminal.see("✓ Type the Chinese word")


def test_undo_goes_back_several_steps(start: Start) -> None:
    terminal = start()
    answer_first(terminal)
    flip_second(terminal)
    terminal.send(CTRL_UNDERSCORE)
    terminal.see("Taken back: images/layers (Good)", ASK_2, "Space")
    terminal.send("u")
    terminal.see("Taken back: images/list-dangling (Good)", ASK_1, "$")
    terminal.send(CTRL_UNDERSCORE)
    terminal.see("There is nothing to take back.")
    terminal.send(RIGHT + "\r")
    terminal.see("Correct")
    terminal.send("4")
    terminal.see("Easy", "2 new")
    terminal.send("q")
    terminal.see("rated:4 ended by:-")


def test_u_is_a_letter_where_a_line_is_typed(start: Start) -> None:
    terminal = start()
    terminal.see(ASK_1)
    terminal.send("u1q")
    terminal.see("$ u1q")


def test_ctrl_c_leaves_a_typed_line(start: Start) -> None:
    terminal = start()
    terminal.see(ASK_1)
    terminal.send("half a command")
    terminal.see("half a command")
    terminal.send(CTRL_C)
    terminal.see("3 cards are left for today.", "rated:- ended by:SIGINT")


def test_ctrl_c_leaves_a_verdict_and_keeps_what_was_rated(start: Start) -> None:
    terminal = start()
    answer_first(terminal)
    terminal.send(" ")
    terminal.see("4 Easy")
    terminal.send(CTRL_C)
    terminal.see("1 card, 1 answer, 1 right at first try", "rated:3 ended by:SIGINT")


def test_ctrl_d_leaves_an_empty_line_only(start: Start) -> None:
    terminal = start()
    terminal.see(ASK_1)
    terminal.send("ab\x01" + CTRL_D)
    terminal.see("$ b", ASK_1)
    terminal.send(CTRL_D + CTRL_D)
    terminal.see("rated:- ended by:-")


def test_the_second_half_of_a_double_tap_does_not_rate(start: Start) -> None:
    terminal = start("--guard", "3600000")
    answer_first(terminal)
    terminal.send("  \r ")
    terminal.see("Read-only layers", "4 Easy")
    terminal.send("4")
    terminal.see("Easy", ASK_3)
    terminal.send("\r\r" + CTRL_C)
    terminal.see("rated:34")


def test_the_usual_guard_stops_a_double_space(start: Start) -> None:
    terminal = start("--guard", "180")
    answer_first(terminal)
    terminal.send("  ")
    terminal.see("Read-only layers", "4 Easy")
    terminal.send("1")
    terminal.see("Again", ASK_3)
    terminal.send(CTRL_C)
    terminal.see("rated:31")


def test_a_card_is_laid_out_anew_when_the_window_changes(start: Start) -> None:
    terminal = start()
    terminal.see(ASK_1)
    terminal.send("docker images")
    terminal.see("$ docker images")
    terminal.resize(40, 12)
    terminal.see(ASK_1, "$ docker images", "─" * 40)
    terminal.send("\r")
    terminal.see("~ Partly right", "4 Easy")
    terminal.resize(120, 40)
    terminal.see("Source image-operations", "─" * 88)
    assert "─" * 89 not in terminal.text()
    terminal.send("2")
    terminal.see("Hard", ASK_2)


ANSWERS = {
    "en": ["docker images\r", "--rm\r", "image\r", " ", "2", "latest\r", "4321\r"],
    "zh": [
        "docker images\r",
        "－－rm\r",
        "镜像\r",
        "\u3000",
        "２",
        "latest\r",
        "４321\r",
    ],
}
ASKED = {
    "en": "List only|docker run:|template|What does|port|a tag|Put a site|Done for now",
    "zh": "只列出|docker run：|只读模板|镜像由什么|端口|不写标签|让网站上线|暂告一段落",
}
RATINGS = {"en": "1 Again 2 Hard 3 Good 4 Easy", "zh": "1重来 2困难 3良好 4简单"}


@pytest.mark.parametrize(("columns", "rows"), SIZES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_form_can_be_done_at_every_size(
    start: Start, columns: int, rows: int, language: str
) -> None:
    terminal = start("--deck", "forms", "--lang", language, columns=columns, rows=rows)
    asked = ASKED[language].split("|")
    for ask, answer, following in zip(
        asked, ANSWERS[language], asked[1:], strict=False
    ):
        terminal.see(ask)
        terminal.send(answer)
        text = terminal.see("▸", *pairs(RATINGS[language]))
        assert following not in text
        terminal.send("4")
        terminal.see(following)
    terminal.send("q")
    terminal.see("rated:4444444 ended by:-")


def pairs(words: str) -> list[str]:
    return re.findall(r"\d ?\w+", words)


def test_chinese_being_typed_folds_in_a_window_made_narrower(start: Start) -> None:
    terminal = start("--deck", "forms", "--lang", "zh", columns=80, rows=24)
    terminal.see("只列出")
    terminal.send("镜" * 30)
    terminal.see("$ " + "镜" * 30)
    terminal.resize(31, 12)
    terminal.see("只列出", "$" + "镜" * 14, "─" * 31)
    lines = [line.strip() for line in terminal.text().splitlines()]
    folded = ["$ " + "镜" * 14, "镜" * 14, "镜" * 2]
    assert [line for line in lines if "镜镜" in line] == folded
    terminal.send("\x01像\x05容")
    terminal.see("$像" + "镜" * 13, "镜" * 14 + "镜" * 3 + "容")
    terminal.resize(60, 24)
    terminal.see("$像" + "镜" * 28, "镜镜容")
    terminal.send("\x15镜像\r")
    terminal.see("不对", "1 重来")
    terminal.send(CTRL_C)
    terminal.see("rated:-")


def test_marks_of_an_answer_are_signs_where_there_is_no_colour(start: Start) -> None:
    terminal = start("--deck", "forms", "--ascii", NO_COLOR="1")
    terminal.see("List only")
    terminal.send("docker image ls -a\r")
    terminal.see("Not asked for", "^^", "+++", "> 2 Hard")
    terminal.send("4--rm\r4image\r4 41")
    terminal.see("Which client port", "> ", "+ 80")
    assert terminal.raw.isascii()
    terminal.send(CTRL_C)
    terminal.see("rated:4444")


def test_control_characters_of_a_card_never_reach_the_terminal(start: Start) -> None:
    terminal = start("--odd")
    terminal.see(r"red \x1b[31m bell \x07 \u202eevil")
    terminal.send(" ")
    terminal.see(r"\x1b[2Jgone\x9b", "4 Easy")
    terminal.send("3")
    terminal.see(r"✓ red \x1b[31m bell", "A tall card")
    for sequence in (b"\x07", b"\x1b[2J", b"\x1b[31m bell", "\u202e".encode()):
        assert sequence not in terminal.raw
    assert "\x9b".encode() not in terminal.raw


def test_pasted_lines_become_one_and_controls_are_not_drawn(start: Start) -> None:
    terminal = start()
    terminal.see(ASK_1)
    terminal.send("\x1b[200~docker image \n ls \u202e\x1b[201~")
    terminal.see("$ docker image ls ?")
    assert "\u202e".encode() not in terminal.raw


def test_a_tall_card_scrolls_below_ratings_that_stay(start: Start) -> None:
    terminal = start("--odd")
    terminal.see("red")
    terminal.send(" ")
    terminal.see("4 Easy")
    terminal.send("3")
    terminal.see("A tall card", "Space")
    terminal.send(" ")
    terminal.see("line 1", "4 Easy", "PgUp/PgDn")
    for _ in range(8):
        terminal.send(PAGE_DOWN)
    terminal.see("line 80", "4 Easy")
    terminal.send(UP)
    terminal.wait(lambda text: "line 80" not in text, "line scrolled up")
    for _ in range(8):
        terminal.send(PAGE_UP)
    terminal.see("A tall card", "line 1", "4 Easy")


def test_colour_can_be_off(start: Start) -> None:
    terminal = start("--no-color")
    answer_first(terminal)
    flip_second(terminal)
    assert not re.search(rb"\x1b\[[\d;]*\b[349]\d\b[\d;]*m", terminal.raw)


def test_no_color_in_the_environment_turns_colour_off(start: Start) -> None:
    terminal = start(NO_COLOR="1")
    answer_first(terminal)
    assert not re.search(rb"\x1b\[[\d;]*\b[349]\d\b[\d;]*m", terminal.raw)


def test_colour_is_on_otherwise(start: Start) -> None:
    terminal = start()
    answer_first(terminal)
    assert re.search(rb"\x1b\[[\d;]*\b[349]\d\b[\d;]*m", terminal.raw)


def test_ascii_mode_draws_nothing_else(start: Start) -> None:
    terminal = start("--ascii")
    terminal.see(ASK_1)
    terminal.send(RIGHT + "\r")
    terminal.see("+ Correct", "> 3 Good")
    terminal.send("3")
    terminal.see("+ List only", "->")
    terminal.send("u")
    terminal.see("< Taken back")
    terminal.send(CTRL_C)
    terminal.see("rated:-")
    assert terminal.raw.isascii()


def test_keys_typed_ahead_are_neither_lost_nor_misread(start: Start) -> None:
    terminal = start()
    terminal.see(ASK_1)
    terminal.send(RIGHT + "\r3 4镜像\r2")
    terminal.see("✓ List only", "✓ What does", "~ Type the Chinese word", "0 new")
    terminal.send(CTRL_C)
    terminal.see("rated:342 ended by:SIGINT")


def test_ctrl_c_typed_ahead_leaves_at_the_next_page(start: Start) -> None:
    terminal = start()
    terminal.see(ASK_1)
    terminal.send(RIGHT + "\r3" + CTRL_C)
    terminal.see("rated:3 ended by:SIGINT")


def test_the_signal_of_ctrl_c_leaves_too(start: Start) -> None:
    terminal = start()
    answer_first(terminal)
    terminal.signal(SIGINT)
    terminal.see("rated:3 ended by:SIGINT")


@pytest.mark.parametrize("rows", [4, 7])
def test_a_very_low_terminal_still_shows_what_rates(start: Start, rows: int) -> None:
    terminal = start(columns=60, rows=rows)
    terminal.see("$")
    terminal.send(RIGHT + "\r")
    terminal.see("3 Good")
    terminal.send("3")
    terminal.see("What does an image", "Space")


def test_undo_is_offered_once_there_is_a_rating_to_undo(start: Start) -> None:
    terminal = start()
    assert "undo" not in terminal.see(ASK_1, "^G")
    terminal.send(RIGHT + "\r")
    assert "undo" not in terminal.see("Enter = Good", "quit")
    terminal.send("3")
    terminal.see(ASK_2, "u undo")
    terminal.send(" ")
    terminal.see("Read-only layers", "Enter = ", "u undo")
