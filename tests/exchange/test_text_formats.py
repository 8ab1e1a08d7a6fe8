"""Text formats, read back by small parsers that know nothing of how they are made."""

import csv
import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.decks import SHIPPED
from tests.exchange.gift import Question, read_gift
from trainer.cards.card import CardId, Deck
from trainer.cards.reading import read_deck
from trainer.exchange import EXPORTERS
from trainer.exchange.exporter import Wanted
from trainer.exchange.fsrs_format import export_fsrs
from trainer.exchange.snapshot import Snapshot
from trainer.grading.verdict import Outcome
from trainer.language.text import Language
from trainer.scheduling.marks import MarkKind, make_mark
from trainer.scheduling.review import Mode, Rating, Review, Stamp

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ODD = r"""
deck: odd
title: {en: "Odd: a/b", zh: 怪}
cards:
- id: braces
  kind: command
  ask: {en: "Why `{{.ID}}` = ~x # y:\n\n// not a comment", zh: "为何\\n 不换行？"}
  answer: 'docker ps --format "{{.ID}}\t*"'
  accept: ["docker ps --format='{{.ID}}*'", "%50%odd", "[html]odd"]
  why: "Because `#1` ~ \\{2}.\nSecond line."
- {id: arrow, kind: command, ask: Arrow?, answer: "echo a -> b"}
- {id: flip, kind: concept, ask: "Q: what?\nA: this", answer: "?\n::x:: ==y== #tag"}
- id: pick
  kind: concept
  form: choose
  ask: {en: Which?, zh: 哪个？}
  answer: {en: "=right", zh: 对}
  wrong: [{en: "~wrong", zh: 错}, "%20%"]
- {id: fill, kind: concept, form: cloze, ask: "[a] and [[b|c]] are `[[d]]` {{x}}"}
- {id: fill-one, kind: concept, form: cloze, ask: "Say [[yes|yep]]."}
- {id: steps, kind: concept, form: order, ask: Order?, steps: [one, "two -> 2", three]}
"""


def snapshot(*decks: Deck, reviews: list[Review] | None = None) -> Snapshot:
    return Snapshot(decks, reviews or [])


def odd() -> Deck:
    reading = read_deck(ODD.encode(), "odd.yaml")
    assert reading.deck
    assert len(reading.deck.cards) == 7, reading.problems
    return reading.deck


@cache
def shipped() -> list[Deck]:
    decks = [read_deck(path.read_bytes(), path.name).deck for path in SHIPPED]
    return [deck for deck in decks if deck]


def exported(name: str, *decks: Deck, variant: str = "", lang: str = "en zh") -> str:
    languages = tuple(map(Language, lang.split()))
    wanted = Wanted(NOW, languages, variant)
    return str(EXPORTERS[name].write(snapshot(*decks), wanted))


def gift(deck: Deck, lang: str = "en") -> dict[str, Question]:
    return {one.name: one for one in read_gift(exported("gift", deck, lang=lang))}


def test_gift_keeps_every_text_behind_its_escapes() -> None:
    found = gift(odd())
    braces = found["odd/braces"]
    assert braces.category == "$course$/Odd: a//b"
    assert braces.text == "Why `{{.ID}}` = ~x # y:\n\n// not a comment"
    assert braces.feedback == "Because `#1` ~ \\{2}.\nSecond line."
    assert braces.kind == "short"
    assert braces.answers == [
        (100, r'docker ps --format "{{.ID}}\t\*"'),
        (100, r"docker ps --format='{{.ID}}\*'"),
        (100, "%50%odd"),
        (100, "[html]odd"),
    ]
    assert gift(odd(), "zh")["odd/braces"].text == "为何\\n 不换行？"


def test_gift_has_a_kind_of_question_for_each_form() -> None:
    found = gift(odd(), "en zh")
    assert found["odd/arrow"].kind == "essay"
    assert found["odd/arrow"].feedback == "`echo a -> b`"
    assert found["odd/flip"].kind == "essay"
    assert found["odd/flip"].feedback == "?\n::x:: ==y== #tag"
    assert found["odd/pick"].text == "Which?\n\n哪个？"
    assert found["odd/pick"].answers == [
        (100, "=right / 对"),
        (0, "~wrong / 错"),
        (0, "%20%"),
    ]
    assert found["odd/fill"].kind == "essay"
    assert found["odd/fill-one"].answers == [(100, "yes"), (100, "yep")]
    assert found["odd/steps"].pairs == [
        ("1.", "one"),
        ("2.", "two -> 2"),
        ("3.", "three"),
    ]


