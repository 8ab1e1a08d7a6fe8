"""Anki's log as rows of ours: answers, and what was decided about cards."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from trainer.cards.card import CardId
from trainer.exchange.anki.own import OwnNote
from trainer.exchange.anki.reading import Read
from trainer.exchange.anki.remembered import remembered
from trainer.exchange.anki.rows import (
    FILTERED,
    MANUAL,
    NEW,
    QUEUE_SUSPENDED,
    CardRow,
    RevlogRow,
)
from trainer.grading.verdict import Outcome
from trainer.scheduling.marks import (
    FLAGGED,
    ORDINARY,
    Mark,
    MarkKind,
    Standing,
    standings_of,
    strength_text,
)
from trainer.scheduling.model import Strength
from trainer.scheduling.review import Mode, Rating, Review, Stamp
from trainer.study.log import LogRow

_FLAGS = 7
_LATEST_MS = 7_258_118_400_000  # the year 2200
_RATINGS = frozenset(Rating)


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the log before it has its place; `key` tells it from all others."""

    at: datetime
    key: str
    row: Callable[[str, Stamp, datetime], LogRow]


def events_of(
    read: Read,
    names: Mapping[int, CardId],
    own: Mapping[int, OwnNote],
    ours: Iterable[LogRow],
    now: datetime,
) -> Iterator[Event]:
    """Yield what Anki knows of cards that our own log, `ours`, does not have.

    `names` are the cards by row, `now` has the learner's zone. An answer that was
    given in Anki has no response.
    """
    marks = [one for one in ours if isinstance(one, Mark)]
    standings = standings_of(marks, timedelta())
    for row in read.cards:
        if row.id not in names:
            continue
        name = names[row.id]
        guid = read.notes[row.nid].guid
        known = own[row.nid].revlog if row.nid in own else frozenset()
        for entry in read.revlog.get(row.id, ()):
            if entry.id not in known and (event := _event(entry, name, guid, now)):
                yield event
        if has_no_history(row, read, own) and (start := remembered(row, read.created)):
            yield _start(row, name, guid, start, now)
        yield from _decisions(row, name, guid, standings.get(name, ORDINARY), now)


def _event(row: RevlogRow, card: CardId, guid: str, now: datetime) -> Event | None:
    """Return an answer or a reset; intervals chosen by hand are neither."""
    at, key = _instant(row.id, now), f"{guid} {row.id}"
    if _is_reset(row):
        return Event(
            at, key, lambda id_, stamp, at: Mark(id_, stamp, at, card, MarkKind.RESET)
        )
    if row.ease not in _RATINGS or row.type >= MANUAL:
        return None
    is_cram = _is_cram(row)
    return Event(
        at,
        key,
        lambda id_, stamp, at: Review(
            id_,
            stamp,
            at,
            card,
            Rating(row.ease),
            Outcome.UNJUDGED,
            "",
            max(0, row.time),
            Mode.CRAM if is_cram else Mode.REVIEW,
        ),
    )


def _is_reset(row: RevlogRow) -> bool:
    return row.type == MANUAL and row.ease == row.factor == 0


def _is_cram(row: RevlogRow) -> bool:
    """Whether an answer left the schedule alone."""
    return row.type == FILTERED and row.factor == 0


def _start(
    row: CardRow, card: CardId, guid: str, start: tuple[int, Strength], now: datetime
) -> Event:
    """Return a start from what Anki knows of a card that was seen at an instant."""
    seen, value = start[0], strength_text(start[1])
    return Event(
        _instant(seen, now),
        f"{guid} {row.ord} {MarkKind.START} {value} {seen}",
        lambda id_, stamp, at: Mark(id_, stamp, at, card, MarkKind.START, value),
    )


def _decisions(
    row: CardRow, card: CardId, guid: str, before: Standing, now: datetime
) -> Iterator[Event]:
    """Yield marks where Anki has a card suspended or flagged, and our log has not."""
    suspended, flagged = row.queue == QUEUE_SUSPENDED, bool(row.flags & _FLAGS)
    wanted = []
    if suspended != before.suspended:
        wanted.append((MarkKind.SUSPEND if suspended else MarkKind.RESUME, ""))
    if flagged != before.flagged:
        wanted.append((MarkKind.FLAG, FLAGGED if flagged else ""))
    for kind, value in wanted:
        yield Event(
            _instant(row.mod * 1000, now),
            f"{guid} {row.ord} {kind.value} {value} {row.mod}",
            lambda id_, stamp, at, kind=kind, value=value: Mark(  # type: ignore[misc]
                id_, stamp, at, card, kind, value
            ),
        )


def _instant(milliseconds: int, now: datetime) -> datetime:
    if not 0 <= milliseconds <= _LATEST_MS:
        raise ValueError(milliseconds)
    seconds, rest = divmod(milliseconds, 1000)
    at = datetime.fromtimestamp(seconds, now.tzinfo)
    return at + timedelta(milliseconds=rest)


def numbered(events: Iterable[Event], device: str) -> Iterator[LogRow]:
    """Yield the rows in the order of time, as the log of a device of their own."""
    in_order = sorted(events, key=lambda one: (one.at, one.key))
    for seq, event in enumerate(in_order, 1):
        id_ = sha256(f"anki {event.key}".encode(errors="replace")).hexdigest()[:20]
        yield event.row(id_, Stamp(device, seq), event.at)


def has_no_history(row: CardRow, read: Read, own: Mapping[int, OwnNote]) -> bool:
    """Whether Anki has a schedule for a card, but no answer that it came from."""
    if row.type == NEW or (row.nid in own and own[row.nid].revlog):
        return False
    answers = read.revlog.get(row.id, ())
    last = next((one for one in reversed(answers) if _decides(one)), None)
    return last is None or _is_reset(last)


def _decides(row: RevlogRow) -> bool:
    """Whether Anki's schedule goes on from a row of the log, or anew."""
    is_answer = row.ease in _RATINGS and row.type < MANUAL and not _is_cram(row)
    return is_answer or _is_reset(row)
