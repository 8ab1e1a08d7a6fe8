"""What Anki's backend takes for single steps: run as a program, it prints seconds.

`due PATH CARDS` makes a collection in which all cards are due, `queue PATH` makes its
first queue, `answers PATH COUNT` answers so many cards; `log PATH STORE` makes one with
the answers of a store of ours, to which `fit PATH` fits parameters, and of which
`graphs PATH DAYS` makes the graphs, over so many days (0 is all).
"""

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from time import perf_counter

from anki.collection import AddNoteRequest, Collection
from anki.scheduler.v3 import CardAnswer, Scheduler

# ruff: noqa: T201 - the parent reads what is printed

DAY_MS = 86_400_000
EIGHT_HOURS_MS, ROLLOVER_MS = 8 * 3_600_000, 4 * 3_600_000
AT_ONCE = 20_000
MOST_A_DAY = 9999
DUE = "UPDATE cards SET type = 2, queue = 2, due = ?, ivl = 5, factor = 2500, reps = 10"
LEARN, REVIEW, RELEARN = 0, 1, 2


def due(path: str, cards: str) -> None:
    """Make a collection in which all cards are due since three days."""
    with closing(Collection(path)) as collection:
        add(collection, [f"card-{number}" for number in range(int(cards))])
        assert collection.db
        collection.db.execute(DUE, collection.sched.today - 3)


def add(collection: Collection, names: list[str]) -> None:
    """Add a card for each name."""
    kind, deck = collection.models.by_name("Basic"), collection.decks.id("Default")
    assert kind
    assert deck
    for first in range(0, len(names), AT_ONCE):
        requests = []
        for name in names[first : first + AT_ONCE]:
            note = collection.new_note(kind)
            note["Front"], note["Back"] = f"Say {name}.", f"echo {name}"
            requests.append(AddNoteRequest(note, deck))
        collection.add_notes(requests)


def scheduler(collection: Collection) -> Scheduler:
    """Return the scheduler of today."""
    assert isinstance(collection.sched, Scheduler)
    return collection.sched


def queue(path: str) -> None:
    """Make the first queue of an open collection."""
    with closing(Collection(path)) as collection:
        start = perf_counter()
        assert scheduler(collection).get_queued_cards(fetch_limit=1).cards
        print(perf_counter() - start)


def answers(path: str, count: str) -> None:
    """Answer cards, each up to where the next one is at hand."""
    with closing(Collection(path)) as collection:
        collection.set_config("fsrs", val=True)
        deck = collection.decks.id("Default")
        assert deck
        chosen = collection.decks.config_dict_for_deck_id(deck)
        chosen["rev"]["perDay"] = MOST_A_DAY
        collection.decks.update_config(chosen)
        plan = scheduler(collection)
        (found,) = plan.get_queued_cards(fetch_limit=1).cards
        taken = []
        for _ in range(int(count)):
            start = perf_counter()
            card = collection.get_card(found.card.id)
            card.start_timer()
            good = CardAnswer.GOOD
            answer = plan.build_answer(card=card, states=found.states, rating=good)
            plan.answer_card(answer)
            (found,) = plan.get_queued_cards(fetch_limit=1).cards
            taken.append(perf_counter() - start)
    print(json.dumps(taken))


def log(path: str, store: str) -> None:
    """Make a collection with the answers that a store of ours has, up to yesterday."""
    query = "SELECT card, at, rating FROM reviews ORDER BY at, seq"
    with closing(sqlite3.connect(store)) as db:
        rows = db.execute(query).fetchall()
    names = sorted({row[0] for row in rows})
    now = round(time.time() * 1000)  # noqa: TID251 - Anki reads the clock itself
    shift = (now - 2 * DAY_MS - rows[-1][1]) // DAY_MS * DAY_MS
    with closing(Collection(path)) as collection:
        add(collection, names)
        assert collection.db
        cards = collection.db.list("SELECT id FROM cards ORDER BY id")
        made = revlog(rows, dict(zip(names, cards, strict=True)), shift)
        insert = "INSERT INTO revlog VALUES (?,?,?,?,?,?,?,?,?)"
        collection.db.executemany(insert, made)
        collection.db.execute(DUE, 5)


def revlog(
    rows: list[tuple[str, int, int]], cards: dict[str, int], shift: int
) -> Iterator[tuple[int, ...]]:
    """Yield rows of Anki's log; its ids are instants, of which each is there once."""
    newest = 0
    last: dict[str, int] = {}
    known: set[str] = set()
    for name, at, rating in rows:
        newest = max(at + shift, newest + 1)
        day = (at + EIGHT_HOURS_MS - ROLLOVER_MS) // DAY_MS
        is_later = name in last and day > last[name]
        if is_later:
            known.add(name)
        kind = REVIEW if is_later else RELEARN if name in known else LEARN
        last[name] = day
        yield newest, cards[name], -1, rating, 5, 5, 2500, 4000, kind


def fit(path: str) -> None:
    """Fit parameters to the log of an open collection."""
    with closing(Collection(path)) as collection:
        start = perf_counter()
        found = collection._backend.compute_fsrs_params(  # noqa: SLF001 - there is no other door
            search="",
            current_params=[],
            ignore_revlogs_before_ms=0,
            num_of_relearning_steps=1,
            health_check=False,
        )
        seconds = perf_counter() - start
    print(json.dumps([seconds, found.fsrs_items, *found.params]))


def graphs(path: str, days: str) -> None:
    """Make all graphs of an open collection that schedules with FSRS."""
    with closing(Collection(path)) as collection:
        collection.set_config("fsrs", val=True)
        start = perf_counter()
        collection._backend.graphs(search="", days=int(days))  # noqa: SLF001 - as Anki's own pages ask for them
        print(perf_counter() - start)


if __name__ == "__main__":
    STEPS: dict[str, Callable[..., None]] = {
        "due": due,
        "queue": queue,
        "answers": answers,
        "log": log,
        "fit": fit,
        "graphs": graphs,
    }
    STEPS[sys.argv[1]](*sys.argv[2:])
