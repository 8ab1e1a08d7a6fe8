"""`anki`: a package that every Anki opens, schedule and history included."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from trainer.cards.card import Card, CardId
from trainer.exchange.anki.collection import (
    Collection,
    NoteRow,
    deck_id,
    note_row,
    package,
)
from trainer.exchange.anki.notes import deck_name, note_fields
from trainer.exchange.anki.notetypes import NOTE_TYPE_IDS, NOTE_TYPES, stable_id
from trainer.exchange.anki.rows import CardRow, RevlogRow
from trainer.exchange.anki.schedule import (
    Calendar,
    Instants,
    calendar_of,
    new_card,
    revlog_of,
    with_memory,
    with_standing,
)
from trainer.exchange.exporter import Wanted
from trainer.exchange.json_format import (
    SCHEMA_VERSION,
    card_json,
    deck_json,
    log_json,
    whole_log_json,
)
from trainer.exchange.snapshot import Snapshot
from trainer.scheduling.marks import Mark, standings_of
from trainer.scheduling.review import Retraction, Review
from trainer.scheduling.settings import Settings

OURS = "trainer"
"""The key of a collection's configuration under which we keep the rest of the log."""

_PRESET = "Trainer"
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Made:
    """A card as a note: the name of its deck, its fields, and its part of the log."""

    row_id: int
    card: Card
    deck: str
    fields: Sequence[str]
    revlog: Sequence[RevlogRow]


def export_anki(snapshot: Snapshot, wanted: Wanted) -> bytes:
    """Return a package with a note for each card.

    A card whose values change has the first ones. Each note also holds its card as
    its author wrote it, and its part of the log, so that nothing is lost on the way
    back, whatever Anki makes of the rest.
    """
    snapshot = replace(snapshot, reviews=list(snapshot.reviews))
    settings, mod = wanted.settings, int(wanted.now.timestamp())
    calendar = calendar_of(snapshot, wanted.now, settings)
    notes: list[NoteRow] = []
    cards: list[CardRow] = []
    revlog: list[RevlogRow] = []
    decks: dict[str, int] = {}
    for one in made_notes(snapshot, wanted):
        number = decks.setdefault(one.deck, deck_id(one.deck))
        kind, card = NOTE_TYPE_IDS[one.card.form], one.card
        since = wanted.since.get(card.id, mod)
        notes.append(
            note_row(one.row_id, guid(card.id), kind, since, card.tags, one.fields)
        )
        cards.append(new_card(one.row_id, number, len(notes), mod))
        revlog += one.revlog
    return package(
        Collection(
            mod=mod,
            created=calendar.created,
            conf=_conf(calendar, len(notes), snapshot),
            preset=_preset(settings),
            note_types={NOTE_TYPE_IDS[form]: one for form, one in NOTE_TYPES.items()},
            decks={number: name for name, number in decks.items()},
            notes=notes,
            cards=_scheduled(cards, snapshot, calendar, settings),
            revlog=sorted(revlog),
        )
    )


def made_notes(snapshot: Snapshot, wanted: Wanted) -> Iterator[Made]:
    """Yield the notes in the order of study, and of their rows."""
    parts, instants, settings = _parts(snapshot), Instants(), wanted.settings
    first = int(wanted.now.timestamp()) * 1000
    for deck in snapshot.decks:
        title = deck.title.in_language(wanted.languages[0])
        name, head = deck_name(title, deck.grammar), _json(deck_json(deck))
        for row_id, card in enumerate(deck.cards, first):
            part = parts.get(card.id, _EMPTY)
            memory = snapshot.memories.get(card.id)
            log = list(revlog_of(row_id, part, memory, instants, settings))
            data = _data(card_json(card, deck), head, part, log, wanted)
            fields = note_fields(card, wanted.languages, data)
            yield Made(row_id, card, name, fields, log)
        first += len(deck.cards)


_EMPTY = Snapshot()


def guid(card: CardId) -> str:
    """Return what Anki knows a note by, wherever it was imported."""
    return sha256(f"trainer {card}".encode()).hexdigest()[:20]


