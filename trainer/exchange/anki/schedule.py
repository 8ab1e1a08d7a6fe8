"""The schedule as Anki keeps it: where cards stand, and the log of answers."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from trainer.cards.card import CardId
from trainer.exchange.anki.rows import (
    FILTERED,
    LEARN,
    LEARNING,
    MANUAL,
    NEW,
    QUEUE_BURIED,
    QUEUE_DAYS,
    QUEUE_SUSPENDED,
    RELEARN,
    RELEARNING,
    REVIEW,
    REVIEWING,
    UNSENT,
    CardRow,
    RevlogRow,
)
from trainer.exchange.snapshot import Snapshot
from trainer.scheduling.marks import (
    BEGINNINGS,
    Mark,
    MarkKind,
    Standing,
    counting,
    lives,
)
from trainer.scheduling.memory import Memory, State, after_review, starting, steps_left
from trainer.scheduling.review import Review, log_order
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day

_LONGEST_MS = 60_000  # Anki's own limit of an answer's time
_EASE = 2500  # what a card begins with where FSRS is off
_HOUR = timedelta(hours=1)
_CARD_TYPE = {
    State.LEARNING: LEARNING,
    State.REVIEW: REVIEWING,
    State.RELEARNING: RELEARNING,
}
_LOG_TYPE = {State.LEARNING: LEARN, State.REVIEW: REVIEW, State.RELEARNING: RELEARN}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a collection, counted from its first one."""

    first: date
    now: datetime
    rollover: timedelta

    @property
    def hour(self) -> int:
        """The hour at which a day begins: Anki knows whole hours only."""
        return self.rollover // _HOUR

    @property
    def minutes_west(self) -> int:
        """How far the learner's zone is west of Greenwich."""
        return -(self.now.utcoffset() or timedelta()) // timedelta(minutes=1)

    @property
    def created(self) -> int:
        """The instant at which the collection begins, in seconds."""
        begin = datetime.combine(self.first, time(self.hour), self.now.tzinfo)
        return int(begin.timestamp())

    @property
    def today(self) -> date:
        """The study day of the export."""
        return study_day(self.now, self.rollover)

    def number(self, day: date) -> int:
        """Return a day's number."""
        return (day - self.first).days


def calendar_of(snapshot: Snapshot, now: datetime, settings: Settings) -> Calendar:
    """Return the days since the first answer, or since a card was known."""
    days = [study_day(review.at, settings.rollover) for review in snapshot.reviews]
    days += [memory.first_day for memory in snapshot.memories.values()]
    first = min([study_day(now, settings.rollover), *days])
    return Calendar(first, now, settings.rollover)


def new_card(row_id: int, deck: int, place: int, mod: int) -> CardRow:
    """Return the row of a new card of the note with the same id."""
    first = (row_id, row_id, deck, 0, mod, UNSENT, NEW, NEW, place)
    return CardRow(*first, 0, 0, 0, 0, 0, 0, 0, 0, "{}")


def with_memory(
    row: CardRow, card: CardId, memory: Memory, calendar: Calendar, settings: Settings
) -> CardRow:
    """Return a card's row with what is remembered of it."""
    last = int(memory.last.timestamp())
    state = {
        "s": round(memory.stability, 4),
        "d": round(memory.difficulty, 3),
        "dr": settings.retention_of(card),
        "decay": settings.parameters[20],
        "lrt": last,
    }
    kind = _CARD_TYPE[memory.state]
    due_at = memory.due_at
    queue = REVIEWING if kind == REVIEWING else LEARNING if due_at else QUEUE_DAYS
    return row._replace(
        mod=last,
        type=kind,
        queue=queue,
        due=int(due_at.timestamp()) if due_at else calendar.number(memory.due_day),
        ivl=_interval_in_days(memory, settings),
        factor=_EASE,
        reps=memory.reps,
        lapses=memory.lapses,
        left=steps_left(memory, settings),
        data=json.dumps(state, separators=(",", ":")),
    )


def _interval_in_days(memory: Memory, settings: Settings) -> int:
    """Return the interval; that of a forgotten card is the one it will go on with."""
    if memory.state is State.REVIEW:
        return max(1, (memory.due_day - study_day(memory.last, settings.rollover)).days)
    return max(1, round(memory.stability)) if memory.state is State.RELEARNING else 0


def with_standing(row: CardRow, standing: Standing, today: date) -> CardRow:
    """Return a card's row suspended, buried or flagged."""
    row = row._replace(flags=int(standing.flagged))
    if standing.suspended:
        return row._replace(queue=QUEUE_SUSPENDED)
    return row._replace(queue=QUEUE_BURIED) if standing.is_away(today) else row


@dataclass(slots=True)
class Instants:
    """Gives instants in milliseconds, no two of them the same."""

    taken: set[int] = field(default_factory=set)

    def of(self, at: datetime) -> int:
        """Return an instant, or the next one that is free."""
        number = round(at.timestamp() * 1000)
        while number in self.taken:
            number += 1
        self.taken.add(number)
        return number


def revlog_of(
    card: int,
    part: Snapshot,
    memory: Memory | None,
    instants: Instants,
    settings: Settings,
) -> Iterator[RevlogRow]:
    """Yield the log of a card in order: its answers, and when it began anew.

    `memory` is what it came to. That it started with a known strength Anki has no row
    for: before that it was made new, and the first answer tells the interval.
    """
    if not (part.reviews or part.marks):
        return
    intervals = _intervals(part, memory, settings)
    beginnings = (one for one in counting(part.marks) if one.kind in BEGINNINGS)
    entries: list[Review | Mark] = [*part.reviews, *beginnings]
    last = 0
    for entry in sorted(entries, key=log_order):
        at = instants.of(entry.at)
        if isinstance(entry, Mark):
            last = _first_interval(entry, settings)
            yield RevlogRow(at, card, UNSENT, 0, 0, 0, 0, 0, MANUAL)
            continue
        now, factor, kind = intervals.get(entry.id, (last, 0, FILTERED))
        took = min(entry.took_ms, _LONGEST_MS)
        yield RevlogRow(
            at, card, UNSENT, entry.rating.value, now, last, factor, took, kind
        )
        last = now


def _first_interval(mark: Mark, settings: Settings) -> int:
    """Return the interval with which a card begins anew."""
    if mark.kind is MarkKind.RESET:
        return 0
    return _interval(starting(mark, replace(settings, spread=False)), settings)


def _intervals(
    part: Snapshot, now: Memory | None, settings: Settings
) -> Mapping[str, tuple[int, int, int]]:
    """Return by review interval, difficulty as Anki writes it, and kind of answer.

    How far intervals but the last one were moved is left out: it depends on all cards.
    """
    unmoved = replace(settings, spread=False)
    found: dict[str, tuple[int, int, int]] = {}
    for life in lives(part.reviews, part.marks):
        memory = starting(life.start, unmoved) if life.start else None
        for review in life.reviews:
            kind = _LOG_TYPE[memory.state] if memory else LEARN
            memory = after_review(memory, review, unmoved)
            shown = now if now and review.at == now.last else memory
            found[review.id] = _interval(shown, settings), _factor(memory), kind
    return found


def _factor(memory: Memory) -> int:
    return round(((memory.difficulty - 1) / 9 + 0.1) * 1000)


def _interval(memory: Memory, settings: Settings) -> int:
    if memory.due_at:
        return -round((memory.due_at - memory.last).total_seconds())
    return max(1, (memory.due_day - study_day(memory.last, settings.rollover)).days)
