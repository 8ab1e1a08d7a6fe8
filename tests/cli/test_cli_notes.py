"""`trainer notes` from the shell: coverage, outlines, drafts, and what may go wrong."""

from pathlib import Path

import pytest

from tests.decks import deck, write_decks
from tests.program import Program

NOTES = """\
# Images

- `docker image ls -q` lists ids

# Containers

- `docker ps -a` lists all
- they are processes
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Write notes, and a deck whose only card cites a section of them."""
    card = deck("d", "x").replace("  ask:", "  source: {section: images}\n  ask:")
    write_decks(tmp_path / "decks", d=card)
    (tmp_path / "notes.md").write_text(NOTES, encoding="utf-8")
    return tmp_path


@pytest.fixture
def program(here: Path) -> Program:
    return Program(here / "home", {"TRAINER_DECKS": str(here / "decks")})


def test_coverage_tells_what_is_missing_and_fails_below_a_minimum(
    program: Program,
) -> None:
    ran = program("--ascii", "notes", "coverage", "notes.md", "--min", "33")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "section     cards  lines  covered",
        "Images          1    1/1   100.0%",
        "Containers      0    0/2     0.0%",
        "total           1    1/3    33.3%",
        "",
        "Lines that no card cites:",
        "  containers",
        "    7  - `docker ps -a` lists all",
        "    8  - they are processes",
    ]
    assert "No outline beside the decks" in ran.err
    assert program("notes", "coverage", "notes.md", "--min", "33.4").code == 1


def test_an_outline_is_made_used_and_refreshed(program: Program, here: Path) -> None:
    place = here / "decks" / "outline.yaml"
    assert program("notes", "outline", "notes.md", "-o", place).code == 0
    assert program("notes", "outline", "notes.md", "-o", place).code == 2
    text = NOTES.replace("lists ids", "is short").replace("# Containers", "# Boxes")
    (here / "notes.md").write_text("intro\n\n" + text, encoding="utf-8")
    said = program("notes", "coverage", "notes.md", "--json").json
    assert list(said) == [
        *("schema_version", "notes", "outline", "percent", "facts", "cited"),
        *("sections", "outside", "checks"),
    ]
    assert said["outline"] == "decks/outline.yaml"
    assert said["sections"][0] == {
        "section": "images",
        "title": "Images",
        "lines": "3-5",
        "changed": True,
        "cards": 1,
        "facts": 1,
        "cited": 1,
        "uncited": [],
    }
    assert said["sections"][1]["lines"] is None
    assert [one["line"] for one in said["outside"]] == [1, 9, 10]
    assert said["outside"][0]["text"] == "intro"
    check = {"card": "d/x", "reason": "changed", "section": "images", "lines": None}
    assert said["checks"] == [check]
    ran = program("notes", "outline", "notes.md", "--refresh", place, "-o", place)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines() == [
        "1 section kept (1 changed), 1 new, 1 gone.",
        "Gone: containers. Cards that cite them need another section.",
        "Moved: images. Move the lines that their cards cite, too.",
    ]
    slugs = [line for line in place.read_text().splitlines() if "- slug" in line]
    assert slugs == ["- slug: images", "- slug: boxes"]
    again = program("notes", "coverage", "notes.md", "--json", "--outline", place)
    assert again.json["checks"] == []


def test_a_draft_is_a_deck_that_lint_can_read(program: Program, here: Path) -> None:
    ran = program("notes", "draft", "notes.md", "-o", "drafts/n.yaml")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    (here / "drafts").mkdir()
    ran = program("notes", "draft", "notes.md", "-o", "drafts/n.yaml", "--deck", "mine")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("2 cards drafted.")
    said = program("deck", "lint", "--json", "--decks", "drafts").json
    assert (said["decks"], said["cards"]) == (1, 2)
    assert {one["severity"] for one in said["problems"]} == {"warning"}
    printed = program("--lang", "zh", "notes", "draft", "notes.md").out
    assert printed.startswith("# 草稿：")
    assert "deck: notes\n" in printed


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["coverage", "nowhere.md"], 2, "nowhere.md"),
        (["coverage", "decks"], 2, "decks"),
        (["outline", "gbk.md"], 4, "gbk.md"),
        (["outline", "huge.md"], 4, "huge.md"),
        (["draft", "plain.md"], 1, "plain.md"),
        (["draft", "notes.md", "--deck", "My Deck"], 2, "My Deck"),
        (["coverage", "notes.md", "--outline", "nowhere.yaml"], 2, "nowhere.yaml"),
        (["coverage", "notes.md", "--outline", "notes.md"], 4, "notes.md:1:1"),
    ],
)
def test_what_goes_wrong_is_one_sentence(
    program: Program, here: Path, words: list[str], code: int, part: str
) -> None:
    (here / "gbk.md").write_bytes("# a\n镜像\n".encode("gbk"))
    (here / "huge.md").write_bytes(b"a" * ((2 << 20) + 1))
    (here / "plain.md").write_text("only words\n")
    ran = program("notes", *words)
    assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1), ran
    assert part in ran.err


def test_hostile_notes_disturb_nothing(program: Program, here: Path) -> None:
    hostile = "# \x1b[2J\u202etitle\n\n- `rm -rf \x1b[31m`\n- `--x\x00`\n- a\x07b\n"
    (here / "notes.md").write_text(hostile, encoding="utf-8")
    for words in (["coverage"], ["draft"], ["outline"]):
        ran = program("notes", *words, "notes.md")
        assert ran.code == 0
        assert not {"\x1b", "\x07", "\x00", "\u202e"} & {*ran.out, *ran.err}