def test_gift_of_all_shipped_decks_is_read_back_whole() -> None:
    decks = shipped()
    found = read_gift(exported("gift", *decks, lang="zh"))
    cards = [card for deck in decks for card in deck.cards]
    assert [one.name for one in found] == [card.id for card in cards]
    for one, card in zip(found, cards, strict=True):
        assert one.text == card.content.sides(Language.ZH)[0].strip()


def test_quizlet_has_a_line_a_card_and_a_tab_in_each() -> None:
    decks = shipped()
    pairs = [line.split("\t") for line in exported("quizlet", *decks).splitlines()]
    assert len(pairs) == sum(len(deck.cards) for deck in decks)
    assert all(len(pair) == 2 and all(pair) for pair in pairs)
    assert exported("quizlet", odd(), lang="en").splitlines()[2] == (
        "Q: what? / A: this\t? / ::x:: ==y== #tag"
    )


def test_markdown_to_read_shows_questions_and_answers() -> None:
    text = exported("markdown", odd(), lang="en")
    assert text.startswith("# Odd: a/b\n\n**1.** Why ")
    assert "**2.** Arrow?\n\n> `echo a -> b`\n" in text
    assert "\n- =right\n" in text


def hashcards(text: str) -> list[tuple[str, ...]]:
    """Read as hashcards does: a line that begins with a letter and a colon begins."""
    cards: list[list[str]] = []
    for line in re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL).split("\n"):
        if line.startswith(("Q:", "C:")):
            cards.append([line[2:].strip()])
        elif line.startswith("A:"):
            cards[-1].append(line[2:].strip())
        elif cards:
            cards[-1][-1] += f"\n{line}"
    return [tuple(part.strip() for part in card) for card in cards]


def test_hashcards_reads_our_markdown() -> None:
    text = exported("markdown", odd(), variant="hashcards", lang="en")
    assert text.startswith('---\nname = "Odd: a/b"\n---\n')
    cards = hashcards(text)
    assert len(cards) == 7
    assert cards[2] == ("Q: what?\n A: this", "?\n::x:: ==y== #tag")
    assert cards[4] == (r"\[a\] and [b] are `[d]` {{x}}",)
    decks = shipped()
    all_cards = hashcards(exported("markdown", *decks, variant="hashcards"))
    assert len(all_cards) == sum(len(deck.cards) for deck in decks)


def test_obsidian_reads_our_markdown() -> None:
    text = exported("markdown", odd(), variant="obsidian", lang="en")
    tag, *blocks = text.strip().split("\n\n")
    assert tag == "#flashcards/odd"
    assert len(blocks) == 7
    assert blocks[1] == "Arrow?\n?\n`echo a -> b`"
    front, back = blocks[2].split("\n?\n")
    assert front == "Q: what?\nA: this"
    assert back == "\\?\n:\\:x:\\: =\\=y=\\= \\#tag"
    assert blocks[4] == "[a] and ==b== are `==d==` {\\{x}}"


def test_mochi_is_a_package_of_sides_and_blanks_with_the_same_bytes_each_time() -> None:
    decks = [odd(), *shipped()[:1]]
    wanted = Wanted(NOW, (Language.EN,))
    data = EXPORTERS["mochi"].write(snapshot(*decks), wanted)
    assert isinstance(data, bytes)
    assert EXPORTERS["mochi"].write(snapshot(*decks), wanted) == data
    with ZipFile(BytesIO(data)) as package:
        assert package.namelist() == ["data.json"]
        whole = json.loads(package.read("data.json"))
    assert whole["~:version"] == 2
    deck = whole["~:decks"][0]
    cards = deck["~:cards"]["~#list"]
    assert deck["~:name"] == "Odd: a/b"
    assert {card["~:deck-id"] for card in cards} == {deck["~:id"]}
    assert len({card["~:id"] for card in cards}) == 7
    assert cards[1]["~:content"] == "Arrow?\n\n---\n\n`echo a -> b`"
    assert cards[4]["~:content"] == "[a] and {{b}} are `{{d}}` {\\{x}}"


