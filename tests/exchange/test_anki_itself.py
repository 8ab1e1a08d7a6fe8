"""Anki's own backend takes our packages as they are meant, and we take its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.decks import SHIPPED
from tests.program import clean_environment
from trainer.cards.card import Card, CardId, Deck
from trainer.cards.reading import read_deck
from trainer.exchange import EXPORTERS, IMPORTERS
from trainer.exchange.anki.editions import editions_of
from trainer.exchange.exporter import Wanted
from trainer.exchange.imported import Given, Imported
from trainer.exchange.snapshot import Snapshot
from trainer.grading.verdict import Outcome
from trainer.language.text import Language, Text
from trainer.scheduling.marks import FLAGGED, Mark, MarkKind, make_mark, strength_of
from trainer.scheduling.memory import Memory, State, replay, starting
from trainer.scheduling.review import Mode, Rating, Review, Stamp
from trainer.scheduling.settings import Settings

ZONE = timezone(timedelta(hours=8))
NOW = datetime.now(ZONE).replace(microsecond=0)  # noqa: TID251 - Anki reads the clock itself
PROGRAM = Path(__file__).with_name("anki_reference.py")
EVERY = 3
GAPS = (0, 1, 3, 9, 20, 44)
SETTINGS = Settings()
LANGUAGES = tuple(Language)
TYPES = {State.LEARNING: 1, State.REVIEW: 2, State.RELEARNING: 3}
HOSTILE = "Say <script>alert('x')</script> & `a < b`\n{{Card}} [sound:x.mp3]"


def decks() -> list[Deck]:
    """Return the shipped decks, the first card of which asks something hostile."""
    read = [read_deck(path.read_bytes(), path.name).deck for path in SHIPPED]
    found = [deck for deck in read if deck]
    first, *rest = found[0].cards
    content: Any = first.content
    hostile = first._replace(content=replace(content, ask=Text.same(HOSTILE)))
    return [found[0]._replace(cards=(hostile, *rest)), *found[1:]]


def history(cards: list[Card]) -> Iterator[Review]:
    """Answer every third card up to six times, the last time a while ago."""
    seq = 0
    for number, card in enumerate(cards[::EVERY]):
        ago = timedelta(days=number % 40, minutes=number % 7)
        count = number % len(GAPS) + 1
        for place in range(count):
            seq += 1
            passed = timedelta(days=GAPS[count - 1] - GAPS[place])
            yield Review(
                id=f"review-{seq}",
                stamp=Stamp("of-tests", seq),
                at=NOW - ago - passed,
                card=card.id,
                rating=Rating((number * 7 + place * 5) % 4 + 1),
                outcome=Outcome.CORRECT,
                response="echo `x` <y>",
                took_ms=1000 * number,
                mode=Mode.CRAM if seq % 29 == 0 else Mode.REVIEW,
            )


def snapshot() -> Snapshot:
    of = decks()
    cards = [card for deck in of for card in deck.cards]
    reviews = sorted(history(cards), key=lambda one: one.at)
    memories = {
        card.id: memory
        for card in cards
        if (memory := replay([r for r in reviews if r.card == card.id], SETTINGS))
    }
    marked = (
        (0, MarkKind.SUSPEND, ""),
        (9, MarkKind.FLAG, FLAGGED),
        (12, MarkKind.BURY, ""),
    )
    marks: list[Mark] = [
        make_mark(Stamp("of-tests", 5000 + place), NOW, cards[place].id, kind, value)
        for place, kind, value in marked
    ]
    starts = [
        make_mark(
            Stamp("of-tests", 6000 + days),
            NOW - timedelta(days=days),
            card.id,
            MarkKind.START,
            f"{9.5 * days},{days}.25",
        )
        for days, card in enumerate(cards[1:40:9], 1)
    ]
    memories = {one.card: starting(one, SETTINGS) for one in starts} | memories
    marks += starts
    return Snapshot(of, reviews, marks=marks, memories=memories)


def with_edited_card(of: Snapshot) -> Snapshot:
    first, *rest = of.decks[1].cards
    content: Any = first.content
    edited = replace(content, ask=Text("Edited?", "改过了？"))
    card = first._replace(content=edited, tags=("edited-today",))
    others = list(of.decks)
    others[1] = of.decks[1]._replace(cards=(card, *rest))
    return replace(of, decks=others)


@dataclass(frozen=True)
class Met:
    """What Anki said, and what it was given."""

    folder: Path
    given: Snapshot
    said: dict[str, Any]
    named: dict[str, CardId]

    def cards(self) -> Iterator[tuple[dict[str, Any], Memory]]:
        """Yield what Anki has of cards, and what we remember of them."""
        told = self.said["whole"]["cards"]
        for card, memory in self.given.memories.items():
            yield told[card], memory

    def imported(self, name: str) -> Imported:
        """Import a package that Anki wrote."""
        return IMPORTERS["anki"].read(Given(str(self.folder / name), NOW, "x", "x"))


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Met:
    """Start Anki once for all that is asked of it."""
    folder = tmp_path_factory.mktemp("anki")
    given = snapshot()
    export = EXPORTERS["anki"].write
    changed, later = with_edited_card(given), NOW + timedelta(minutes=5)
    before = editions_of(given.decks, LANGUAGES, int(NOW.timestamp()), {})
    after = editions_of(changed.decks, LANGUAGES, int(later.timestamp()), dict(before))
    since = {card: one.since for card, one in after}
    first = export(given, Wanted(NOW))
    edited = export(changed, Wanted(later, since=since))
    assert isinstance(first, bytes)
    assert isinstance(edited, bytes)
    (folder / "first.apkg").write_bytes(first)
    (folder / "edited.apkg").write_bytes(edited)
    answered = next(
        card for card, memory in given.memories.items() if memory.state is State.REVIEW
    )
    concepts = [one.id for one in given.decks[2].cards if one.form == "recall"]
    known = [card for card in given.memories if card != answered]
    named = {"answered": answered, "edited": concepts[0], "forgotten": known[-1]}
    (folder / "cards.json").write_text(json.dumps(named), encoding="utf-8")
    environment = {**clean_environment(), "TZ": "Asia/Shanghai"}
    done = subprocess.run(
        [sys.executable, PROGRAM, folder],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return Met(folder, given, json.loads(done.stdout.splitlines()[-1]), named)


def test_anki_takes_every_note_card_and_answer(met: Met) -> None:
    count = sum(len(deck.cards) for deck in met.given.decks)
    nothing = dict.fromkeys(met.said["first"], 0)
    assert met.said["first"] == nothing | {"new": count}
    whole = met.said["whole"]
    assert whole["notes"] == len(whole["cards"]) == count
    starts = [one for one in met.given.marks if one.kind is MarkKind.START]
    assert whole["revlog"] == len(list(met.given.reviews)) + len(starts)
    assert "Docker::" in whole["cards"]["basics/fast-start"]["deck"]


def test_anki_knows_a_package_that_it_has_and_updates_an_edited_card(met: Met) -> None:
    count = met.said["first"]["new"]
    assert met.said["again"] == dict.fromkeys(met.said["again"], 0) | {
        "duplicate": count
    }
    changed = {"updated": 1, "duplicate": count - 1}
    assert met.said["edited"] == met.said["again"] | changed
    assert met.said["texts"] == ["Edited?"]


def test_memory_in_anki_agrees_kept_and_replayed_from_the_log(met: Met) -> None:
    for told, memory in met.cards():
        ours = [memory.stability, memory.difficulty]
        assert told["kept"] == pytest.approx(ours, rel=0.01)
        if memory.reps:
            assert told["replayed"] == pytest.approx(ours, rel=0.01)
        assert told["retention"] == pytest.approx(SETTINGS.desired_retention)


def test_due_dates_in_anki_agree_to_the_day_and_steps_to_the_second(met: Met) -> None:
    for told, memory in met.cards():
        assert (
            told["type"] == {"learning": 1, "review": 2, "relearning": 3}[memory.state]
        )
        if memory.due_at:
            assert told["due"] == int(memory.due_at.timestamp())
        else:
            assert told["due_day"] == memory.due_day.isoformat()
        assert [told["reps"], told["lapses"]] == [memory.reps, memory.lapses]


def test_suspended_flagged_and_buried_cards_are_so_in_anki(met: Met) -> None:
    cards = [card.id for deck in met.given.decks for card in deck.cards]
    told = met.said["whole"]["cards"]
    assert told[cards[0]]["queue"] == -1
    assert told[cards[9]]["flag"] == 1
    assert told[cards[12]]["queue"] == -3


def test_what_a_card_says_is_text_in_anki_and_no_markup(met: Met) -> None:
    first = met.given.decks[0].cards[0].id
    question, answer = met.said["whole"]["pages"][first]
    for page in (question, answer):
        assert "Say &lt;script&gt;alert('x')&lt;/script&gt; &amp; " in page
        assert "<code>a &lt; b</code><br>{{Card}} &#91;sound:x.mp3]" in page


@pytest.mark.parametrize("name", ["new.apkg", "old.apkg", "whole.colpkg"])
def test_a_package_of_anki_brings_our_cards_back_and_the_news_with_them(
    met: Met, name: str
) -> None:
    found = met.imported(name)
    reviews = {one.id: one for one in found.log if isinstance(one, Review)}
    assert all(reviews[one.id] == one for one in met.given.reviews)
    (fresh,) = reviews.keys() - {one.id for one in met.given.reviews}
    assert reviews[fresh].card == met.named["answered"]
    assert reviews[fresh].rating is Rating.GOOD
    assert reviews[fresh].stamp.device.startswith("anki-")
    marks = {(one.card, one.kind) for one in found.log if isinstance(one, Mark)}
    own = {(one.card, one.kind) for one in met.given.marks}
    assert marks - own == {
        (met.named["edited"], MarkKind.SUSPEND),
        (met.named["forgotten"], MarkKind.RESET),
    }
    cards = {
        f"{deck.id}/{card['id']}": card for deck in found.decks for card in deck.cards
    }
    why = cards[met.named["edited"]]["why"]
    assert why["en"] == "Because **Anki** says so & so."
    assert why["zh"] != why["en"]


@pytest.mark.parametrize("name", ["by-sm2.apkg", "by-fsrs.apkg"])
def test_cards_without_answers_go_on_from_what_anki_itself_remembers(
    met: Met, name: str
) -> None:
    found = met.imported(name)
    (known,) = found.decks
    fronts = {f"{known.id}/{card['id']}": card["ask"] for card in known.cards}
    starts = {fronts[one.card]: one for one in found.starts}
    assert starts.keys() == met.said["known"].keys()
    assert starts.keys() == {"answered", "easy", "hard", "suspended"}
    for front, start in starts.items():
        wanted = pytest.approx(met.said["known"][front], rel=0.001)
        assert strength_of(start.value) == wanted
        assert timedelta() <= datetime.now(ZONE) - start.at < timedelta(days=1)  # noqa: TID251 - as above
    assert found.skipped == {}


def test_notes_of_ankis_own_types_become_cards_of_ours(met: Met) -> None:
    found = met.imported("new.apkg")
    (animals,) = [deck for deck in found.decks if deck.id.startswith("anki-")]
    assert animals.title == "外语::Animals"
    texts = [
        {k: v for k, v in card.items() if k not in {"id", "sibling"}}
        for card in animals.cards
    ]
    rest = {"kind": "concept", "tags": ["animals-big", "leech"]}
    assert texts == [
        rest | {"ask": "a **cat** & co", "answer": "*felis*"},
        rest | {"ask": "*felis*", "answer": "a **cat** & co"},
        rest | {"form": "type", "ask": "Type `cat`", "answer": "the cat"},
        rest | {"form": "cloze", "ask": "[[Rome]] (city) is in Italy", "why": "Extra"},
        rest | {"form": "cloze", "ask": "Rome is in [[Italy]]", "why": "Extra"},
    ]
    assert animals.cards[0]["sibling"] == [animals.cards[1]["id"]]
    assert found.skipped["no-question"] == 1
