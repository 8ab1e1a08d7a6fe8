"""What Anki's backend needs for the same: run as a program, in a process of its own.

`make PATH` makes a collection like the trainer's in size and in what is due;
`first PATH` opens it, fetches the first card of the queue and says so.

`load PATH` makes one with the answers that it reads, a line each: card (from 0),
instant in milliseconds, rating, kind (0 learning, 1 review, 2 relearning). With
parameters of FSRS-6, parted by commas, `recompute PATH PARAMETERS` says how long making
all memory states takes, some times, and `states PATH PARAMETERS` what they are.
"""

import sys
import time

from anki.collection import AddNoteRequest, Collection
from anki.deck_config_pb2 import (
    UPDATE_DECK_CONFIGS_MODE_NORMAL,
    UpdateDeckConfigsRequest,
)
from anki.decks import DeckId
from anki.scheduler.v3 import Scheduler

# ruff: noqa: T201 - the parent waits for what is printed

CARDS, ANSWERS = 10_000, 10
DAY_MS = 86_400_000
RECOMPUTED = 5
DUE = "UPDATE cards SET type = 2, queue = 2, due = ?, ivl = 5, factor = 2500, reps = 10"


def add_notes(collection: Collection, count: int) -> None:
    """Add so many cards."""
    kind, deck = collection.models.by_name("Basic"), collection.decks.id("Default")
    assert kind
    assert deck
    requests = []
    for number in range(count):
        note = collection.new_note(kind)
        note["Front"], note["Back"] = f"Say card-{number}.", f"echo card-{number}"
        requests.append(AddNoteRequest(note, deck))
    collection.add_notes(requests)


def make(path: str) -> None:
    """Make ten thousand cards with ten answers each, two of seven due today."""
    collection = Collection(path)
    add_notes(collection, CARDS)
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


def load(path: str) -> None:
    """Make a collection with answers."""
    answers = [tuple(map(int, line.split())) for line in sys.stdin]
    collection = Collection(path)
    assert collection.db
    add_notes(collection, 1 + max(card for card, *_ in answers))
    ids = collection.db.list("SELECT id FROM cards ORDER BY id")
    collection.db.executemany(f"{DUE} WHERE id = ?", [(1, card) for card in ids])
    log, last = [], 0
    for card, at, rating, kind in answers:
        last = max(at, last + 1)  # Anki knows answers by their instants
        log.append((last, ids[card], -1, rating, 5, 4, 2500, 4000, kind))
    collection.db.executemany("INSERT INTO revlog VALUES (?,?,?,?,?,?,?,?,?)", log)
    collection.close()


def recompute(path: str, parameters: str) -> None:
    """Say how many seconds it takes to make all memory states anew, some times."""
    collection = Collection(path)
    for number in range(RECOMPUTED):
        others, last = parameters.rsplit(",", 1)
        changed = f"{others},{float(last) + number / 10000}"
        start = time.perf_counter()
        _remember(collection, changed)
        print(time.perf_counter() - start, flush=True)


def states(path: str, parameters: str) -> None:
    """Say stability and difficulty of each card, a line each."""
    collection = Collection(path)
    assert collection.db
    _remember(collection, parameters)
    for card in collection.db.list("SELECT id FROM cards ORDER BY id"):
        state = collection.get_card(card).memory_state
        assert state
        print(state.stability, state.difficulty)


def _remember(collection: Collection, parameters: str) -> None:
    """Make Anki schedule with FSRS and some parameters, which makes all states."""
    current = collection.decks.get_deck_configs_for_update(DeckId(1))
    config = current.all_config[0].config
    config.config.fsrs_params_6[:] = map(float, parameters.split(","))
    request = UpdateDeckConfigsRequest(
        target_deck_id=1,
        configs=[config],
        mode=UPDATE_DECK_CONFIGS_MODE_NORMAL,
        limits=current.current_deck.limits,
        fsrs=True,
    )
    collection.decks.update_deck_configs(request)


if __name__ == "__main__":
    commands = (make, first, load, recompute, states)
    {one.__name__: one for one in commands}[sys.argv[1]](*sys.argv[2:])
