"""The coverage page: it fits the terminal in both languages."""

import pytest

from tests.decks import SHIPPED
from tests.program import ROOT
from trainer.cards.coverage import measure_coverage
from trainer.cards.markdown import parse_notes
from trainer.cards.outline import Outline, Section, make_outline, read_outline
from trainer.cards.reading import read_deck
from trainer.language.text import Language, Text
from trainer.language.width import text_width
from trainer.terminal.coverage_text import Page, coverage_lines
from trainer.terminal.signs import ASCII, UNICODE

NOTES = "a word\n\n# Images\n\n- read\x1b[31m-only " + "很长" * 60 + "\n- layered\n"
DECK = """\
deck: d
title: T
cards:
- {id: a, kind: concept, ask: q, answer: a, source: {section: images, lines: 6}}
- {id: b, kind: concept, ask: q, answer: a, source: {section: images, lines: 1-6}}
- {id: c, kind: concept, ask: q, answer: a, source: {section: gone, lines: 9}}
- {id: d, kind: concept, ask: q, answer: a, source: {section: nowhere}}
"""


def page(columns: int, language: Language = Language.EN) -> list[str]:
    notes = parse_notes(NOTES)
    gone = Section("gone", Text("Gone", "无"), "Gone", (9, 9), "0" * 12)
    outline = Outline((*make_outline(notes).sections, gone))
    deck = read_deck(DECK.encode(), "d.yaml").deck
    assert deck is not None
    found = measure_coverage(outline, notes, deck.cards)
    return list(coverage_lines(found, notes, Page(language, ASCII, columns)))


def test_the_page_says_what_is_covered_what_is_not_and_what_to_check() -> None:
    assert page(50) == [
        "section               cards  lines  covered",
        "Images                    2    2/2   100.0%",
        "Gone                      1   gone",
        "outside all sections           0/1     0.0%",
        "total                     3    2/3    66.6%",
        "",
        "Lines that no card cites:",
        "  outside all sections",
        "    1  a word",
        "",
        "3 citations to check:",
        "  d/b: lines 1-6 lie outside of `images`",
        "  d/c: `gone` is no longer in the notes",
        "  d/d: the outline has no section `nowhere`",
    ]


def test_lines_of_the_notes_are_cut_and_cannot_disturb_the_terminal() -> None:
    notes = parse_notes(NOTES)
    found = measure_coverage(make_outline(notes), notes, ())
    lines = list(coverage_lines(found, notes, Page(Language.EN, UNICODE, 40)))
    (cut,) = (line for line in lines if "read" in line)
    assert cut.startswith(r"    5  - read\x1b[31m-only 很长")
    assert cut.endswith("…")
    assert text_width(cut) in {39, 40}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("columns", [40, 60])
def test_the_page_of_the_shipped_decks_fits(language: Language, columns: int) -> None:
    data = (ROOT / "decks" / "outline.yaml").read_bytes()
    outline = read_outline(data, "outline.yaml").outline
    assert outline is not None
    decks = [read_deck(path.read_bytes(), path.name).deck for path in SHIPPED]
    cards = [card for deck in decks if deck for card in deck.cards]
    headings = "\n\nwords\n\n".join(f"# {one.heading}" for one in outline.sections)
    notes = parse_notes(headings)
    found = measure_coverage(outline, notes, cards)
    lines = list(coverage_lines(found, notes, Page(language, UNICODE, columns)))
    assert len(lines) > len(outline.sections) + len(cards)
    assert max(map(text_width, lines)) <= columns


@pytest.mark.parametrize("language", Language)
def test_the_page_fits_whatever_is_wrong(language: Language) -> None:
    assert max(map(text_width, page(40, language))) <= 40
