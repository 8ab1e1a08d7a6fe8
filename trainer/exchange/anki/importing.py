"""`anki` back in: cards of any package, and our own without loss."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256

from trainer.cards.card import CardId
from trainer.cards.shapes import Json
from trainer.exchange.anki.export import OURS
from trainer.exchange.anki.foreign import foreign_card
from trainer.exchange.anki.history import (
    events_of,
    has_no_history,
    numbered,
    starts_of,
)
from trainer.exchange.anki.own import LOG, OwnNote, listed, own_note
from trainer.exchange.anki.reading import Read, read_collection
from trainer.exchange.anki.remembered import remembered
from trainer.exchange.anki.unpacking import opened
from trainer.exchange.anki_notes import tag_names
from trainer.exchange.gathering import LONGEST_TITLE
from trainer.exchange.imported import Given, Imported, ImportedDeck, ImportFileError
from trainer.exchange.json_format import SCHEMA_VERSION
from trainer.exchange.json_import import imported_json
from trainer.exchange.stable_ids import deck_id

_MOST_SIBLINGS = 50
_MOST_TAGS = 50


def import_anki(given: Given) -> Imported:
    """Return what a package holds. Raises `ImportFileError` on anything else.

    Where cards stand follows from their answers, or from what Anki knows of them where
    there are none; media are left out.
    """
    with opened(given.path) as package:
        read = read_collection(package.db, given.path)
    own = _own_notes(read)
    ours = imported_json(_whole(read, own), given.path)
    decks, names = _foreign(read, own, given)
    names |= {
        row.id: CardId(own[row.nid].card)
        for row in read.cards
        if row.nid in own and not row.ord
    }
    try:
        events = list(events_of(read, names, own, ours.log, given.now))
        starts = list(starts_of(read, names, own, given.now))
    except (OverflowError, TypeError, ValueError, OSError) as error:
        raise ImportFileError("import-damaged-collection", path=given.path) from error
    skipped = {
        "media": package.media,
        "no-question": len(read.cards) - len(names),
        "no-history": sum(
            has_no_history(row, read, own) and not remembered(row, read.created)
            for row in read.cards
        ),
    }
    device = f"anki-{read.created:x}"
    return Imported(
        [*ours.decks, *decks],
        [*ours.log, *numbered(events, device)],
        [*numbered(starts, device, len(events))],
        {key: count for key, count in skipped.items() if count},
    )


def _own_notes(read: Read) -> dict[int, OwnNote]:
    """Return our notes by their row; of a card that is there twice, the first one."""
    found: dict[int, OwnNote] = {}
    seen = set()
    for number, note in read.notes.items():
        kind = read.note_types.get(note.note_type)
        one = own_note(kind.fields, note.fields) if kind else None
        if one and one.card not in seen:
            seen.add(one.card)
            found[number] = one
    return found


def _whole(read: Read, own: Mapping[int, OwnNote]) -> dict[str, Json]:
    """Put our export together again: cards, decks and log of notes, and what is left.

    The rest of the log stands in the collection's configuration.
    """
    notes = [note.rows for note in own.values()]
    rest = read.conf.get(OURS)
    rest = rest if isinstance(rest, dict) else {}
    parts = [*notes, rest]
    return {
        "schema_version": SCHEMA_VERSION,
        "decks": [note["deck"] for note in notes],
        "cards": [note["card"] for note in notes],
        **{name: listed(rest, name) for name in ("fits", "quizzes", "quiz_answers")},
        **{name: [row for part in parts for row in listed(part, name)] for name in LOG},
    }


def _foreign(
    read: Read, own: Mapping[int, OwnNote], given: Given
) -> tuple[list[ImportedDeck], dict[int, CardId]]:
    """Return decks of others' cards, and by row what the cards are called here."""
    decks = _deck_ids(read, given)
    cards: dict[CardId, dict[str, Json]] = {}
    titles: dict[str, str] = {}
    names: dict[int, CardId] = {}
    by_note: dict[int, list[CardId]] = defaultdict(list)
    for row in read.cards:
        note = read.notes.get(row.nid)
        kind = read.note_types.get(note.note_type) if note else None
        if row.nid in own or note is None or kind is None:
            continue
        deck, title = decks.get(row.odid or row.did, (given.deck, given.title))
        name = CardId(f"{deck}/{_card_name(note.guid, row.ord)}")
        card = foreign_card(note, kind, row.ord)
        if card and name not in cards:
            titles.setdefault(deck, title)
            cards[name] = card | _tags(note.tags)
            names[row.id] = name
            by_note[row.nid].append(name)
    for siblings in by_note.values():
        for name in siblings if len(siblings) > 1 else ():
            cards[name]["sibling"] = _others(name, siblings)
    return _as_decks(cards, titles), names


def _deck_ids(read: Read, given: Given) -> dict[int, tuple[str, str]]:
    """Return by Anki's number the id and title of the deck that is to hold its cards.

    An id follows from the name alone, so that it is the same at each import.
    """
    if given.deck_is_chosen:
        return dict.fromkeys(read.decks, (given.deck, given.title))
    return {
        number: (f"anki-{deck_id(name)}", name[:LONGEST_TITLE])
        for number, name in read.decks.items()
    }


def _card_name(guid: str, number: int) -> str:
    """Return the name of a note's card, which follows from the note's guid."""
    name = "g-" + sha256(guid.encode(errors="surrogatepass")).hexdigest()[:12]
    return f"{name}-{number + 1}" if number else name


def _tags(tags: Sequence[str]) -> dict[str, Json]:
    made = tag_names(" ".join(tags))
    return {"tags": made[:_MOST_TAGS]} if made else {}


def _others(name: CardId, siblings: Sequence[CardId]) -> list[str]:
    deck = name.partition("/")[0]
    others = [one.removeprefix(f"{deck}/") for one in siblings if one != name]
    return others[:_MOST_SIBLINGS]


def _as_decks(
    cards: Mapping[CardId, Mapping[str, Json]], titles: Mapping[str, str]
) -> list[ImportedDeck]:
    by_deck: dict[str, list[Mapping[str, Json]]] = {deck: [] for deck in titles}
    for full, card in cards.items():
        deck, _, name = full.partition("/")
        by_deck[deck].append({"id": name} | dict(card))
    return [ImportedDeck(deck, titles[deck], own) for deck, own in by_deck.items()]
