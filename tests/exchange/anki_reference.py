"""What Anki itself makes of our packages, and packages that it makes itself.

Run as a program in a process of its own, with a folder: imports `first.apkg` twice and
then `edited.apkg`, tells on standard output what it found, and leaves packages in all
formats there, with notes of its own, an answer given in Anki and a note edited there.
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
from anki.scheduler.v3 import CardAnswer, Scheduler

# ruff: noqa: T201 - the parent reads what is printed

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


def study(collection: anki.collection.Collection, found: Mapping[str, int]) -> None:
    """Answer a card, forget and suspend others, and make notes of Anki's own types."""
    assert isinstance(collection.sched, Scheduler)
    card = collection.get_card(CardId(found["answered"]))
    card.start_timer()
    states = collection._backend.get_scheduling_states(card.id)  # noqa: SLF001 - the way add-ons take
    answer = collection.sched.build_answer(
        card=card, states=states, rating=CardAnswer.GOOD
    )
    collection.sched.answer_card(answer)
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
        options = ExportAnkiPackageOptions(with_scheduling=True, legacy=legacy)
        path = str(folder / name)
        collection.export_anki_package(out_path=path, options=options, limit=None)
    path = str(folder / "whole.colpkg")
    collection.export_collection_package(path, include_media=True, legacy=False)
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
