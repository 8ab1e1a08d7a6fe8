"""The log rolled up by day, in plain numbers: what a card adds to the rows of its deck.

A card adds by its own answers alone, so what it has added can be taken off again when
its answers are others than before. Days are ordinals (day 1 is 0001-01-01), instants
are milliseconds since 1970, zones are offsets in seconds.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, count
from math import floor
from typing import Any, NamedTuple

from trainer.cards.card import CardId
from trainer.scheduling.memory import KNOWN, State
from trainer.scheduling.model import Model, Strength, model_of
from trainer.scheduling.review import Rating
from trainer.scheduling.score import bin_of, log_loss
from trainer.scheduling.settings import Settings
from trainer.scheduling.wholelog import Places
from trainer.statistics.daily import LEVELS, LONGEST_MS, MATURE_DAYS, AnswerKind

_DAY = 86_400_000
_HOUR = 3_600_000
_EPOCH = date(1970, 1, 1).toordinal()
_MILLISECOND = timedelta(milliseconds=1)
_WEEK = 7
_YOUNG, _MATURE = AnswerKind.YOUNG.value, AnswerKind.MATURE.value

_bin_of = lru_cache(maxsize=4096)(bin_of)


class Aside(NamedTuple):
    """What was noted of the sitting in which an answer was given."""

    hinted: bool = False
    overruled: bool = False
    language: str = ""


class Entry(NamedTuple):
    """An answer to a card; a rating of 0 is a reset, or a start with a strength."""

    at: int
    zone: int
    rating: int
    took_ms: int
    schedules: bool
    aside: Aside = Aside()
    start: Strength | None = None


Rows = dict[Any, list[Any]]
"""Rows by their keys, each a list of what is summed up."""


class Sums(NamedTuple):
    """What the cards of a deck add to its rows, by the fields of `Daily`."""

    answers: Rows
    asked: Rows
    notes: Rows
    foretold: Rows
    held: "Weeks"

    def tables(self) -> tuple[Rows, ...]:
        """Return all as rows."""
        return (*self[:-1], self.held.rows())


class Weeks:
    """How many cards were held in mind on Sundays: how many lives, and their recall."""

    __slots__ = ("_begin", "_cards", "_decay", "_factor", "_lives")

    def __init__(self, model: Model) -> None:
        self._decay, self._factor = model.decay, model.factor
        self._begin = 0
        self._cards: list[float] = []
        self._lives = [0]  # by how many more they are than the week before

    def hold(
        self, stability: float, since: int, days: tuple[int, int], sign: int = 1
    ) -> None:
        """Add a card on the Sundays from one day to another.

        It was answered last at `since`, the first of the days or before.
        """
        first, last = days[0] + -days[0] % _WEEK, days[1]
        if first > last:
            return
        begin = self._reach(first // _WEEK, last // _WEEK)
        end = begin + (last - first) // _WEEK + 1
        self._lives[begin] += sign
        self._lives[end] -= sign
        cards, decay, rate = self._cards, self._decay, self._factor / stability
        spans = range(first - since, last - since + 1, _WEEK)
        held = zip(cards[begin:end], spans, strict=True)
        if sign > 0:
            cards[begin:end] = [so_far + (1 + rate * n) ** decay for so_far, n in held]
        else:
            cards[begin:end] = [so_far - (1 + rate * n) ** decay for so_far, n in held]

    def add(self, more: "Weeks") -> None:
        """Add other weeks to these."""
        rows = more.rows()
        for day, (lives, cards) in rows.items():
            at = self._reach(day // _WEEK, day // _WEEK)
            self._lives[at] += lives
            self._lives[at + 1] -= lives
            self._cards[at] += cards

    def rows(self) -> Rows:
        """Return how many lives there were, and their recall, by Sundays."""
        counts = accumulate(self._lives)
        found = zip(count(self._begin), counts, self._cards, strict=False)
        return {
            week * _WEEK: [lives, cards]
            for week, lives, cards in found
            if lives or cards
        }

    def _reach(self, first: int, last: int) -> int:
        """Make room from one week to another; return where the first one lies."""
        if not self._cards:
            self._begin = first
        if first < self._begin:
            before = self._begin - first
            self._cards[:0], self._lives[:0] = [0.0] * before, [0] * before
            self._begin = first
        after = last - self._begin + 1 - len(self._cards)
        if after > 0:
            self._cards += [0.0] * after
            self._lives += [0] * after
        return first - self._begin


def no_sums(model: Model) -> Sums:
    """Return sums of nothing."""
    return Sums({}, {}, {}, {}, Weeks(model))


def add_sums(total: Sums, more: Sums) -> None:
    """Add sums to others."""
    for rows, others in zip(total[:-1], more[:-1], strict=True):
        for key, values in others.items():
            _add(rows, key, *values)
    total.held.add(more.held)


def _add(rows: Rows, key: object, *values: float) -> None:
    row = rows.get(key)
    if row is None:
        rows[key] = list(values)
    else:
        for at, value in enumerate(values):
            row[at] += value


def _add_pair(rows: Rows, key: object, one: int, other: int) -> None:
    row = rows.get(key)
    if row is None:
        rows[key] = [one, other]
    else:
        row[0] += one
        row[1] += other


class Rolling:
    """Adds cards to the sums of their deck, with some settings."""

    __slots__ = (
        *("first", "kinds", "known", "longest", "model", "moves", "rollover"),
        "settings",
    )

    def __init__(self, settings: Settings) -> None:
        places = Places(settings)
        self.moves = places.moves
        self.known = places.places.index(KNOWN)
        self.kinds = [
            {
                State.LEARNING: AnswerKind.LEARN.value,
                State.RELEARNING: AnswerKind.RELEARN.value,
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
                if entry.start:
                    life.start(entry.start, day)
            elif entry.schedules:
                life.answer(entry, day)
            else:
                life.count(entry, day, AnswerKind.CRAM.value)
        life.hold(through)


class _Life:
    """A card from its first answer on, or since it was reset or started."""

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

    def start(self, strength: Strength, day: int) -> None:
        """Begin as a card that is known, for which nothing is counted."""
        self._stability, self._difficulty = strength
        self._place = self._rolling.known
        self._day, self._last, self._known = day, day, True
        self._wait()

    def count(self, entry: Entry, day: int, kind: str) -> None:
        """Count an answer, and what was noted beside it."""
        sign, sums = self._sign, self._sums
        took = min(max(entry.took_ms, 0), LONGEST_MS)
        _add_pair(sums.answers, (day, kind, entry.rating), sign, sign * took)
        if entry.aside.hinted or entry.aside.overruled:
            hinted, overruled = entry.aside.hinted, entry.aside.overruled
            _add(sums.notes, day, 0, sign * hinted, sign * overruled, 0, 0)

    def answer(self, entry: Entry, today: int) -> None:
        """Count an answer that schedules, and go on by it."""
        sign, sums, passed = self._sign, self._sums, entry.rating > 1
        day = max(today, self._day)
        learning = self._rolling.kinds[self._place]
        kind = learning or (_MATURE if self._interval >= MATURE_DAYS else _YOUNG)
        self.count(entry, today, kind)
        is_later = self._known and day > self._day
        is_first = is_later and not learning
        hour = (entry.at + entry.zone * 1000) // _HOUR % 24
        key = today, hour, kind, is_first, entry.aside.language
        _add_pair(sums.asked, key, sign * passed, sign * (not passed))
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

    def _foretell(self, today: int, day: int, *, passed: bool) -> None:
        sign, elapsed = self._sign, day - self._last
        if self._hinted:
            hinted = sign * passed, sign * (not passed)
            _add(self._sums.notes, today, 0, 0, 0, *hinted)
        where = _bin_of(day - self._day, self._days, self._lapses)
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
            self._wait()

    def _wait(self) -> None:
        """Note the interval of a card that is known."""
        rolling = self._rolling
        days = round(self._stability / rolling.model.factor * self._reach)
        self._interval = min(max(days, 1), rolling.longest)

    def hold(self, last: int) -> None:
        """Add by how much the card was known on the Sundays up to a day."""
        if self._known and self._day <= last:
            days = self._day, last
            self._sums.held.hold(self._stability, self._last, days, self._sign)
