"""What is wrong with a deck file as a whole, and what still can be read of it."""

import pytest

from trainer.cards.collection import DeckReading, collect
from trainer.cards.reading import read_deck
from trainer.language.text import Language

HEAD = "deck: d\ntitle: T\ncards:\n"
CARD = "- id: x\n  kind: concept\n  ask: q\n  answer: a\n"
OTHER = CARD.replace("id: x", "id: y")
BROKEN = CARD.replace("id: x", "id: z").replace("ask: q", "ask: q: q")

NO_DECK = "this is no deck: it should start with `deck:`, `title:` and `cards:`"
EMPTY = "there is no deck in this file"
QUOTE = "a quotation mark is opened here and never closed, or closed too early"
COLON = "a colon followed by a blank splits the text; put the text in quotes"

FILES: dict[str, tuple[bytes, str | None, str]] = {
    "an empty file": (b"", None, f"1:1: {EMPTY}"),
    "a file of blank lines": (b"\n \n", None, f"1:1: {EMPTY}"),
    "a file of comments": (b"# deck: d\n", None, f"1:1: {EMPTY}"),
    "a byte order mark and no more": (b"\xef\xbb\xbf", None, f"1:1: {EMPTY}"),
    "a text": (b"\nHello", None, f"2:1: {NO_DECK}"),
    "a list": (b"- a\n", None, f"1:1: {NO_DECK}"),
    "a page of HTML": (
        b"<!DOCTYPE html>\n<html><title>404: Not found</title>\n<p class='a'>b: c\n",
        None,
        f"1:1: {NO_DECK}",
    ),
    "a picture": (b"\x01PNG\x1a\n\x02", None, f"1:1: {NO_DECK}"),
    "an alias alone": (
        b"*a",
        None,
        "1:1: an alias repeats another part of the file; write the text out",
    ),
    "UTF-16": (
        HEAD.encode("utf-16"),
        None,
        "1:1: the file is UTF-16; save it as UTF-8",
    ),
    "UTF-16 without a mark": (
        HEAD.encode("utf-16-be"),
        None,
        "1:1: the file is UTF-16; save it as UTF-8",
    ),
    "GBK": (
        "deck: d\ntitle: 镜像\n".encode("gbk"),
        None,
        "2:8: the file is not UTF-8 from here on; save it as UTF-8",
    ),
    "an overlong encoding": (
        b"deck: d\ntitle: \xc0\xaf\n",
        None,
        "2:8: the file is not UTF-8 from here on; save it as UTF-8",
    ),
    "half of a surrogate pair": (
        b"deck: \xed\xa0\x80\n",
        None,
        "1:7: the file is not UTF-8 from here on; save it as UTF-8",
    ),
    "UTF-8 cut short, after a byte order mark": (
        b"\xef\xbb\xbfdeck: \xe4\xb8",
        None,
        "1:7: the file is not UTF-8 from here on; save it as UTF-8",
    ),
    "too much": (
        b"#" * ((24 << 20) + 1),
        None,
        "1:1: the file has 24 MiB, and at most 24 MiB are read",
    ),
    "no cards": (b"deck: d\ntitle: T\n", None, "1:1: `cards` is missing"),
    "no id": (f"title: T\ncards:\n{CARD}".encode(), None, "1:1: `deck` is missing"),
    "cards in no list": (
        b"deck: d\ntitle: T\ncards: {x: y}\n",
        "",
        "3:8: `cards` is a list: each card starts with `- `",
    ),
    "cards in no list, and no id": (
        b"title: T\ncards: x\n",
        None,
        "1:1: `deck` is missing",
    ),
    "cards given twice": (
        f"{HEAD}{CARD}cards: []\n".encode(),
        "",
        "8:1: `cards` stands here twice; keep one",
    ),
    "no title": (f"deck: d\ncards:\n{CARD}".encode(), "x", "1:1: `title` is missing"),
    "a title too long": (
        HEAD.replace("T", "T" * 121).encode() + CARD.encode(),
        "x",
        "2:8: the text has 121 characters, and at most 120 are allowed",
    ),
    "an unknown field": (
        f"grammer: docker\n{HEAD}{CARD}".encode(),
        "x",
        "1:1: unknown field `grammer`, did you mean `grammar`?",
    ),
    "an order that is no number": (
        f"order: ４\n{HEAD}{CARD}".encode(),
        "x",
        "1:8: a whole number from 0 to 9999 goes here",
    ),
    "an order out of bounds": (
        f"order: 10000\n{HEAD}{CARD}".encode(),
        "x",
        "1:8: a whole number from 0 to 9999 goes here",
    ),
    "a newer format": (
        f"format: 2\nfuture: field\n{HEAD}{CARD}".encode(),
        None,
        (
            "1:9: the deck is written in format 2, and this trainer reads up to 1; "
            "upgrade it"
        ),
    ),
    "a newer format without cards": (
        b"deck: d\nformat: 2\ndecks: future\n",
        None,
        (
            "2:9: the deck is written in format 2, and this trainer reads up to 1; "
            "upgrade it"
        ),
    ),
    "a format of the far future": (
        f"format: {'9' * 5000}\n{HEAD}{CARD}".encode(),
        None,
        (
            "1:9: the deck is written in format 999999999999, and this trainer reads "
            "up to 1; upgrade it"
        ),
    ),
    "a format that is no number": (
        f"format: one\n{HEAD}{CARD}".encode(),
        "x",
        "1:9: a whole number from 1 to 999999 goes here",
    ),
    "a second document": (
        f"{HEAD}{CARD}---\n{HEAD}{OTHER}".encode(),
        "x",
        "8:1: a second document starts here; a deck file holds one",
    ),
    "text after the end of the document": (
        f"{HEAD}{CARD}...\n{OTHER}".encode(),
        "x y",
        "9:1: this is not YAML: did not find expected <document start>",
    ),
    "a broken head": (
        f'deck: d\ntitle: "T\ncards:\n{CARD}'.encode(),
        None,
        f"2:8: {QUOTE}",
    ),
    "a broken head of cards in brackets": (
        b"deck: d\ntitle: T: T\ncards: []\n",
        None,
        f"2:9: {COLON}",
    ),
    "a broken card before other fields": (
        f"{HEAD}{CARD}{BROKEN}order: 3\n".encode(),
        "x",
        f"10:9: {COLON}",
    ),
    "a field of the last card that is not indented": (
        f"{HEAD}{CARD}- id: y\n  kind: concept\nask: q\n  answer: a\n".encode(),
        "x",
        (
            "10:1: this line does not line up with the fields around it; "
            "indent it as they are"
        ),
    ),
    "a broken card under indented dashes": (
        (HEAD + (BROKEN + CARD + OTHER).replace("\n", "\n   "))
        .replace("cards:\n", "'cards' :\n   ")
        .encode(),
        "x y",
        f"6:12: {COLON}",
    ),
    "a broken card beside cards whose dash stands alone": (
        f"{HEAD}-\n  id: x\n  kind: concept\n  ask: q\n  answer: a\n{BROKEN}".encode(),
        "x",
        f"11:9: {COLON}",
    ),
    "a first card whose dash is broken": (
        f"{HEAD}'{BROKEN}{CARD}".encode(),
        "x",
        f"4:1: {QUOTE}",
    ),
    "a card without a dash before the others": (
        f"{HEAD}  id: z\n{CARD}".encode(),
        "x",
        "5:1: this is not YAML: did not find expected key",
    ),
    "a broken card that holds a list": (
        f"{HEAD}{CARD}{BROKEN}  tags:\n  - t\n  - u\n{OTHER}".encode(),
        "x y",
        f"10:9: {COLON}",
    ),
    "a broken card in a deck with comments and a beginning": (
        f"%YAML 1.1\n---\n# cards:\n{HEAD}# - id\n\n{BROKEN}\n# end\n{CARD}".encode(),
        "x",
        f"11:9: {COLON}",
    ),
}


