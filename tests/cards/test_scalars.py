"""Whatever YAML would make of a value, it stays the text that the author typed."""

import json

import pytest

from trainer.cards.card import Card, Deck, Notes, Source, Status
from trainer.cards.reading import DECK_FIELDS, FORMAT, read_deck
from trainer.language.text import Language

TYPED = {
    "8080:22": "8080:22",
    "no": "no",
    "0755": "0755",
    "3.10": "3.10",
    "12:30": "12:30",
    "~": "~",
    "null": "null",
    "1e3": "1e3",
    "0x1F": "0x1F",
    "1_000": "1_000",
    "2026-11-23": "2026-11-23",
    ".inf": ".inf",
    "=": "=",
    "-a": "-a",
    "docker ps -a": "docker ps -a",
    "a#b": "a#b",
    "a  # a comment": "a",
    "'It''s'": "It's",
    '"a\\tb\\u4e2d"': "a\tb中",
    "|\n    two\n    lines": "two\nlines\n",
    ">-\n    one\n    line": "one line",
    "one\n    line": "one line",
    "“引号”——全角：": "“引号”——全角：",
    "👩\u200d💻": "👩\u200d💻",
}


def read(fields: str, head: str = "") -> Deck:
    text = f"deck: d\ntitle: T\n{head}cards:\n- id: x\n{fields}"
    reading = read_deck(text.encode(), "d.yaml")
    assert reading.problems == ()
    assert reading.deck is not None
    return reading.deck


def card(fields: str) -> Card:
    return read(fields).cards[0]


@pytest.mark.parametrize(("typed", "meant"), TYPED.items())
def test_a_value_is_the_text_that_was_typed(typed: str, meant: str) -> None:
    one = card(
        f"  kind: concept\n  ask: {typed}\n  answer: {{en: {typed!r}, zh: 好}}\n"
    )
    assert one.content.sides(Language.EN)[0] == meant


def test_names_that_look_like_numbers_are_names() -> None:
    fields = "  kind: concept\n  ask: q\n  answer: a\n  tags: [3.10, 0755, no, 1]\n"
    deck = read(fields.replace("id: x", "id: 007"))
    assert deck.cards[0].tags == ("3.10", "0755", "no", "1")


def test_a_card_with_all_its_fields() -> None:
    one = card(
        "  kind: concept\n"
        "  form: recall\n"
        "  ask: {en: q, zh: 问}\n"
        "  answer: {en: a, zh: 答}\n"
        "  source: {section: images, lines: 168-169}\n"
        "  why: {en: w, zh: 因}\n"
        "  notes: {status: outdated, said: old}\n"
        "  tags: [one]\n"
    )
    assert one.source == Source("images", (168, 169))
    assert one.notes == Notes(Status.OUTDATED, "old")
    assert one.why is not None
    assert one.why.in_language(Language.ZH) == "因"
    assert one.content.sides(Language.ZH) == ("问", "答")
    assert (one.form, one.tags, one.line) == ("recall", ("one",), 4)


def test_one_line_of_the_notes_is_a_range_of_one() -> None:
    fields = (
        "  kind: concept\n  ask: q\n  answer: a\n  source: {section: s, lines: 7}\n"
    )
    assert card(fields).source == Source("s", (7, 7))


def test_a_deck_says_its_order_and_its_grammar() -> None:
    fields = "  kind: concept\n  ask: q\n  answer: a\n"
    deck = read(fields, "order: 7\ngrammar: docker\n")
    assert (deck.order, deck.grammar) == (7, "docker")
    assert read(fields).grammar is None


def test_what_stands_above_the_cards_survives_the_way_to_json_and_back() -> None:
    deck = read("  kind: concept\n  ask: q\n  answer: a\n", "order: 7\ngrammar: g\n")
    values = {
        "deck": deck.id,
        "title": deck.title,
        "order": deck.order,
        "grammar": deck.grammar,
        "format": FORMAT,
    }
    assert {field.name for field in DECK_FIELDS} == values.keys()
    for field in DECK_FIELDS:
        data = json.loads(json.dumps(field.shape.dump(values[field.name])))
        assert field.shape.load(data) == values[field.name]


@pytest.mark.parametrize(
    ("kind", "form"), [("command", "type"), ("flag", "type"), ("concept", "recall")]
)
def test_the_kind_decides_how_a_card_is_asked(kind: str, form: str) -> None:
    command = "  command: docker ps\n" if kind == "flag" else ""
    one = card(f"  kind: {kind}\n  ask: q\n  answer: a\n{command}")
    assert one.form == form


@pytest.mark.parametrize("form", ["type", "recall"])
@pytest.mark.parametrize("kind", ["command", "concept"])
def test_the_form_can_be_chosen(kind: str, form: str) -> None:
    assert card(f"  kind: {kind}\n  form: {form}\n  ask: q\n  answer: a\n").form == form
