"""What Anki's graphs say: run as a program, in a process of its own.

It reads JSON: `log`, rows of days ago (by study days), milliseconds since the study day
began, card (from 0), rating, interval before, kind; and `cards`, rows of the days until
a card is due and its interval. It makes a collection at the path given, and says as
JSON what the graphs have.
"""

import json
import sys

from anki.collection import AddNoteRequest, Collection
from google.protobuf.json_format import MessageToDict

# ruff: noqa: T201 - the parent waits for what is printed

DAY_MS = 86_400_000
CARD = (
    "UPDATE cards SET type = 2, queue = 2, due = ?, ivl = ?, factor = 2500 WHERE id = ?"
)


def main(path: str) -> None:
    """Make the collection, and print the graphs."""
    given = json.load(sys.stdin)
    collection = Collection(path)
    assert collection.db
    collection.db.execute("PRAGMA synchronous = OFF")
    kind, deck = collection.models.by_name("Basic"), collection.decks.id("Default")
    assert kind
    assert deck
    requests = []
    for number in range(len(given["cards"])):
        note = collection.new_note(kind)
        note["Front"] = str(number)
        requests.append(AddNoteRequest(note, deck))
    collection.add_notes(requests)
    ids = collection.db.list("SELECT id FROM cards ORDER BY id")
    today, end = collection.sched.today, collection.sched.day_cutoff * 1000
    known = zip(ids, given["cards"], strict=True)
    chosen = [(today + due, interval, card) for card, (due, interval) in known]
    collection.db.executemany(CARD, chosen)
    rows, last = [], 0
    for ago, since, card, rating, interval, sort in given["log"]:
        last = max(last + 1, end - (ago + 1) * DAY_MS + since)
        rows.append((last, ids[card], -1, rating, 1, interval, 2500, 4000, sort))
    collection.db.executemany("INSERT INTO revlog VALUES (?,?,?,?,?,?,?,?,?)", rows)
    graphs = collection._backend.graphs(search="", days=0)  # noqa: SLF001 - as Anki's own pages ask for them
    print(json.dumps(MessageToDict(graphs)))
    collection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
