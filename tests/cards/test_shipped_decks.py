"""The decks that come with the trainer, and what may happen to their files."""

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decks import SHIPPED
from trainer.cards.card import Kind, shipped_grammar
from trainer.cards.collection import collect
from trainer.cards.lint import lint_together
from trainer.cards.reading import read_cards, read_deck
from trainer.cards.record import dump_card, load_card
from trainer.grading.verdict import Outcome
from trainer.language.text import Language

TEXTS = {
    path.stem: "\n- id:".join(path.read_text(encoding="utf-8").split("\n- id:")[:9])
    for path in SHIPPED
}
"""The beginnings of the decks, eight cards each."""
UPHEAVALS = [
    *('"', "'", ": ", "\t", "\n", "\r", "- ", "{", "}", "[", "]", "&a ", "*a", "!t "),
    *("? ", "| ", "> ", "# ", "<<: ", "---\n", "...\n", "%", "@", "`", "\\", "\0"),
    *("\x1b", "\u2028", "\ufeff", "\uffff", "\u202e", "cards:\n", "\n- id: x\n"),
]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_deck_has_no_problems_and_is_named_as_its_file(path: Path) -> None:
    reading = read_deck(path.read_bytes(), path.name)
    assert reading.problems == ()
    assert reading.deck is not None
    assert reading.deck.id == path.stem
    assert reading.deck.cards


def test_the_shipped_decks_stand_side_by_side() -> None:
    readings = {path.name: read_deck(path.read_bytes(), path.name) for path in SHIPPED}
    found = collect(lint_together(readings))
    assert [one.in_language(Language.EN) for one in found.problems] == []
    assert {deck.id for deck in found.decks} == {path.stem for path in SHIPPED}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_each_shipped_card_stands_in_both_languages(path: Path) -> None:
    deck = read_deck(path.read_bytes(), path.name).deck
    assert deck is not None
    assert not deck.title.missing()
    for card in deck.cards:
        texts = [*dict(card.content.texts()).values(), *filter(None, [card.why])]
        assert not any(text.missing() for text in texts), card.id


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_card_survives_the_way_to_json_and_back(path: Path) -> None:
    deck = read_deck(path.read_bytes(), path.name).deck
    assert deck is not None
    for card in deck.cards:
        data = json.loads(json.dumps(dump_card(card)))
        assert load_card(data, deck.id, deck.grammar, card.line) == card


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_fields_as_their_author_wrote_them_make_the_same_card(path: Path) -> None:
    read = read_cards(
        path.read_bytes(),
        path.name,
        shipped_grammar,
        lambda card, written: (card, json.dumps(written)),
    )
    assert read.deck is not None
    assert read.kept
    for card, written in read.kept:
        name, grammar = read.deck.id, read.deck.grammar
        assert load_card(json.loads(written), name, grammar, card.line) == card


def test_a_card_with_unusual_fields_survives_the_way_to_json_and_back() -> None:
    text = (
        "deck: d\ntitle: T\ncards:\n- id: x\n  kind: concept\n  form: type\n"
        "  ask: {zh: 问}\n  answer: {en: a, zh: a}\n  accept: [b, '8080']\n"
        "  source: {section: s, lines: 7}\n  tags: [t, u]\n"
        "  notes: {status: platform, said: x}\n"
    )
    deck = read_deck(text.encode(), "d.yaml").deck
    assert deck is not None
    (card,) = deck.cards
    data = json.loads(json.dumps(dump_card(card)))
    assert data == {
        "id": "x",
        "kind": "concept",
        "form": "type",
        "ask": {"zh": "问"},
        "answer": "a",
        "accept": ["b", "8080"],
        "source": {"section": "s", "lines": "7"},
        "tags": ["t", "u"],
        "notes": {"status": "platform", "said": "x"},
    }
    assert load_card(data, "d", None, card.line) == card


def read_quickly(data: bytes) -> None:
    """Read a file that may hold anything: it never raises and ends quickly."""
    began = process_time()
    reading = read_deck(data, "d.yaml")
    assert process_time() - began < 10
    for problem in reading.problems:
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert all(problem.in_language(language) for language in Language)
    assert reading.deck is not None or reading.problems


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
def test_any_bytes_make_a_deck_or_a_problem(data: bytes) -> None:
    read_quickly(data)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(UPHEAVALS) | st.text(max_size=3), max_size=40))
