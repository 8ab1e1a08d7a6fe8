"""Cards of one fact: how authors name them, and which belong together."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.decks import card
from trainer.cards.card import CardId
from trainer.cards.reading import read_deck
from trainer.cards.record import dump_card, load_card
from trainer.cards.siblings import sibling_groups


def named(**siblings: str) -> dict[CardId, list[CardId]]:
    return {
        CardId(one): [CardId(other) for other in others.split()]
        for one, others in siblings.items()
    }


@pytest.mark.parametrize(
    ("siblings", "groups"),
    [
        ({}, {}),
        ({"a": ""}, {}),
        ({"a": "a"}, {}),
        ({"b": "a"}, {"a": "a", "b": "a"}),
        ({"b": "a", "a": "b"}, {"a": "a", "b": "a"}),
        ({"c": "a b"}, {"a": "a", "b": "a", "c": "a"}),
        ({"b": "c", "a": "b"}, {"a": "a", "b": "a", "c": "a"}),
        ({"b": "c", "d": "e"}, {"b": "b", "c": "b", "d": "d", "e": "d"}),
        ({"b": "c", "d": "e", "a": "c e"}, dict.fromkeys("abcde", "a")),
    ],
)
def test_siblings_of_siblings_are_siblings_whoever_names_whom(
    siblings: dict[str, str], groups: dict[str, str]
) -> None:
    assert sibling_groups(named(**siblings)) == groups


PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12)


@given(PAIRS)
def test_two_cards_share_a_group_if_and_only_if_a_path_of_names_leads_there(
    pairs: list[tuple[int, int]],
) -> None:
    siblings: dict[CardId, list[CardId]] = {}
    for one, other in pairs:
        siblings.setdefault(CardId(str(one)), []).append(CardId(str(other)))
    near = {n: {n} for n in range(10)}
    for _ in range(10):
        for one, other in pairs:
            near[one] = near[other] = near[one] | near[other]
    expected = {
        str(n): str(min(reached)) for n, reached in near.items() if len(reached) > 1
    }
    assert sibling_groups(siblings) == expected


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
