"""Outlines of notes: made, written, read, refreshed, and found again in the notes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.cards.markdown import parse_notes
from trainer.cards.outline import (
    Outline,
    OutlineReading,
    Section,
    Slugs,
    locate,
    make_outline,
    outline_text,
    read_outline,
    refresh_outline,
)
from trainer.language.text import Language, Text

NOTES = """\
# My notes

Written in 2019.

## Images

### Layers

They are read-only.

#### Union mount

It shows them as one.

### Commands

- `docker ps`

## Containers

## 待学习

- more

### Commands

- `docker rm`

"""
SECTION = {
    "slug": "layers",
    "title": "Layers",
    "heading": "Layers",
    "lines": "7-13",
    "digest": "0123456789ab",
}


def outlined(text: str) -> list[tuple[str, tuple[int, int]]]:
    return [(one.slug, one.lines) for one in make_outline(parse_notes(text)).sections]


def test_each_heading_with_facts_of_its_own_makes_a_section() -> None:
    assert outlined(NOTES) == [
        ("my-notes", (1, 3)),
        ("layers", (7, 9)),
        ("union-mount", (11, 13)),
        ("commands", (15, 17)),
        ("s-6622b0", (21, 23)),
        ("commands-2", (25, 27)),
    ]


def test_notes_without_headings_have_no_sections() -> None:
    empty = make_outline(parse_notes("only words"))
    assert empty == Outline(())
    assert read_outline(outline_text(empty).encode(), "o").outline == empty


def test_slugs_are_made_of_latin_words_and_numbers() -> None:
    slugs = Slugs({"taken"})
    assert slugs.make("3.3.2 基本操作") == "3.3.2"
    assert slugs.make("1.1 在Ubuntu中安装") == "1.1-ubuntu"
    assert slugs.make("Café ＡＢ（Ⅳ）") == "cafe-ab-iv"
    assert slugs.make("taken") == "taken-2"
    assert slugs.make("Taken!") == "taken-3"
    assert slugs.make("一二") == Slugs().make("一二")
    assert slugs.make("many " * 20) == "many-many-many-many-many-many-many-many"
    assert slugs.make("x" * 100) == "x" * 40


def named(*headings: str) -> Outline:
    """Return an outline made by hand, with English and Chinese titles."""
    return Outline(
        tuple(
            Section(f"s{at}", Text(f"T{at}", f"题{at}"), heading, (1, 1), "0" * 12)
            for at, heading in enumerate(headings)
        )
    )


def places(outline: Outline, text: str) -> dict[str, tuple[int, int]]:
    found = locate(outline, parse_notes(text))
    return {slug: one.lines for slug, one in found.items()}


def test_headings_that_the_outline_does_not_name_belong_to_the_section_above() -> None:
    assert places(named("Layers", "Containers"), NOTES) == {
        "s0": (7, 13),
        "s1": (19, 19),
    }
    assert places(named("Images"), NOTES) == {"s0": (5, 17)}
    assert places(named("My notes", "Layers"), NOTES) == {"s0": (1, 3), "s1": (7, 13)}


def test_headings_that_repeat_are_found_in_order() -> None:
    found = places(named("Commands", "Commands", "Commands", "Nowhere"), NOTES)
    assert found == {"s0": (15, 17), "s1": (25, 27)}


def test_blanks_and_width_do_not_change_a_section() -> None:
    old = make_outline(parse_notes(NOTES))
    blank = NOTES.replace("They are", "\n\nThey  are ").replace("2019", "２０１９")
    assert not any(one.is_changed for one in locate(old, parse_notes(blank)).values())
    other = NOTES.replace("read-only", "writable")
    found = locate(old, parse_notes(other))
    assert [slug for slug, one in found.items() if one.is_changed] == ["layers"]


def test_refreshing_keeps_slugs_and_titles_and_adds_what_lies_outside() -> None:
    old = refresh_outline(named("Layers", "Commands"), parse_notes(NOTES)).outline
    assert [one.slug for one in old.sections[1:4]] == ["s0", "s1", "s-6622b0"]
    later = NOTES.replace("## 待学习", "## New\n\nnews\n\n## 待学").replace(
        "### Layers", "### 分层\n\n### Layers\n\nMore."
    )
    found = refresh_outline(old, parse_notes(later))
    assert [one.slug for one in found.gone] == ["s-6622b0"]
    assert [one.slug for one in found.new] == ["new", "s-df0ff0"]
    kept = {one.section.slug: one for one in found.kept}
    assert [one.is_changed for one in kept.values()] == [False, True, False, False]
    assert [one.is_moved for one in kept.values()] == [False, True, True, True]
    (commands,) = (one for one in found.outline.sections if one.slug == "s1")
    assert commands.title == Text("T1", "题1")
    assert commands.lines == (19, 21)
    again = refresh_outline(found.outline, parse_notes(later))
    assert again.outline == found.outline
    assert (again.new, again.gone) == ((), ())


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.sampled_from(["# ", "## ", "a", "\n", "\n\n", "中", "- b\n"])
        | st.text(max_size=4),
        max_size=40,
    )
)
def test_any_outline_survives_the_way_to_its_file_and_back(parts: list[str]) -> None:
    notes = parse_notes("".join(parts))
    outline = make_outline(notes)
    reading = read_outline(outline_text(outline).encode(), "o")
    assert reading == OutlineReading(outline, ())
    assert all(not one.is_changed for one in locate(outline, notes).values())
    inside = {
        line
        for one in outline.sections
        for line in notes.facts_in(one.lines[0], one.lines[1])
    }
    first = notes.headings[0].line if notes.headings else len(notes.lines) + 1
    assert inside == {line for line in notes.facts if line > first}


def written(**changed: str) -> str:
    fields = {**SECTION, **changed}
    return "- " + "\n  ".join(f"{name}: {value}" for name, value in fields.items())


NO_OUTLINE = (
    "1:1: this is no outline: it should start with `sections:`; "
    "`trainer notes outline` makes one"
)
NO_OUTLINE_ZH = (
    "1:1: 这不是大纲：应以 `sections:` 开头；可用 `trainer notes outline` 生成"
)
BROKEN: dict[str, tuple[str, int, str, str]] = {
    "nothing": (
        "",
        0,
        NO_OUTLINE,
        NO_OUTLINE_ZH,
    ),
    "a deck": (
        "deck: d\ntitle: T\ncards: []\n",
        0,
        NO_OUTLINE,
        NO_OUTLINE_ZH,
    ),
    "something broken that is none": (
        "a: 'b\n",
        0,
        NO_OUTLINE,
        NO_OUTLINE_ZH,
    ),
    "no list": (
        "sections: none\n",
        0,
        "1:11: `sections` is a list: each section starts with `- `",
        "1:11: `sections` 应为列表：每个章节以 `- ` 开头",
    ),
    "a section twice": (
        f"sections:\n{written()}\n{written()}\n",
        1,
        "7:3: the section `layers` stands already in line 2; slugs are given once",
        "7:3: 章节 `layers` 已在第 2 行出现；每个名称只能用一次",
    ),
    "a digest that is none": (
        f"sections:\n{written(digest='xyz')}\n{written(slug='b')}\n",
        1,
        "6:11: `xyz` is no digest of a section; `trainer notes outline` writes them",
        "6:11: `xyz` 不是章节的摘要值；它由 `trainer notes outline` 写入",
    ),
    "a section that breaks the file": (
        f"sections:\n{written(title=chr(34) + 'a')}\n{written(slug='b')}\n",
        1,
        "3:10: a quotation mark is opened here and never closed, or closed too early",
        "3:10: 这里的引号没有闭合，或闭合得太早",
    ),
    "another field": (
        f"notes: n.md\nsections:\n{written()}\n",
        1,
        "1:1: unknown field `notes`; known are sections",
        "1:1: 未知字段 `notes`；可用的有 sections",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_in_an_outline_is_reported_at_its_place(name: str) -> None:
    text, sections, english, chinese = BROKEN[name]
    reading = read_outline(text.encode(), "o")
    (problem,) = reading.problems
    assert problem.in_language(Language.EN) == f"o:{english}"
    assert problem.in_language(Language.ZH) == f"o:{chinese}"
    assert len(reading.outline.sections if reading.outline else ()) == sections