def read(data: bytes) -> DeckReading:
    return read_deck(data, "d.yaml")


@pytest.mark.parametrize(("data", "cards", "problem"), FILES.values(), ids=list(FILES))
def test_one_sentence_says_what_is_wrong_with_the_file(
    data: bytes, cards: str | None, problem: str
) -> None:
    reading = read(data)
    said = [one.in_language(Language.EN) for one in reading.problems]
    assert said == [f"d.yaml:{problem}"]
    chinese = [one.in_language(Language.ZH) for one in reading.problems]
    assert chinese != said
    read_cards = reading.deck and [card.id for card in reading.deck.cards]
    assert read_cards == (
        None if cards is None else [f"d/{name}" for name in cards.split()]
    )


def test_a_deck_without_a_title_goes_by_its_id() -> None:
    deck = read(f"deck: d\ncards:\n{CARD}".encode()).deck
    assert deck is not None
    assert deck.title.in_language(Language.ZH) == "d"


def test_a_byte_order_mark_at_the_beginning_is_no_mistake() -> None:
    reading = read(b"\xef\xbb\xbf" + (HEAD + CARD).encode())
    assert reading.problems == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_of_a_card_is_where_it_begins(end: str) -> None:
    deck = read((HEAD + CARD + OTHER).replace("\n", end).encode()).deck
    assert deck is not None
    assert [card.line for card in deck.cards] == [4, 8]


