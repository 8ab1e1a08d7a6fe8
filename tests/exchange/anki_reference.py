"""What Anki itself makes of our packages, and packages that it makes itself.

Run as a program in a process of its own, with a folder: imports `first.apkg` twice and
then `edited.apkg`, tells on standard output what it found, and leaves packages in all
formats there, with notes of its own, an answer given in Anki and a note edited there.
Two more have cards with a schedule, but without the answers that it came from.
"""

import json
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import anki.collection  # before the modules that it imports in a circle
from anki.cards import Card, CardId
from anki.collection import (
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)
from anki.deck_config_pb2 import (
    UPDATE_DECK_CONFIGS_MODE_NORMAL,
    UpdateDeckConfigsRequest,
)
from anki.scheduler.v3 import CardAnswer, Scheduler

# ruff: noqa: T201 - the parent reads what is printed

ANSWERED = """
UPDATE revlog SET ease = 3, type = 1,
factor = (SELECT factor FROM cards WHERE cards.id = cid)
"""
OUTCOMES = ("new", "updated", "duplicate", "conflicting", "missing_notetype")


def imported(collection: anki.collection.Collection, path: Path) -> dict[str, int]:
    """Import a package with its schedule; count what Anki says of its notes."""
    options = ImportAnkiPackageOptions(with_scheduling=True)
    request = ImportAnkiPackageRequest(package_path=str(path), options=options)
    log = collection.import_anki_package(request).log
    return {name: len(getattr(log, name)) for name in OUTCOMES}


def told(collection: anki.collection.Collection, card: Card) -> dict[str, Any]:
    """Tell of a card what can be compared."""
    assert isinstance(collection.sched, Scheduler)
    is_day = card.due < 1_000_000  # else an instant
    ahead = timedelta(days=card.due - collection.sched.today if is_day else 0)
    start = datetime.fromtimestamp(collection.sched.day_cutoff - 86_400)  # noqa: DTZ006 - the learner's day
    state, again = card.memory_state, collection.compute_memory_state(card.id)
    return {
        "type": int(card.type),
        "queue": int(card.queue),
        "due_day": str((start + ahead).date()),
        "due": card.due,
        "ivl": card.ivl,
        "reps": card.reps,
        "lapses": card.lapses,
        "flag": card.user_flag(),
        "kept": [state.stability, state.difficulty] if state else None,
        "replayed": [again.stability, again.difficulty] if state else None,
        "retention": card.desired_retention,
        "deck": collection.decks.name(card.did),
        "tags": card.note().tags,
    }


def whole(collection: anki.collection.Collection) -> dict[str, Any]:
    """Tell of all cards, by our ids."""
    assert collection.db
    ids = collection.db.list("SELECT id FROM cards ORDER BY id")
    cards = [collection.get_card(CardId(one)) for one in ids]
    return {
        "notes": collection.note_count(),
        "revlog": collection.db.scalar("SELECT count() FROM revlog"),
        "cards": {card.note()["Id"]: told(collection, card) for card in cards},
        "pages": {
            card.note()["Id"]: [card.question(), card.answer()] for card in cards
        },
        "health": collection.fix_integrity()[0],
    }


def edit(collection: anki.collection.Collection, card: int) -> None:
    """Edit a note, which a later import is to leave alone."""
    note = collection.get_card(CardId(card)).note()
    note["Why"] = "Because <b>Anki</b> says so &amp; so."
    collection.update_note(note)


def answer(
    collection: anki.collection.Collection, number: CardId, *, easy: bool = False
) -> None:
    """Answer a card."""
    rating = CardAnswer.EASY if easy else CardAnswer.GOOD
    assert isinstance(collection.sched, Scheduler)
    card = collection.get_card(number)
    card.start_timer()
    states = collection._backend.get_scheduling_states(card.id)  # noqa: SLF001 - the way add-ons take
    given = collection.sched.build_answer(card=card, states=states, rating=rating)
    collection.sched.answer_card(given)


