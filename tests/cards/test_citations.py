"""Cards cite sections that there are: what lint says, and the shipped decks."""

from functools import partial
from pathlib import Path

import pytest

from tests.decks import SHIPPED
from tests.program import ROOT
from trainer.cards.citations import lint_citation
from trainer.cards.markdown import parse_notes
from trainer.cards.outline import make_outline, outline_text, read_outline
from trainer.cards.reading import read_deck
from trainer.language.text import Language

OUTLINE_FILE = ROOT / "decks" / "outline.yaml"
SECTIONS = make_outline(parse_notes("# images\na\n# containers\nb\n"))


def lint(source: str) -> list[str]:
    text = (
        "deck: d\ntitle: T\ncards:\n- id: x\n  kind: concept\n"
        f"  ask: q\n  answer: a\n{source}"
    )
    check = partial(lint_citation, outline=SECTIONS)
    reading = read_deck(text.encode(), "d.yaml", check=check)
    assert reading.deck is not None
    assert len(reading.deck.cards) == 1
    return [one.in_language(Language.EN) for one in reading.problems]


def test_an_unknown_section_is_named_with_the_nearest_but_costs_no_card() -> None:
    near = "no section `imagse`, did you mean `images`?"
    assert lint("  source: {section: imagse}\n") == [
        f"d.yaml:8:3: the outline beside this deck has {near}"
    ]
    assert lint("  source: {section: zzz}\n") == [
        "d.yaml:8:3: the outline beside this deck has no section `zzz`"
    ]


def test_a_known_section_and_none_at_all_are_fine() -> None:
    assert lint("  source: {section: images}\n") == []
    assert lint("") == []


def test_the_shipped_outline_is_sound_and_written_as_the_program_writes_it() -> None:
    reading = read_outline(OUTLINE_FILE.read_bytes(), "outline.yaml")
    assert reading.problems == ()
    assert reading.outline is not None
    assert outline_text(reading.outline) == OUTLINE_FILE.read_text(encoding="utf-8")
    assert all(not one.title.is_same for one in reading.outline.sections)
    assert not any(one.title.missing() for one in reading.outline.sections)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_each_shipped_card_cites_lines_within_its_section(path: Path) -> None:
    outline = read_outline(OUTLINE_FILE.read_bytes(), "outline.yaml").outline
    deck = read_deck(path.read_bytes(), path.name).deck
    assert outline is not None
    assert deck is not None
    sections = {one.slug: one.lines for one in outline.sections}
    for card in deck.cards:
        assert card.source is not None, card.id
        assert card.source.lines is not None, card.id
        first, last = sections[card.source.section]
        assert first <= card.source.lines[0], card.id
        assert card.source.lines[1] <= last, card.id