def test_the_same_card_name_may_stand_in_two_decks() -> None:
    one = read((HEAD + CARD).encode())
    other = read((HEAD + CARD).replace("deck: d", "deck: e").encode())
    found = collect({"one.yaml": one, "other.yaml": other})
    assert found.problems == ()
    assert [deck.id for deck in found.decks] == ["d", "e"]


def test_of_two_decks_with_one_id_the_first_stays_and_the_second_is_a_problem() -> None:
    first = read_deck((HEAD + CARD).encode(), "one.yaml")
    second = read_deck((HEAD + OTHER + "  tpyo: x\n").encode(), "two.yaml")
    found = collect({"one.yaml": first, "two.yaml": second, "no.yaml": read(b"")})
    assert [one.in_language(Language.EN) for one in found.problems] == [
        (
            "two.yaml:8:3: unknown field `tpyo`; known are id, kind, form, source, "
            "why, notes, tags, sibling, vars, ask, answer"
        ),
        "two.yaml:1:1: the deck `d` is already read from one.yaml; ids are given once",
        f"d.yaml:1:1: {EMPTY}",
    ]
    assert found.decks == (first.deck,)
    alone = found.of_file("two.yaml")
    assert (alone.decks, len(alone.problems)) == ((), 2)


def test_decks_are_studied_by_order_then_by_id() -> None:
    heads = {"b": "order: 5\n", "c": "", "a": "order: 5\n", "d": "order: 0\n"}
    readings = {
        name: read_deck(f"{order}deck: {name}\ntitle: T\ncards: []\n".encode(), name)
        for name, order in heads.items()
    }
    assert [deck.id for deck in collect(readings).decks] == ["d", "a", "b", "c"]


DEEP = {
    "brackets": HEAD + "- " + "[" * 100_000,
    "braces": HEAD + "- " + "{a: " * 100_000,
    "dashes": HEAD + "- " * 100_000,
    "lines": "".join(f"{' ' * depth}a:\n" for depth in range(500)),
}
LARGE = {
    "a long text": (f"{HEAD}- {'x' * 3_000_000}\n", "2999", "at most 20000"),
    "a list of many": (f"{HEAD}- [{'a,' * 1100}]\n", "more than 1000", ""),
    "many cards": (HEAD + "- a\n" * 200_001, "more than 200000", ""),
    "many names": ("".join(f"k{n}: v\n" for n in range(1100)), "more than 1000", ""),
}


@pytest.mark.parametrize("text", DEEP.values(), ids=list(DEEP))
def test_nesting_without_end_is_told_once_or_is_no_deck(text: str) -> None:
    said = [one.in_language(Language.EN) for one in read(text.encode()).problems]
    assert len(said) == 1
    assert "nested deeper than 16 levels" in said[0] or NO_DECK in said[0]


@pytest.mark.parametrize("text", LARGE.values(), ids=list(LARGE))
def test_more_than_anyone_writes_is_told_and_not_read(text: tuple[str, ...]) -> None:
    reading = read(text[0].encode())
    said = "".join(one.in_language(Language.EN) for one in reading.problems)
    assert all(part in said for part in text[1:]) or "20000 are allowed" in said
    assert not (reading.deck and reading.deck.cards)


def test_a_broken_file_of_very_many_cards_is_not_tried_card_by_card() -> None:
    for one, many in (("- a\n", 20_001), (CARD + "#" * 1000 + "\n", 2500)):
        reading = read((HEAD + one * many + BROKEN).encode())
        assert len(reading.problems) == 1
        assert COLON in reading.problems[0].in_language(Language.EN)
        assert reading.deck is None


def test_after_very_many_broken_cards_no_other_is_tried() -> None:
    reading = read((HEAD + "- [\n" * 2100 + CARD).encode())
    assert len(reading.problems) == 200
    assert reading.deck is not None
    assert reading.deck.cards == ()
