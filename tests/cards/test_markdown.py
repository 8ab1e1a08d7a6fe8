"""What notes in Markdown hold: headings, and lines that tell something."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.cards.markdown import LONGEST_HEADING, parse_notes

TELLING = [
    "plain words",
    "- `docker ps` lists containers",
    "- `docker ps`",
    "- 下载 [Docker Desktop](https://example.com) 带一套可视化软件",
    "- ![a picture](a.png) shows the layers",
    "> a quotation",
    "| a | table |",
    "- [ ] a task",
    "1. one",
    "2013",
    "curl http://localhost:8080/",
    "- http://localhost:8080/",
    "- 其余参考[官方文档](https://example.com)，端口默认是 8080",
    "<b>bold</b>",
    "- ENV <key> <value>",
]
SILENT = [
    "",
    "   ",
    "# a heading",
    "---",
    "-",
    ">",
    "| --- | :-: |",
    "![a picture](a.png)",
    "![](a.png)",
    "- [参考官网文档](https://example.com/docs)",
    "- 详细参考[官网文档](https://example.com/docs)",
    "> 更详细的信息参考[commandline docker](https://example.com)",
    "- [remote api](https://example.com)",
    "- 1、[https://example.com](https://example.com)",
    "See also the [docs](https://example.com).",
    "- <https://example.com>",
    "https://example.com/docs",
    "- Read more: https://example.com/docs",
    "[docs]: https://example.com",
    "<!-- a remark -->",
    "<br>",
    "- <br>",
    "- # a heading in a list",
    "- ` - `",
]


@pytest.mark.parametrize("line", TELLING)
def test_a_line_that_tells_something_has_a_fact(line: str) -> None:
    assert parse_notes(line).facts == (1,)


@pytest.mark.parametrize("line", SILENT)
def test_a_line_that_only_points_or_divides_has_none(line: str) -> None:
    assert parse_notes(line).facts == ()


def test_each_line_of_a_fence_is_a_fact_and_none_is_a_heading() -> None:
    text = "- how:\n\t```sh\n\t# start it\n\n\tnginx\n\t```\n\n~~~\n# unfinished\n"
    notes = parse_notes(text)
    assert notes.facts == (1, 3, 5, 9)
    assert notes.headings == ()


def test_indented_code_and_html_tell_line_by_line() -> None:
    assert parse_notes("    ls\n\n    pwd\n").facts == (1, 3)
    assert parse_notes("<div>\n<b>a</b>\n<!-- b\nc -->\n</div>\n").facts == (2,)


def test_references_are_links_wherever_they_are_defined() -> None:
    assert parse_notes("- [参考][docs]\n\n[docs]: https://example.com\n").facts == ()


def test_headings_know_their_lines() -> None:
    notes = parse_notes("# A `b` *c*\n\ntext\n\nTwo\nlines\n===\n\n##\n\n> # quoted\n")
    found = [(one.level, one.text, one.line, one.last) for one in notes.headings]
    assert found == [(1, "A b c", 1, 1), (1, "Two lines", 5, 7)]


def test_a_heading_is_short_and_safe_to_show() -> None:
    (heading,) = parse_notes("# a\x1b[31m\t b " + "x" * 1000).headings
    assert heading.text.startswith(r"a\x1b[31m b x")
    assert len(heading.text) == LONGEST_HEADING


def test_lines_of_every_system_are_counted_alike() -> None:
    for end in ("\n", "\r\n", "\r"):
        notes = parse_notes(end.join(["# a", "", "b\u2028c\x0b\x85", "d"]))
        assert notes.facts == (3, 4)
        assert notes.line(4) == "d"


def test_a_line_knows_the_item_it_is_part_of() -> None:
    text = "- a\n  more\n\t- b\n\t- `c`\n\n\t  > d\n\ne\n\n- - f\n"
    found = [
        (line.number, line.text, line.is_item, line.parent)
        for line in parse_notes(text).texts
    ]
    assert found == [
        (1, "a", True, None),
        (2, "more", False, 1),
        (3, "b", True, 1),
        (4, "c", True, 1),
        (6, "d", False, 4),
        (8, "e", False, None),
        (10, "f", True, None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        ">" * 100_000,
        "* " * 100_000,
        "[" * 100_000,
        "[a](<" * 9_000,
        "`" * 50_000 + "a",
        "<!--" * 50_000,
        "<" * 50_000,
        "".join(f"{'  ' * depth}- a\n" for depth in range(500)),
        "*a _b " * 5_000,
        "# a\n" * 20_000,
        "a\x00\x1b\n" * 5_000,
        "[a]: b\n" * 10_000,
    ],
    ids=lambda text: text[:8],
)
def test_hostile_notes_are_read_in_reasonable_time(text: str) -> None:
    began = process_time()
    notes = parse_notes(text)
    assert process_time() - began < 10
    assert all(1 <= line <= len(notes.lines) for line in notes.facts)


PIECES = ["# ", "- ", "> ", "```", "`", "\n", "\t", "a", "中", "[", "](b)", "<!--", "="]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40))
def test_any_text_is_notes(parts: list[str]) -> None:
    notes = parse_notes("".join(parts))
    covered = {one.line for one in notes.headings}
    assert list(notes.facts) == sorted({*notes.facts})
    assert not covered & {*notes.facts}
    for line in notes.facts:
        assert notes.line(line).strip()
