"""Cards of one fact: how authors name them, and which belong together."""

import json

import pytest

from tests.decks import card
from trainer.cards.card import CardId
from trainer.cards.reading import read_deck
from trainer.cards.record import dump_card, load_card
from trainer.cards.siblings import all_siblings


def named(**siblings: str) -> dict[CardId, list[CardId]]:
    return {
        CardId(one): [CardId(other) for other in others.split()]
        for one, others in siblings.items()
    }


@pytest.mark.parametrize(
    ("siblings", "found"),
    [
        ({}, {}),
        ({"a": ""}, {}),
        ({"a": "a"}, {}),
        ({"b": "a"}, {"a": "b", "b": "a"}),
        ({"b": "a", "a": "b"}, {"a": "b", "b": "a"}),
        ({"c": "a b"}, {"a": "c", "b": "c", "c": "a b"}),
        ({"b": "c", "a": "b"}, {"a": "b", "b": "a c", "c": "b"}),
    ],
)
def test_siblings_are_those_that_name_each_other_whoever_names_whom(
    siblings: dict[str, str], found: dict[str, str]
) -> None:
    assert all_siblings(named(**siblings)) == {
        card: set(others.split()) for card, others in found.items()
    }


def test_siblings_are_named_by_id_in_this_deck_or_by_deck_and_id() -> None:
    text = "deck: d\ntitle: T\ncards:\n" + card("x") + "  sibling: [y, d/z, e/x]\n"
    deck = read_deck(text.encode(), "d.yaml").deck
    assert deck is not None
    (read,) = deck.cards
    assert read.siblings == ("d/y", "d/z", "e/x")
    kept = json.loads(json.dumps(dump_card(read)))
    assert kept["sibling"] == ["y", "z", "e/x"]
    assert load_card(kept, "d", None, read.line) == read


@pytest.mark.parametrize("name", ["Y", "d/e/x", "/x", "d/"])
def test_what_is_no_id_is_reported(name: str) -> None:
    text = f"deck: d\ntitle: T\ncards:\n{card('x')}  sibling: ['{name}']\n"
    (problem,) = read_deck(text.encode(), "d.yaml").problems
    assert problem.message.key == "problems.bad-card-id"