def _parts(snapshot: Snapshot) -> dict[CardId, Snapshot]:
    """Return what the log holds of each card."""
    reviews: dict[CardId, list[Review]] = defaultdict(list)
    retracted: dict[CardId, list[Review]] = defaultdict(list)
    retractions: dict[CardId, list[Retraction]] = defaultdict(list)
    marks: dict[CardId, list[Mark]] = defaultdict(list)
    for review in snapshot.reviews:
        reviews[review.card].append(review)
    for review in snapshot.retracted:
        retracted[review.card].append(review)
    of_card = {review.id: review.card for review in snapshot.retracted}
    for retraction in snapshot.retractions:
        if retraction.review in of_card:
            retractions[of_card[retraction.review]].append(retraction)
    for mark in snapshot.marks:
        marks[mark.card].append(mark)
    return {
        card: replace(
            _EMPTY,
            reviews=reviews[card],
            retracted=retracted[card],
            retractions=retractions[card],
            marks=marks[card],
        )
        for card in sorted({*reviews, *retracted, *marks})
    }


def _data(
    card: Mapping[str, Any],
    deck: str,
    part: Snapshot,
    log: Sequence[RevlogRow],
    wanted: Wanted,
) -> str:
    """Return what a note holds beside its texts: the card, and its part of the log."""
    whole: dict[str, Any] = {"card": card, "languages": wanted.languages}
    if part is not _EMPTY:
        whole |= {name: rows for name, rows in log_json(part).items() if rows}
        whole["revlog"] = [row.id for row in log]
    rest = _json(whole).removeprefix("{")
    return f'{{"schema_version":{SCHEMA_VERSION},"deck":{deck},{rest}'


def _scheduled(
    cards: Sequence[CardRow],
    snapshot: Snapshot,
    calendar: Calendar,
    settings: Settings,
) -> list[CardRow]:
    """Return the rows of cards with what is remembered of them, in the decks' order."""
    standings = standings_of(snapshot.marks, settings.rollover)
    names = [card.id for deck in snapshot.decks for card in deck.cards]
    found = []
    for name, new in zip(names, cards, strict=True):
        memory, row = snapshot.memories.get(name), new
        if memory:
            row = with_memory(row, name, memory, calendar, settings)
        if name in standings:
            row = with_standing(row, standings[name], calendar.today)
        found.append(row)
    return found


def _conf(calendar: Calendar, count: int, snapshot: Snapshot) -> dict[str, Any]:
    """Return the configuration: where days begin, so that Anki's are ours.

    It also holds what belongs to no note: the log of cards that no deck has any more,
    and quizzes and fits.
    """
    kept = {card.id for deck in snapshot.decks for card in deck.cards}
    parts = _parts(snapshot).items()
    lost = [log_json(part) for card, part in parts if card not in kept]
    ours = {
        name: [row for part in lost for row in part[name]] for name in log_json(_EMPTY)
    }
    return {
        "schedVer": 2,
        "sched2021": True,
        "rollover": calendar.hour,
        "creationOffset": calendar.minutes_west,
        "nextPos": count + 1,
        "curDeck": 1,
        "activeDecks": [1],
        "curModel": None,
        "newSpread": 0,
        "sortType": "noteFld",
        "sortBackwards": False,
        "addToCur": True,
        "dueCounts": True,
        "estTimes": True,
        "timeLim": 0,
        "collapseTime": 1200,
        OURS: ours | whole_log_json(snapshot),
    }


def _preset(settings: Settings) -> dict[str, Any]:
    """Return the options of our decks, for those who import presets, too."""
    steps, again = (
        [one.total_seconds() / _MINUTE for one in some]
        for some in (settings.learning_steps, settings.relearning_steps)
    )
    return {
        "id": stable_id(f"preset {_PRESET}"),
        "name": _PRESET,
        "dyn": False,
        "autoplay": True,
        "replayq": True,
        "maxTaken": 60,
        "timer": 0,
        "mod": 0,
        "usn": 0,
        "new": {
            "delays": steps,
            "perDay": settings.new_per_day,
            "order": 1,
            "ints": [1, 4, 0],
            "initialFactor": 2500,
            "bury": False,
        },
        "rev": {
            "perDay": settings.reviews_per_day,
            "maxIvl": settings.maximum_interval,
            "ease4": 1.3,
            "ivlFct": 1.0,
            "hardFactor": 1.2,
            "bury": False,
        },
        "lapse": {
            "delays": again,
            "mult": 0.0,
            "minInt": 1,
            "leechAction": 1,
            "leechFails": settings.leech_lapses or 9999,
        },
        "fsrsParams6": settings.parameters,
        "desiredRetention": settings.desired_retention,
    }


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
