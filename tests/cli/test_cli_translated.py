"""The help of every command in Chinese."""

import re

from typer.main import get_command

from tests.program import Program
from trainer.cli.app import app, register
from trainer.cli.translated import help_texts
from trainer.language.help_zh import HELP

ADDED_WHEN_SHOWN = "Show this message and exit."


def test_every_text_of_the_help_stands_in_chinese_and_no_other() -> None:
    register([])
    texts = {*help_texts(get_command(app)), ADDED_WHEN_SHOWN}
    assert texts - HELP.keys() == set()
    assert HELP.keys() - texts == set()
    assert all(re.search("[\u4e00-\u9fff]", text) for text in HELP.values())


def test_no_line_of_chinese_help_is_cut_off(program: Program) -> None:
    narrow = program.having(COLUMNS="56", TERMINAL_WIDTH="56")
    for words in ((), ("quiz",), ("import",)):
        assert "…" not in narrow(*words, "-h", "--lang", "zh").out


def test_help_speaks_chinese(program: Program) -> None:
    ran = program("deck", "add", "-h", "--lang", "zh")
    assert ran.code == 0
    for part in ("用法：trainer deck add", "在牌组末尾添加一张卡片", "选项", "示例："):
        assert part in ran.out
    assert "显示本帮助并退出。" in ran.out
    assert not re.search(r"Usage|Options|Show this|Example", ran.out)
