"""`quizlet`: a line a card, term and definition parted by a tab."""

from trainer.exchange.exporter import Wanted
from trainer.exchange.faces import faces, joined, with_choices
from trainer.exchange.snapshot import Snapshot


def export_quizlet(snapshot: Snapshot, wanted: Wanted) -> str:
    """Return what can be pasted into Quizlet; lines of a text are parted by ` / `."""
    lines = []
    for deck in snapshot.decks:
        for card in deck.cards:
            found = faces(card, wanted.languages)
            term = joined(found, with_choices)
            definition = joined(found, lambda face: face.back)
            lines.append(f"{_on_one_line(term)}\t{_on_one_line(definition)}\n")
    return "".join(lines)


def _on_one_line(text: str) -> str:
    parts = (" ".join(line.split()) for line in text.splitlines())
    return " / ".join(filter(None, parts))
