"""Anki's log as rows of ours: answers, and what was decided about cards."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Generic, TypeVar

from trainer.cards.card import CardId
from trainer.exchange.anki.own import OwnNote
from trainer.exchange.anki.reading import Read
from trainer.exchange.anki.remembered import remembered, remembered_before
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


_Row = TypeVar("_Row", bound=LogRow)


@dataclass(frozen=True, slots=True)
class Event(Generic[_Row]):
    """A row of the log before it has its place; `key` tells it from all others."""

    at: datetime
    key: str
    row: Callable[[str, Stamp, datetime], _Row]


def events_of(
    read: Read,
    names: Mapping[int, CardId],
    own: Mapping[int, OwnNote],
    ours: Iterable[LogRow],
    now: datetime,
) -> Iterator[Event[LogRow]]:
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
        yield from _decisions(row, name, guid, standings.get(name, ORDINARY), now)


def starts_of(
    read: Read,
    names: Mapping[int, CardId],
    own: Mapping[int, OwnNote],
    now: datetime,
) -> Iterator[Event[Mark]]:
    """Yield what Anki knows of cards of which not all answers are in its log.

    Our log may have the answers that are lacking there, so it is for cards alone of
    which nothing is remembered here.
    """
    for row in read.cards:
        if row.id not in names or _is_known(row, own):
            continue
        reset, answers = _life(row, read)
        found = remembered_before(answers[0]) if answers else None
        if not answers and row.type != NEW:
            found = remembered(row, read.created)
        if found:
            start = max(found[0], reset + 1), found[1]
            yield _start(row, names[row.id], read.notes[row.nid].guid, start, now)


def _is_known(row: CardRow, own: Mapping[int, OwnNote]) -> bool:
    """Whether our own log came with a card."""
    return row.nid in own and bool(own[row.nid].revlog)


def _life(row: CardRow, read: Read) -> tuple[int, list[RevlogRow]]:
    """Return when a card was last made new, and the answers since that schedule."""
    reset, answers = 0, list[RevlogRow]()
    for entry in read.revlog.get(row.id, ()):
        if _is_reset(entry):
            reset, answers = entry.id, []
        elif _is_answer(entry) and not _is_cram(entry):
            answers.append(entry)
    return reset, answers


def _event(
    row: RevlogRow, card: CardId, guid: str, now: datetime
) -> Event[LogRow] | None:
    """Return an answer or a reset; intervals chosen by hand are neither."""
    at, key = _instant(row.id, now), f"{guid} {row.id}"
    if _is_reset(row):
        return Event(
            at, key, lambda id_, stamp, at: Mark(id_, stamp, at, card, MarkKind.RESET)
        )
    if not _is_answer(row):
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


def _is_answer(row: RevlogRow) -> bool:
    return row.ease in _RATINGS and row.type < MANUAL


def _is_cram(row: RevlogRow) -> bool:
    """Whether an answer left the schedule alone."""
    return row.type == FILTERED and row.factor == 0


def _start(
    row: CardRow, card: CardId, guid: str, start: tuple[int, Strength], now: datetime
) -> Event[Mark]:
    """Return a start from what Anki knows of a card that was seen at an instant."""
    seen, value = start[0], strength_text(start[1])
    return Event(
        _instant(seen, now),
        f"{guid} {row.ord} {MarkKind.START} {value} {seen}",
        lambda id_, stamp, at: Mark(id_, stamp, at, card, MarkKind.START, value),
    )


def _decisions(
    row: CardRow, card: CardId, guid: str, before: Standing, now: datetime
) -> Iterator[Event[LogRow]]:
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


def numbered(
    events: Iterable[Event[_Row]], device: str, before: int = 0
) -> Iterator[_Row]:
    """Yield the rows in the order of time, as the log of a device of their own.

    So many rows of it come `before`.
    """
    in_order = sorted(events, key=lambda one: (one.at, one.key))
    for seq, event in enumerate(in_order, before + 1):
        id_ = sha256(f"anki {event.key}".encode(errors="replace")).hexdigest()[:20]
        yield event.row(id_, Stamp(device, seq), event.at)


def has_no_history(row: CardRow, read: Read, own: Mapping[int, OwnNote]) -> bool:
    """Whether Anki has a schedule for a card, but no answer that it came from."""
    return row.type != NEW and not _is_known(row, own) and not _life(row, read)[1]
