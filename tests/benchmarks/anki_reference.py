"""What Anki's backend needs for the same: run as a program, in a process of its own.

`make PATH` makes a collection like the trainer's in size and in what is due;
`first PATH` opens it, fetches the first card of the queue and says so.
"""

import sys
import time

from anki.collection import AddNoteRequest, Collection
from anki.scheduler.v3 import Scheduler

# ruff: noqa: T201 - the parent waits for what is printed

CARDS, ANSWERS = 10_000, 10
DAY_MS = 86_400_000
DUE = "UPDATE cards SET type = 2, queue = 2, due = ?, ivl = 5, factor = 2500, reps = 10"


def make(path: str) -> None:
    """Make ten thousand cards with ten answers each, two of seven due today."""
    collection = Collection(path)
    kind, deck = collection.models.by_name("Basic"), collection.decks.id("Default")
    assert kind
    assert deck
    requests = []
    for number in range(CARDS):
        note = collection.new_note(kind)
        note["Front"], note["Back"] = f"Say card-{number}.", f"echo card-{number}"
        requests.append(AddNoteRequest(note, deck))
    collection.add_notes(requests)
    assert collection.db
    cards = collection.db.list("SELECT id FROM cards ORDER BY id")
    today = collection.sched.today
    days = (today if n % 7 < 2 else today + 1 + n % 5 for n in range(CARDS))
    rows = list(zip(days, cards, strict=True))
    collection.db.executemany(f"{DUE} WHERE id = ?", rows)
    now = round(time.time() * 1000)  # noqa: TID251 - Anki reads the clock itself
    log = (
        (now - DAY_MS * (12 - day) + place, card, -1, 3, 5, 4, 2500, 4000, 1)
        for day in range(ANSWERS)
        for place, card in enumerate(cards)
    )
    collection.db.executemany("INSERT INTO revlog VALUES (?,?,?,?,?,?,?,?,?)", log)
    collection.close()


def first(path: str) -> None:
    """Say when the first card is at hand."""
    collection = Collection(path)
    assert isinstance(collection.sched, Scheduler)
    assert collection.sched.get_queued_cards(fetch_limit=1).cards
    print("ready", flush=True)


if __name__ == "__main__":
    {"make": make, "first": first}[sys.argv[1]](sys.argv[2])
