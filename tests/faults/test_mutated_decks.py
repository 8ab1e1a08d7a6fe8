"""Decks of which anything was changed: they give problems, never anything else."""

import json
from collections.abc import Callable
from random import Random  # noqa: TID251 - seeded: the same decks each time
from time import process_time

import pytest

from tests.decks import SHIPPED
from tests.faults.trials import PARTS, trials
from tests.program import ROOT
from trainer.cards.card import shipped_grammar
from trainer.cards.collection import DeckReading
from trainer.cards.lint import lint_card
from trainer.cards.reading import read_cards, read_deck
from trainer.cards.record import dump_card, load_card
from trainer.language.text import Language

MUTANTS = trials(200_000, 1200)
SECONDS = 5
SHARE = 20
"""Of so many decks one is linted, which takes longest."""

MOST = 4000
"""So many bytes of a deck are taken."""

SEEDS = [
    path.read_bytes()[:MOST]
    for path in (*SHIPPED, ROOT / "tests" / "terminal" / "forms.yaml")
]
PIECES = [
    *(char.encode() for char in "[]{}:,-?|>&*!%@`\"'#\t\n\r \\~=<"),
    *(b": ", b"- ", b" #", b"---\n", b"...\n", b"<<: ", b"? ", b"\r\n", b"\n\n"),
    *(b"&a ", b"*a", b"!!binary ", b"!!python/name:os.system ", b"!<tag:x> "),
    *(b"\0", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x1b[2J"),
    *(b'"\\ud800"', b'"\\x1b"', b'"\\U0010ffff"', b'"\\N\\L\\P"', b"\xc2\x85"),
    *("\u202e\u2028\ufeff\u200b\U0001f600\U000e0041\u0301".encode(), b"[" * 20),
    *(b"id: x\n", b"cards:\n", b"{a: {b: {c: []}}}", b"9" * 5000, b"x" * 21_000),
    *(b"form: cloze\n", b"[[", b"]]", b"(" * 200, b"$(" * 50, b"form: order\n"),
]


def cut(data: bytearray, chance: Random) -> None:
    """Take a part out."""
    at = chance.randrange(len(data) + 1)
    del data[at : at + chance.choice((1, 1, 2, 10, 500))]


def doubled(data: bytearray, chance: Random) -> None:
    """Put a part in a second time, somewhere else."""
    at, to = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
    data[to:to] = data[at : at + chance.choice((1, 10, 100, 500))]


def put_in(data: bytearray, chance: Random) -> None:
    """Put in what means something to YAML, to a terminal or to a form."""
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.choice(PIECES)


def flip(data: bytearray, chance: Random) -> None:
    """Flip a bit."""
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def of_another(data: bytearray, chance: Random) -> None:
    """Go on as another deck does."""
    other = chance.choice(SEEDS)
    del data[chance.randrange(len(data) + 1) :]
    data += other[chance.randrange(len(other)) :]


def moved(data: bytearray, chance: Random) -> None:
    """Swap, indent or drop lines."""
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    dent = chance.choice((b"", b" ", b"  ", b"- ", b"\t"))
    lines[one] = bytearray(dent) + lines[one].strip()
    data[:] = chance.choice((b"\n", b"\n", b"\n", b"\r\n", b"\r")).join(lines)


def renamed(data: bytearray, chance: Random) -> None:
    """Let a value or a name stand where another one stood."""
    words = data.split(b" ")
    words[chance.randrange(len(words))] = chance.choice(words)
    data[:] = b" ".join(words)


CHANGES: tuple[Callable[[bytearray, Random], None], ...] = (
    cut,
    doubled,
    put_in,
    put_in,
    flip,
    of_another,
    moved,
    renamed,
)


def mutant(number: int) -> bytes:
    """Return a deck with some changes, always the same of a number."""
    chance = Random(number)  # noqa: S311 - as above
    data = bytearray(chance.choice(SEEDS))
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        chance.choice(CHANGES)(data, chance)
    return bytes(data)


def assert_sound(reading: DeckReading) -> None:
    """Assert that problems can be told and cards be kept."""
    for problem in reading.problems:
        assert min(problem.place.line, problem.place.column) >= 1
        for language in Language:
            assert problem.in_language(language)
    deck = reading.deck
    assert deck or reading.problems
    for card in deck.cards if deck else ():
        assert deck
        kept = load_card(dump_card(card), deck.id, deck.grammar, card.line)
        assert kept == card


def assert_kept_alike(data: bytes, reading: DeckReading) -> None:
    """Assert that the fields as written make the cards that were read."""
    found = read_cards(
        data, "d.yaml", shipped_grammar, lambda card, written: (card.line, written)
    )
    assert found.problems == reading.problems
    deck = reading.deck
    assert (deck and deck.id) == (found.deck and found.deck.id)
    for card, (line, written) in zip(
        deck.cards if deck else (), found.kept, strict=True
    ):
        assert deck
        data_kept = json.loads(json.dumps(written))
        assert load_card(data_kept, deck.id, deck.grammar, line) == card


@pytest.mark.parametrize("part", range(PARTS))
def test_a_changed_deck_gives_problems_and_never_anything_else(part: int) -> None:
    for number in range(part, MUTANTS, PARTS):
        data = mutant(number)
        begun = process_time()
        if number % (PARTS * SHARE) < PARTS:
            reading = read_deck(data, "d.yaml", check=lint_card)
        else:
            reading = read_deck(data, "d.yaml")
            assert_kept_alike(data, reading)
        assert process_time() - begun < SECONDS, number
        assert_sound(reading)