def answer(seq: int, at: datetime, rating: Rating, mode: Mode = Mode.REVIEW) -> Review:
    return Review(
        id=f"r{seq}",
        stamp=Stamp("laptop", seq),
        at=at,
        card=CardId("odd/flip"),
        rating=rating,
        outcome=Outcome.UNJUDGED,
        response="",
        took_ms=1000 + seq,
        mode=mode,
    )


def test_fsrs_has_the_reviews_that_count_with_the_state_before_each() -> None:
    reviews = [
        answer(1, NOW, Rating.GOOD),
        answer(2, NOW + timedelta(minutes=10), Rating.EASY),
        answer(3, NOW + timedelta(days=9), Rating.AGAIN),
        answer(4, NOW + timedelta(days=9, minutes=10), Rating.GOOD),
        answer(5, NOW + timedelta(days=10), Rating.GOOD, Mode.CRAM),
        answer(7, NOW + timedelta(days=20), Rating.HARD),
    ]
    reset = make_mark(
        Stamp("laptop", 6),
        NOW + timedelta(days=11),
        CardId("odd/flip"),
        MarkKind.RESET,
    )
    start = make_mark(
        Stamp("laptop", 8),
        NOW + timedelta(days=21),
        CardId("odd/flip"),
        MarkKind.START,
        "9.0,5.0",
    )
    reviews.append(answer(9, NOW + timedelta(days=30), Rating.GOOD))
    known = Snapshot([odd()], reviews, marks=[reset, start])
    text = "".join(export_fsrs(known, Wanted(NOW)))
    rows = list(csv.DictReader(StringIO(text)))
    assert [(row["card_id"], row["review_state"]) for row in rows] == [
        ("odd/flip", "0"),
        ("odd/flip", "1"),
        ("odd/flip", "2"),
        ("odd/flip", "3"),
        ("odd/flip#2", "0"),
        ("odd/flip#3", "2"),
    ]
    assert [row["review_rating"] for row in rows] == ["3", "4", "1", "3", "2", "3"]
    assert int(rows[0]["review_time"]) == NOW.timestamp() * 1000
    assert rows[0]["review_duration"] == "1001"


ANKI = """
import json, sys, tempfile
import anki.lang
from anki.collection import Collection, ImportCsvRequest

found = {}
for language in ("en", "zh_CN"):
    anki.lang.set_lang(language)
    collection = Collection(f"{tempfile.mkdtemp()}/collection.anki2")
    counts = []
    for path in sys.argv[1:]:
        metadata = collection.get_csv_metadata(path=path, delimiter=None)
        log = collection.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log
        counts.append([len(log.new), len(log.updated), len(log.duplicate)])
    notes = [collection.get_note(note) for note in collection.find_notes("")]
    rows = [
        [note.guid, note.fields, collection.decks.name(note.cards()[0].did), note.tags]
        for note in notes
    ]
    found[language] = {"counts": counts, "notes": rows}
    collection.close()
print(json.dumps(found))
"""


def test_anki_takes_our_text_in_english_and_in_chinese(tmp_path: Path) -> None:
    pytest.importorskip("anki")
    changed = re.sub("Arrow[?]", "Changed?", ODD)
    edited = read_deck(changed.encode(), "odd.yaml").deck
    assert edited
    paths = [tmp_path / name for name in ("first.txt", "again.txt", "edited.txt")]
    for path, deck in zip(paths, (odd(), odd(), edited), strict=True):
        path.write_text(exported("anki-text", deck, lang="en"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ANKI, *map(str, paths)],
        capture_output=True,
        text=True,
        check=True,
    )
    for found in json.loads(done.stdout).values():
        assert found["counts"] == [[7, 0, 0], [0, 0, 7], [0, 1, 6]]
        notes = {guid: (fields, deck) for guid, fields, deck, _ in found["notes"]}
        assert notes["odd/arrow"] == (
            ["Changed?", "<code>echo a -&gt; b</code>"],
            "Odd: a/b",
        )
        assert "<br>- " in notes["odd/pick"][0][0]
