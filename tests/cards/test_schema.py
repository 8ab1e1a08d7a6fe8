"""The JSON Schema that editors use says what the program says."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.decks import SHIPPED
from trainer import cards
from trainer.cards.reading import read_deck
from trainer.cards.schema import deck_schema

SCHEMA = Path(cards.__file__).with_name("deck.schema.json")
HEAD = "deck: d\ntitle: T\ncards:\n"
CARD = "- id: x\n  kind: concept\n  ask: q\n  answer: a\n"

SOUND = [
    "deck: d\ntitle: T\ncards: []\n",
    HEAD + CARD,
    HEAD + CARD + "  form: recall\n",
    HEAD + CARD + "  form: type\n  accept: [b, 8080, no]\n",
    HEAD + CARD.replace("q", "{en: 8080, zh: yes}"),
    HEAD + CARD.replace("x", "42").replace("q", "3.10"),
    HEAD + CARD + "  source: {section: s, lines: 7}\n",
    HEAD + CARD + "  source: {section: s, lines: 7-9}\n",
    HEAD + CARD + "  notes: {status: wrong, said: x}\n  tags: [t]\n  why: w\n",
    HEAD + CARD.replace("concept", "command") + "  accept: [b]\n",
    HEAD + CARD.replace("concept", "flag") + "  command: docker ps\n",
    HEAD
    + CARD.replace("q", "'@a@ @b@ @c-1@'")
    + "  vars: {a: [8080, no], b: 8000-8099, c-1: ['1-2']}\n",
    "order: 3\ngrammar: docker\nformat: 1\n" + HEAD + CARD,
]

MISTAKEN = [
    "",
    "- a\n",
    "deck: d\ntitle: T\n",
    "title: T\ncards: []\n",
    "deck: d\ncards: []\n",
    "deck: D\ntitle: T\ncards: []\n",
    "deck: d\ntitle: []\ncards: []\n",
    "deck: d\ntitle: T\ncards: {}\n",
    "deck: d\ntitle: T\norder: x\ncards: []\n",
    "deck: d\ntitle: T\norder: 10000\ncards: []\n",
    "deck: d\ntitle: T\ntpyo: x\ncards: []\n",
    HEAD + "- text\n",
    HEAD + "- {}\n",
    HEAD + "- []\n",
    HEAD + CARD + "  noets: {status: ok}\n",
    HEAD + CARD + "  accept: [b]\n",
    HEAD + CARD + "  form: recal\n",
    HEAD + CARD + "  form: recall\n  accept: [b]\n",
    HEAD + CARD + "  source: {lines: 7}\n",
    HEAD + CARD + "  source: {section: s, line: 7}\n",
    HEAD + CARD + "  source: {section: s, lines: 0}\n",
    HEAD + CARD + "  source: {section: s, lines: 7 to 9}\n",
    HEAD + CARD + "  notes: ok\n",
    HEAD + CARD + "  notes: {status: bad}\n",
    HEAD + CARD + "  tags: t\n",
    HEAD + CARD + "  tags: [T]\n",
    HEAD + CARD.replace("kind: concept", "kind: consept"),
    HEAD + CARD.replace("  kind: concept\n", ""),
    HEAD + CARD.replace("id: x\n  ", ""),
    HEAD + CARD.replace("id: x", "id: X Y"),
    HEAD + CARD.replace("  ask: q\n", ""),
    HEAD + CARD.replace("  answer: a\n", ""),
    HEAD + CARD.replace("q", "[q]"),
    HEAD + CARD.replace("q", "{}"),
    HEAD + CARD.replace("q", "{fr: q}"),
    HEAD + CARD.replace("q", "{en: [q]}"),
    HEAD + CARD.replace("q", ""),
    HEAD + CARD.replace("x", "x" * 65),
    *(
        HEAD + CARD.replace("q", "'@v@'") + f"  vars: {written}\n"
        for written in (
            *("[a]", "{}", "{v: []}", "{v: web}", "{v: 8080}", "{v: 08-9}"),
            *("{v: [' a']}", "{v: ['@w@']}", "{v: [a, a]}", '{v: ["a\\nb"]}'),
            *("{v: [[a]]}", "{v: [a], V: [a]}", f"{{v: [{'b' * 81}]}}"),
        )
    ),
]


def accepted_by_schema(text: str) -> bool:
    data: Any = yaml.safe_load(text)
    return Draft202012Validator(deck_schema()).is_valid(data)


def test_the_committed_schema_is_the_one_that_the_program_prints() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == (
        json.dumps(deck_schema(), indent=2) + "\n"
    ), "the schema is stale: make schema"


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(deck_schema())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_schema_accepts_the_shipped_decks(path: Path) -> None:
    assert accepted_by_schema(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", SOUND)
def test_program_and_schema_accept_a_sound_deck(text: str) -> None:
    assert read_deck(text.encode(), "d.yaml").problems == ()
    assert accepted_by_schema(text)


@pytest.mark.parametrize("text", MISTAKEN)
def test_program_and_schema_refuse_a_mistaken_deck(text: str) -> None:
    assert read_deck(text.encode(), "d.yaml").problems != ()
    assert not accepted_by_schema(text)
