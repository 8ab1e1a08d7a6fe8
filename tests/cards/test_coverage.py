"""How far cards cover notes, and which citations to look at."""

from trainer.cards.card import Card
from trainer.cards.coverage import Coverage, Reason, measure_coverage, share
from trainer.cards.markdown import parse_notes
from trainer.cards.outline import make_outline
from trainer.cards.reading import read_deck

NOTES = """\
before all headings

# Images

- read-only
- layered

![](layers.png)

# Containers

- an instance of an image
"""
OUTLINE = make_outline(parse_notes(NOTES))


def card(name: str, section: str | None, *lines: int) -> Card:
    place = f", lines: {lines[0]}-{lines[-1]}" if lines else ""
    source = f"source: {{section: {section}{place}}}, " if section else ""
    fields = f"id: {name}, kind: concept, {source}ask: q, answer: a"
    text = f"deck: d\ntitle: T\ncards:\n- {{{fields}}}\n"
    deck = read_deck(text.encode(), "d.yaml").deck
    assert deck is not None
    return deck.cards[0]


def measured(*cards: Card, notes: str = NOTES) -> Coverage:
    return measure_coverage(OUTLINE, parse_notes(notes), cards)


def checks(found: Coverage) -> list[tuple[str, Reason]]:
    return [(one.card, one.reason) for one in found.checks]


def test_a_line_is_covered_if_a_card_cites_it() -> None:
    found = measured(card("a", "images", 5), card("b", "images", 5, 8), card("c", None))
    images, containers = found.sections
    assert images.cards == ("d/a", "d/b")
    assert images.facts == (5, 6)
    assert images.cited == {5, 6}
    assert images.uncited == ()
    assert (containers.cards, containers.uncited) == ((), (12,))
    assert found.outside == (1,)
    assert (found.cited, found.facts, found.percent) == (2, 4, 50.0)
    assert found.checks == ()


def test_a_card_without_lines_covers_its_whole_section() -> None:
    assert measured(card("a", "images")).sections[0].uncited == ()


def test_lines_outside_of_the_section_do_not_count_and_are_reported() -> None:
    found = measured(card("a", "images", 6, 12), card("b", "containers", 3, 12))
    assert [one.uncited for one in found.sections] == [(5,), ()]
    assert checks(found) == [("d/a", Reason.OUTSIDE), ("d/b", Reason.OUTSIDE)]


def test_an_unknown_section_is_reported() -> None:
    assert checks(measured(card("a", "imagse", 5))) == [("d/a", Reason.UNKNOWN)]


def test_a_section_that_moved_takes_its_cards_along() -> None:
    found = measured(card("a", "containers", 12), notes="new\n\n" + NOTES)
    assert found.sections[1].cited == {14}
    assert found.checks == ()
    assert found.outside == (1, 3)


def test_cards_of_a_section_that_changed_are_to_be_checked() -> None:
    changed = NOTES.replace("- layered", "- layered\n- shared")
    found = measured(card("a", "images", 5), card("b", "containers"), notes=changed)
    assert checks(found) == [("d/a", Reason.CHANGED)]
    assert found.sections[0].uncited == (6, 7)


def test_cards_of_a_section_that_is_gone_are_to_be_checked() -> None:
    renamed = NOTES.replace("# Images", "# Layers")
    found = measured(card("a", "images", 5), card("b", "images", 99), notes=renamed)
    assert checks(found) == [
        ("d/a", Reason.GONE),
        ("d/b", Reason.OUTSIDE),
        ("d/b", Reason.GONE),
    ]
    images, _ = found.sections
    assert (images.located, images.facts, images.cards) == (None, (), ("d/a", "d/b"))
    assert found.outside == (1, 5, 6)


def test_a_share_is_never_rounded_up() -> None:
    assert share(1999, 2000) == 99.9
    assert share(2, 3) == 66.6
    assert share(0, 0) == 100.0


def test_a_minimum_is_compared_exactly() -> None:
    found = measured(card("a", "images"))
    assert found.reaches(50)
    assert not found.reaches(50.1)
    assert measured(notes="").reaches(100)
