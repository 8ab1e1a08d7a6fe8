"""The obvious fold of the log into `Daily`: each card's life, answer by answer.

The roll-ups of the store are compared with it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from trainer.cards.card import CardId
from trainer.scheduling.marks import (
    BEGINNINGS,
    Life,
    Mark,
    MarkKind,
    counting,
    lives,
)
from trainer.scheduling.memory import (
    Memory,
    State,
    after_review,
    retrievability,
    starting,
)
from trainer.scheduling.review import HINTED, LANGUAGE, OVERRULED, Rating, Review
from trainer.scheduling.score import Bin, bin_of, log_loss
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day
from trainer.statistics.daily import (
    LEVELS,
    LONGEST_MS,
    MATURE_DAYS,
    AnswerKind,
    Answers,
    Asked,
    Daily,
    DayNotes,
    Foretold,
    Held,
)

_WEEK = 7


def roll_up(
    reviews: Iterable[Review], marks: Collection[Mark], today: date, settings: Settings
) -> Daily:
    """Roll reviews up, in any order, which count and none of which was taken back.

    Those of a mode that leaves the schedule alone are counted and no more. `today` is
    the last day of which is told how much was known. Intervals are as they were wanted,
    not as they were moved.
    """
    rows = _Rows(replace(settings, spread=False))
    by_card: dict[CardId, list[Review]] = {
        mark.card: [] for mark in marks if mark.kind is MarkKind.START
    }
    for review in reviews:
        by_card.setdefault(review.card, []).append(review)
        if not review.mode.schedules:
            rows.count(review, AnswerKind.CRAM)
    beginnings: dict[CardId, list[Mark]] = {}
    for mark in counting(marks):
        if mark.kind in BEGINNINGS:
            beginnings.setdefault(mark.card, []).append(mark)
    for card, own in by_card.items():
        of_card = beginnings.get(card, [])
        ends = [study_day(mark.at, settings.rollover) for mark in of_card]
        for life, end in zip(lives(own, of_card), [*ends, None], strict=True):
            last = today if end is None else end - timedelta(days=1)
            rows.follow(card, life, last)
    return rows.daily()


def answer_kind(before: Memory | None, settings: Settings) -> AnswerKind:
    """Return what an answer that schedules was, by what was remembered before it."""
    if before is None or before.state is State.LEARNING:
        return AnswerKind.LEARN
    if before.state is State.RELEARNING:
        return AnswerKind.RELEARN
    interval = before.due_day - study_day(before.last, settings.rollover)
    is_mature = interval.days >= MATURE_DAYS
    return AnswerKind.MATURE if is_mature else AnswerKind.YOUNG


@dataclass(slots=True)
class _Life:
    """What is known of a card in the middle of its life."""

    memory: Memory | None = None
    day: date = date.min
    hinted: bool = False  # on the study day it was asked last
    repetitions: int = 1
    lapses: int = 0


@dataclass(slots=True)
class _Rows:
    """The rows as they are counted up, by their keys."""

    settings: Settings
    answers: dict[tuple[date, str, AnswerKind, Rating], list[int]] = field(
        default_factory=dict
    )
    asked: dict[tuple[date, str, int, AnswerKind, bool, str], list[int]] = field(
        default_factory=dict
    )
    notes: dict[tuple[date, str], list[int]] = field(default_factory=dict)
    foretold: dict[tuple[str, Bin, int], list[float]] = field(default_factory=dict)
    held: dict[tuple[date, str], float] = field(default_factory=dict)

    def daily(self) -> Daily:
        """Return them as a value."""
        return Daily(
            Answers(*_columns(self.answers)),
            Asked(*_columns(self.asked)),
            tuple(DayNotes(*key, *row) for key, row in self.notes.items()),
            tuple(_foretold(*key, *row) for key, row in self.foretold.items()),
            tuple(Held(*key, row) for key, row in self.held.items()),
        )

    def count(self, review: Review, kind: AnswerKind) -> list[int]:
        """Count an answer, and what was noted beside it; return the day's notes."""
        day, deck = self._day(review), _deck(review)
        row = self.answers.setdefault((day, deck, kind, review.rating), [0, 0])
        row[0] += 1
        row[1] += min(max(review.took_ms, 0), LONGEST_MS)
        notes = self.notes.setdefault((day, deck), [0] * 5)
        notes[1] += bool(review.note(HINTED))
        notes[2] += bool(review.note(OVERRULED))
        return notes

    def follow(self, card: CardId, life: Life, last: date) -> None:
        """Count the answers of a card's life, and how much was known up to a day."""
        now = _Life()
        if life.start:
            now.memory = starting(life.start, self.settings)
            now.day = study_day(life.start.at, self.settings.rollover)
        for review in life.reviews:
            before, day = now.memory, max(self._day(review), now.day)
            self._answered(now, review, day)
            now.memory = after_review(before, review, self.settings)
            if before:
                self._remember(before, now.day, day - timedelta(days=1), card)
            now.hinted = bool(review.note(HINTED)) or (now.hinted and now.day == day)
            now.day = day
        if now.memory:
            self._remember(now.memory, now.day, last, card)

    def _answered(self, now: _Life, review: Review, day: date) -> None:
        before, passed = now.memory, review.rating is not Rating.AGAIN
        kind = answer_kind(before, self.settings)
        notes = self.count(review, kind)
        notes[0] += before is None
        is_later = before is not None and day > now.day
        is_first = kind.is_known and is_later
        spoken = review.note(LANGUAGE)
        key = self._day(review), _deck(review), review.at.hour, kind, is_first, spoken
        self.asked.setdefault(key, [0, 0])[not passed] += 1
        now.repetitions += is_later
        if before and is_first:
            if now.hinted:
                notes[4 - passed] += 1
            elapsed = (day - now.day).days
            where = bin_of(elapsed, now.repetitions, now.lapses)
            chance = retrievability(before, day, self.settings)
            self._foretell(_deck(review), where, chance, passed=passed)
        now.lapses += is_later and not passed

    def _foretell(self, deck: str, where: Bin, chance: float, *, passed: bool) -> None:
        level = min(int(chance * LEVELS), LEVELS - 1)
        row = self.foretold.setdefault((deck, where, level), [0, 0, 0, 0])
        row[not passed] += 1
        row[2] += chance
        row[3] += log_loss(chance, recalled=passed)

    def _remember(self, memory: Memory, first: date, last: date, card: CardId) -> None:
        for day in weekly(first, last):
            key = day, card.partition("/")[0]
            recall = retrievability(memory, day, self.settings)
            self.held[key] = self.held.get(key, 0) + recall

    def _day(self, review: Review) -> date:
        return study_day(review.at, self.settings.rollover)


def _columns(rows: Mapping[Any, Iterable[int]]) -> list[Any]:
    """Return rows as columns, those of their keys first."""
    return list(zip(*((*key, *row) for key, row in rows.items()), strict=True))


def _foretold(
    deck: str, where: Bin, level: int, passed: float, failed: float, *sums: float
) -> Foretold:
    return Foretold(deck, where, level, int(passed), int(failed), *sums)


def _deck(review: Review) -> str:
    return review.card.partition("/")[0]


def weekly(first: date, last: date) -> Iterator[date]:
    """Yield the Sundays from one day to another."""
    day = first + timedelta(days=-first.toordinal() % _WEEK)
    while day <= last:
        yield day
        day += timedelta(days=_WEEK)