def study(collection: anki.collection.Collection, found: Mapping[str, int]) -> None:
    """Answer a card, forget and suspend others, and make notes of Anki's own types."""
    answer(collection, CardId(found["answered"]))
    forget = CardId(found["forgotten"])
    collection.sched.schedule_cards_as_new([forget])
    collection.sched.suspend_cards([CardId(found["edited"])])
    deck = collection.decks.id("外语::Animals")
    assert deck
    for kind, fields in (
        ("Basic (and reversed card)", ["a <b>cat</b> &amp; co", "<i>felis</i>"]),
        ("Basic (type in the answer)", ["Type <code>cat</code>", "the&nbsp;cat "]),
        ("Cloze", ["{{c1::Rome::city}} is in {{c2::Italy}}<br>", "Extra"]),
        ("Basic", ['<img src="x.png">', "no text"]),
    ):
        made = collection.models.by_name(kind)
        assert made
        new = collection.new_note(made)
        new.fields[: len(fields)] = fields
        new.tags = ["Animals::Big", "leech"]
        collection.add_note(new, deck)


def known(folder: Path) -> dict[str, list[float]]:
    """Leave packages of cards with a schedule but no answers, by SM-2 and by FSRS.

    Tell what Anki makes of their intervals when FSRS is turned on, by their fronts.
    """
    collection = anki.collection.Collection(str(folder / "known.anki2"))
    assert collection.db
    kind, deck = collection.models.by_name("Basic"), collection.decks.id("Known")
    assert kind
    assert deck
    collection.decks.select(deck)
    made = {}
    for front in ("answered", "easy", "hard", "suspended", "new"):
        note = collection.new_note(kind)
        note.fields = [front, "back"]
        collection.add_note(note, deck)
        made[front] = note.cards()[0].id
    answer(collection, made["answered"], easy=True)
    for front, days in (("answered", 3), ("easy", 5), ("hard", 40), ("suspended", 7)):
        collection.sched.set_due_date([made[front]], f"{days}!")
    collection.db.execute("UPDATE cards SET factor = 1300 WHERE id = ?", made["hard"])
    collection.sched.suspend_cards([made["suspended"]])
    collection.db.execute("DELETE FROM revlog WHERE ease")
    export(collection, folder / "by-sm2.apkg")
    collection.db.execute(ANSWERED)  # Anki remembers no card that was never answered
    current = collection.decks.get_deck_configs_for_update(deck)
    request = UpdateDeckConfigsRequest(
        target_deck_id=deck,
        configs=[current.all_config[0].config],
        mode=UPDATE_DECK_CONFIGS_MODE_NORMAL,
        limits=current.current_deck.limits,
        fsrs=True,
    )
    collection.decks.update_deck_configs(request)
    collection.db.execute("DELETE FROM revlog")
    export(collection, folder / "by-fsrs.apkg")
    states = {one: collection.get_card(made[one]).memory_state for one in made}
    collection.close()
    return {
        front: [state.stability, state.difficulty]
        for front, state in states.items()
        if state
    }


def export(
    collection: anki.collection.Collection, path: Path, *, legacy: bool = False
) -> None:
    """Write a package with the schedule."""
    options = ExportAnkiPackageOptions(with_scheduling=True, legacy=legacy)
    collection.export_anki_package(out_path=str(path), options=options, limit=None)


def main(folder: Path) -> None:
    """Import, tell, study, export."""
    collection = anki.collection.Collection(str(folder / "collection.anki2"))
    collection.set_config("fsrs", True)  # noqa: FBT003 - Anki's way
    found: dict[str, Any] = {"first": imported(collection, folder / "first.apkg")}
    found["whole"] = whole(collection)
    found["again"] = imported(collection, folder / "first.apkg")
    named = {
        name: collection.find_cards(f'"Id:{card}"')[0]
        for name, card in json.loads((folder / "cards.json").read_text()).items()
    }
    edit(collection, named["edited"])
    found["edited"] = imported(collection, folder / "edited.apkg")
    edited = collection.find_notes("tag:edited-today")
    found["texts"] = [collection.get_note(one)["Question"] for one in edited]
    study(collection, named)
    for name, legacy in (("new.apkg", False), ("old.apkg", True)):
        export(collection, folder / name, legacy=legacy)
    path = str(folder / "whole.colpkg")
    collection.export_collection_package(path, include_media=True, legacy=False)
    found["known"] = known(folder)
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
