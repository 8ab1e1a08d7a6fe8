"""Line breaks in mixed Chinese and English."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from trainer.language.width import text_width
from trainer.terminal.wrap import cut, pad, wrap, wrap_slices

MIXED = st.text(alphabet="ab-. `（）“”，。、容器镜像运行\n é\u0301ｆ—", max_size=120)
WIDTHS = st.integers(min_value=2, max_value=40)


@given(MIXED, WIDTHS)
def test_no_line_is_wider_than_the_width(text: str, width: int) -> None:
    assert all(text_width(line) <= width for line in wrap(text, width))


@given(MIXED, WIDTHS)
def test_nothing_but_blanks_is_lost(text: str, width: int) -> None:
    kept = "".join(wrap(text, width)).replace(" ", "")
    assert kept == text.replace(" ", "").replace("\n", "")


@given(MIXED, WIDTHS)
def test_lines_follow_each_other_with_only_blanks_between(
    text: str, width: int
) -> None:
    slices = wrap_slices(text, width)
    gaps = [text[end:start] for (_, end), (start, _) in pairwise(slices)]
    assert all(not gap.strip(" \n") for gap in gaps)


@given(MIXED, WIDTHS)
def test_every_line_feed_stays_a_break(text: str, width: int) -> None:
    assert len(wrap(text, width)) >= text.count("\n") + 1


@given(st.text(alphabet="容器镜像，。）（", max_size=60), st.integers(12, 40))
def test_a_comma_between_characters_never_starts_a_line(text: str, width: int) -> None:
    lines = wrap(text.replace("（", ""), width)
    follows = pairwise(lines)
    assert all(
        line[0] not in "，。）" or text_width(before) >= width - 1
        for before, line in follows
    )


@given(MIXED, st.integers(0, 40))
def test_a_cut_text_fits(text: str, width: int) -> None:
    assert text_width(cut(text, width, "…")) <= width


def test_backticks_stay_with_the_code_they_enclose() -> None:
    assert wrap("原文 `镜像的名字` 有误", 12) == ["原文 `镜像的", "名字` 有误"]
    assert wrap("写 `镜像的名` 有误", 10) == ["写 `镜像的", "名` 有误"]
    assert wrap("用了反引号`镜像`", 11) == ["用了反引号", "`镜像`"]


def test_chinese_breaks_between_characters_and_keeps_punctuation() -> None:
    text = "启动容器，在后台运行（默认）。"
    assert wrap(text, 10) == ["启动容器，", "在后台运行", "（默认）。"]
    assert wrap(text, 8) == ["启动容", "器，在后", "台运行", "（默", "认）。"]


def test_latin_words_break_at_blanks_and_beside_chinese() -> None:
    assert wrap("List only dangling images", 13) == ["List only", "dangling", "images"]
    assert wrap("用 docker ps列出", 11) == ["用 docker", "ps列出"]


def test_an_opening_bracket_moves_down_with_its_word() -> None:
    assert wrap("端口（TCP）开放", 6) == ["端口", "（TCP", "）开放"]
    assert wrap("镜像（TCP）", 8) == ["镜像", "（TCP）"]


def test_a_word_wider_than_the_line_is_folded() -> None:
    assert wrap("a 0123456789", 4) == ["a", "0123", "4567", "89"]


def test_indentation_and_empty_lines_stay() -> None:
    assert wrap("a\n\n  b c", 4) == ["a", "", "  b", "c"]


def test_a_cut_says_that_something_is_missing() -> None:
    assert cut("列出所有容器", 7, "…") == "列出所…"
    assert cut("short", 5, "…") == "short"
    assert cut("two\nlines", 20, "...") == "two lines"


def test_padding_counts_columns() -> None:
    assert pad("镜像", 6) == "镜像  "
