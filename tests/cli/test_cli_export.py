"""`trainer export`: which cards go out, in which languages, and where to."""

import pytest

from tests.program import Program, imported

CARDS = ["fruit/apple", "fruit/pear", "fruit/plum", "trees/oak", "trees/fir"]


def cards(program: Program, *words: str) -> list[str]:
    return [card["id"] for card in program("export", "json", *words).json["cards"]]


def test_topics_kinds_and_sections_narrow_an_export(shipped: Program) -> None:
    whole = set(cards(shipped))
    assert len(whole) > 700
    images = set(cards(shipped, "images"))
    flags = set(cards(shipped, "images", "--kind", "flag"))
    of_section = set(cards(shipped, "--section", "image-operations"))
    assert flags < images < whole
    assert {card.partition("/")[0] for card in images} == {"images"}
    assert of_section
    assert of_section < whole


def test_the_log_goes_along_with_the_cards_chosen(program: Program) -> None:
    program("review", given="x\nx\nx\nx\nx\n")
    exported = program("export", "json", "trees").json
    assert {one["card"] for one in exported["reviews"]} == {"trees/oak", "trees/fir"}
    assert {one["card"] for one in exported["memory"]} == {"trees/oak", "trees/fir"}
    assert cards(program) == CARDS
    alone = program("export", "json", "--no-schedule").json
    assert [card["id"] for card in alone["cards"]] == CARDS
    assert (alone["reviews"], alone["memory"]) == ([], [])


def test_cards_alone_are_exported_without_a_database(program: Program) -> None:
    assert program("export", "csv").code == 0
    assert not (program.home / "trainer.db").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["fruits"], "`fruit`"),
        (["--section", "x"], "section"),
        (["--tag", "sour"], "tag"),
        (["--flavour", "plain"], "--flavour"),
        (["--style", "sheet"], "--style"),
    ],
)
def test_what_does_not_exist_is_told(
    program: Program, words: list[str], told: str
) -> None:
    ran = program("export", "json", *words)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_only_an_export_is_in_both_languages(program: Program) -> None:
    assert program("export", "json", "--lang", "both").code == 0
    ran = program("due", "--lang", "both")
    assert ran.code == 2
    assert "en, zh" in ran.err


def test_decks_without_cards_leave_the_log_to_export(program: Program) -> None:
    program("review", given="x\nx\nx\nx\nx\n")
    for file in (program.home.parent / "own-decks").glob("*.yaml"):
        file.unlink()
    exported = program("export", "json").json
    assert exported["cards"] == []
    assert len(exported["reviews"]) == len(CARDS)


def test_a_page_switches_between_both_languages_unless_one_is_asked_for(
    program: Program,
) -> None:
    both = program("export", "html").out
    assert "Say apple." in both
    assert "说 apple。" in both
    chinese = program("export", "html", "--lang", "zh").out
    assert "Say apple." not in chinese
    assert "说 apple。" in chinese
    assert "说 apple。" not in program("export", "print").out


def test_a_page_is_written_into_a_file_that_is_not_there_yet(program: Program) -> None:
    file = program.home.parent / "cards.html"
    assert program("export", "print", "--style", "cards", "-o", file).code == 0
    assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    again = program("export", "html", "-o", file)
    assert again.code == 2
    assert "--force" in again.err


def test_what_makes_pages_is_loaded_for_pages_alone(program: Program) -> None:
    assert "jinja2" not in imported(program, "export", "json")
