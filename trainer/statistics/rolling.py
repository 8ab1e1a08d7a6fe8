"""The log rolled up by day, in plain numbers: what a card adds to the rows of its deck.

A card adds by its own answers alone, so what it has added can be taken off again when
its answers are others than before. Days are ordinals (day 1 is 0001-01-01), instants
are milliseconds since 1970, zones are offsets in seconds.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from math import floor
from typing import Any, NamedTuple

from trainer.cards.card import CardId
from trainer.scheduling.memory import State
from trainer.scheduling.model import model_of
from trainer.scheduling.review import Rating
from trainer.scheduling.score import Bin, bin_of, log_loss
from trainer.scheduling.settings import Settings
from trainer.scheduling.wholelog import Places
from trainer.statistics.daily import LEVELS, LONGEST_MS, MATURE_DAYS, AnswerKind

_DAY = 86_400_000
_HOUR = 3_600_000
_EPOCH = date(1970, 1, 1).toordinal()
_MILLISECOND = timedelta(milliseconds=1)
_WEEK = 7


class Aside(NamedTuple):
    """What was noted of the sitting in which an answer was given."""

    hinted: bool = False
    overruled: bool = False
    language: str = ""


class Entry(NamedTuple):
    """An answer to a card; a rating of 0 is a reset."""

    at: int
    zone: int
    rating: int
    took_ms: int
    schedules: bool
    aside: Aside


Rows = dict[Any, list[Any]]
"""Rows by their keys, each a list of what is summed up."""


class Sums(NamedTuple):
    """What the cards of a deck add to its rows, by the fields of `Daily`."""

    answers: Rows
    asked: Rows
    notes: Rows
    foretold: Rows
    held: Rows


def no_sums() -> Sums:
    """Return sums of nothing."""
    return Sums({}, {}, {}, {}, {})


def add_sums(total: Sums, more: Sums) -> None:
    """Add sums to others."""
    for rows, others in zip(total, more, strict=True):
        for key, values in others.items():
            _add(rows, key, *values)


def _add(rows: Rows, key: object, *values: float) -> None:
    row = rows.get(key)
    if row is None:
        rows[key] = list(values)
    else:
        for at, value in enumerate(values):
            row[at] += value


class Rolling:
    """Adds cards to the sums of their deck, with some settings."""

    __slots__ = ("first", "kinds", "longest", "model", "moves", "rollover", "settings")

    def __init__(self, settings: Settings) -> None:
        places = Places(settings)
        self.moves = places.moves
        self.kinds = [
            {
                State.LEARNING: AnswerKind.LEARN,
                State.RELEARNING: AnswerKind.RELEARN,
            }.get(state)
            for state, _ in places.places
        ]
        self.model = model_of(settings.parameters)
        self.first = [self.model.first(rating) for rating in (1, *Rating)]
        self.longest = settings.maximum_interval
        self.rollover = settings.rollover // _MILLISECOND
        self.settings = settings

    def day_of(self, at: int, zone: int) -> int:
        """Return the study day of an instant."""
        return (at + zone * 1000 - self.rollover) // _DAY + _EPOCH

    def roll(
        self,
        card: CardId,
        entries: Iterable[Entry],
        through: int,
        sums: Sums,
        sign: int = 1,
    ) -> None:
        """Add what the answers to a card come to, or take it off with a sign of -1.

        They are in the order of the log. `through` is the last day of which is told how
        much was known, unless the card was answered later.
        """
        reach = self.model.reach(self.settings.retention_of(card))
        life = _Life(self, reach, sums, sign)
        for entry in entries:
            day = self.day_of(entry.at, entry.zone)
            if not entry.rating:
                life.hold(day - 1)
                life = _Life(self, reach, sums, sign)
            elif entry.schedules:
                life.answer(entry, day)
            else:
                life.count(entry, day, AnswerKind.CRAM)
        life.hold(through)


class _Life:
    """A card from its first answer on, or since it was reset."""

    __slots__ = (
        *("_rolling", "_reach", "_sums", "_sign", "_known", "_place", "_stability"),
        *("_difficulty", "_interval", "_last", "_day", "_hinted", "_days", "_lapses"),
    )

    def __init__(self, rolling: Rolling, reach: float, sums: Sums, sign: int) -> None:
        self._rolling, self._reach, self._sums, self._sign = rolling, reach, sums, sign
        self._known, self._hinted = False, False
        self._place, self._interval, self._lapses = 0, 0, 0
        self._last, self._day, self._days = 0, 0, 1
        self._stability, self._difficulty = 0.0, 0.0

    def count(self, entry: Entry, day: int, kind: AnswerKind) -> None:
        """Count an answer, and what was noted beside it."""
        sign, sums = self._sign, self._sums
        took = min(max(entry.took_ms, 0), LONGEST_MS)
        _add(sums.answers, (day, kind.value, entry.rating), sign, sign * took)
        if entry.aside.hinted or entry.aside.overruled:
            hinted, overruled = entry.aside.hinted, entry.aside.overruled
            _add(sums.notes, day, 0, sign * hinted, sign * overruled, 0, 0)

    def answer(self, entry: Entry, today: int) -> None:
        """Count an answer that schedules, and go on by it."""
        sign, sums, passed = self._sign, self._sums, entry.rating > 1
        day = max(today, self._day)
        kind = self._kind()
        self.count(entry, today, kind)
        is_later = self._known and day > self._day
        is_first = kind.is_known and is_later
        hour = (entry.at + entry.zone * 1000) // _HOUR % 24
        key = today, hour, kind.value, is_first, entry.aside.language
        _add(sums.asked, key, sign * passed, sign * (not passed))
        self._days += is_later
        if not self._known:
            _add(sums.notes, today, sign, 0, 0, 0, 0)
        elif is_first:
            self._foretell(today, day, passed=passed)
        self._lapses += is_later and not passed
        hinted, is_same = entry.aside.hinted, self._day == day
        self._hinted = hinted or (self._hinted and is_same)
        self.hold(day - 1)
        self._remember(entry.rating, today)
        self._day, self._last, self._known = day, today, True

    def _kind(self) -> AnswerKind:
        kind = self._rolling.kinds[self._place]
        if kind:
            return kind
        is_mature = self._interval >= MATURE_DAYS
        return AnswerKind.MATURE if is_mature else AnswerKind.YOUNG

    def _foretell(self, today: int, day: int, *, passed: bool) -> None:
        sign, elapsed = self._sign, day - self._last
        if self._hinted:
            hinted = sign * passed, sign * (not passed)
            _add(self._sums.notes, today, 0, 0, 0, *hinted)
        where: Bin = bin_of(day - self._day, self._days, self._lapses)
        chance = self._rolling.model.recall(self._stability, elapsed)
        level = min(floor(chance * LEVELS), LEVELS - 1)
        sums = sign * chance, sign * log_loss(chance, recalled=passed)
        counts = sign * passed, sign * (not passed)
        _add(self._sums.foretold, (*where, level), *counts, *sums)

    def _remember(self, rating: int, today: int) -> None:
        rolling = self._rolling
        if self._known:
            self._stability, self._difficulty = rolling.model.after(
                self._stability, self._difficulty, today - self._last, rating
            )
        else:
            self._stability, self._difficulty = rolling.first[rating]
        self._place, wait, _ = rolling.moves[self._place][rating]
        if wait is None:
            days = round(self._stability / rolling.model.factor * self._reach)
            self._interval = min(max(days, 1), rolling.longest)

    def hold(self, last: int) -> None:
        """Add by how much the card was known on the Sundays up to a day."""
        if not self._known:
            return
        recall, held, sign = self._rolling.model.recall, self._sums.held, self._sign
        stability, since, first = self._stability, self._last, self._day
        for day in range(first + -first % _WEEK, last + 1, _WEEK):
            row = held.get(day)
            if row is None:
                row = held[day] = [0, 0.0]
            row[0] += sign
            row[1] += sign * recall(stability, day - since)