def test_any_yaml_makes_a_deck_or_a_problem(parts: list[str]) -> None:
    text = "".join(parts)
    read_quickly(text.encode(errors="surrogatepass"))
    read_quickly(f"deck: d\ntitle: T\ncards:\n{text}".encode(errors="surrogatepass"))


@settings(deadline=None, max_examples=80)
@given(
    st.sampled_from(list(TEXTS)),
    st.lists(
        st.tuples(
            st.floats(0, 1), st.integers(0, 20), st.sampled_from(["", *UPHEAVALS])
        ),
        min_size=1,
        max_size=5,
    ),
)
def test_a_mutilated_deck_makes_a_deck_or_a_problem(
    name: str, wounds: list[tuple[float, int, str]]
) -> None:
    text = TEXTS[name]
    for where, length, instead in wounds:
        at = int(where * len(text))
        text = text[:at] + instead + text[at + length :]
    read_quickly(text.encode())


@settings(deadline=None, max_examples=80)
@given(
    st.sampled_from(list(TEXTS)), st.floats(0, 1), st.sampled_from(["'", '"', "\x1b"])
)
def test_a_slip_costs_at_most_the_card_it_stands_in(
    name: str, where: float, slip: str
) -> None:
    text = TEXTS[name]
    deck = read_deck(text.encode(), name).deck
    assert deck is not None
    first = text.index("\n- id:") + 1
    at = first + int(where * (len(text) - 1 - first))
    broken = read_deck((text[:at] + slip + text[at:]).encode(), name).deck
    assert broken is not None
    left = {card.id: card for card in broken.cards}
    line = text.count("\n", 0, at) + 1
    before = [card for card in deck.cards if card.line <= line]
    in_dash = text[:at].endswith(("\n", "\n-"))  # then it reads on from the card before
    hurt = before[-2:] if in_dash else before[-1:]
    for card in deck.cards:
        assert card in hurt or left.get(card.id) == card


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 1_000_000,
        b"{" * 1_000_000,
        b"- " * 1_000_000,
        b"? " * 1_000_000,
        b"a: " * 1_000_000,
        b'"' + b"x\n" * 100_000,
        b"cards:\n" + b"- &a x: *a\n" * 1_000,
        b"deck: d\ntitle: t\ncards:\n" + b"- id: x\n  ask: a: b\n" * 1_000,
        b"deck: d\ntitle: t\ncards: []\n"
        + b"".join(b"k%d: x\n" % n for n in range(5000)),
    ],
    ids=lambda data: repr(data[:12]),
)
def test_a_file_made_to_be_slow_is_refused_quickly(data: bytes) -> None:
    read_quickly(data)


def test_the_shipped_decks_ask_in_every_form() -> None:
    forms: Counter[str] = Counter()
    for path in SHIPPED:
        deck = read_deck(path.read_bytes(), path.name).deck
        assert deck is not None
        forms.update(f"{card.kind}-{card.form}" for card in deck.cards)
        forms.update(card.form for card in deck.cards)
    assert forms["command-type"] >= 110
    assert sum(count for name, count in forms.items() if name.startswith("flag-")) >= 60
    assert min(forms["choose"], forms["cloze"]) >= 25
    assert forms["order"] >= 9


def test_values_change_in_many_shipped_commands_and_none_is_left_open() -> None:
    decks = (read_deck(path.read_bytes(), path.name).deck for path in SHIPPED)
    changing = [card for deck in decks if deck for card in deck.cards if card.template]
    assert sum(card.kind is Kind.COMMAND for card in changing) >= 40
    for card in changing:
        asked = []
        for repetition in range(4):
            dealt = card.deal(repetition)
            assert not re.search(r"@[a-z][a-z0-9-]*@", json.dumps(dump_card(dealt)))
            asked.append(dealt.content.sides(Language.ZH))
            answer = asked[-1][1]
            assert dealt.content.grade(answer).outcome is not Outcome.WRONG
        assert all(one != next_one for one, next_one in pairwise(asked))
