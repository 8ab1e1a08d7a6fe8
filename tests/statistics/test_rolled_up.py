"""Figures are what one finds by looking at each review in turn, slowly."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.statistics.evidence import (
    DAY,
    DEFAULT,
    NAMES,
    NOW,
    TODAY,
    evidence_of,
    review,
)
from trainer.cards.card import CardId
from trainer.scheduling.marks import Entry, Mark, MarkKind, make_mark
from trainer.scheduling.memory import Memory, State, replay, retrievability
from trainer.scheduling.review import Mode, Rating, Review, Stamp, log_order
from trainer.scheduling.score import Asked, bin_of, score
from trainer.scheduling.studyday import study_day
from trainer.statistics.activity import Day
from trainer.statistics.buttons import Buttons
from trainer.statistics.figures import FIGURES, Figures, figures
from trainer.statistics.forecast import AHEAD
from trainer.statistics.hours import Hour
from trainer.statistics.retention import SPANS, Retention
from trainer.statistics.tally import Tally

MINUTE = timedelta(minutes=1)
ROWS = st.tuples(
    st.sampled_from(["d/a", "d/a", "d/a", *NAMES]),
    st.builds(
        lambda days, minutes: days * 1440 + minutes,
        st.sampled_from([-400, -200, -90, -60, -45]) | st.integers(-30, 1),
        st.sampled_from([-500, -30, -1, 0, 1, 10]),
    ),
    st.sampled_from(Rating),
    st.sampled_from(["en", "zh", ""]),
    st.booleans(),  # after a hint
    st.sampled_from([0, 0, 0, 1]),  # outside of the schedule
    st.sampled_from([8, 8, 8, -5]),  # the zone one was in
)
LOGS = st.lists(ROWS, max_size=3) | st.lists(ROWS, min_size=15, max_size=40)
RESETS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(-60 * 1440, 0)), max_size=2
)


def day_of(one: Review | Mark) -> date:
    return study_day(one.at, DEFAULT.rollover)


def log_from(rows: list[tuple[Any, ...]]) -> list[Review]:
    found = []
    for seq, (card, minutes, rating, language, hinted, cram, zone) in enumerate(rows):
        at = (NOW + minutes * MINUTE).astimezone(timezone(timedelta(hours=zone)))
        notes = [("hinted", "1")] if hinted else []
        notes += [("language", language)] if language else []
        mode = Mode.CRAM if cram else Mode.REVIEW
        found.append(review(card, at, rating, seq, *notes, mode=mode))
    return found


def resets_from(rows: list[tuple[str, int]]) -> list[Mark]:
    return [
        make_mark(
            Stamp("laptop", 100 + seq),
            NOW + minutes * MINUTE,
            CardId(card),
            MarkKind.RESET,
        )
        for seq, (card, minutes) in enumerate(rows)
    ]


@dataclass
class Look:
    """One review as one sees it who reads the log up to it."""

    review: Review
    before: list[Review]

    @property
    def memory(self) -> Memory | None:
        """Return what was remembered before it."""
        return replay(self.before, DEFAULT)

    @property
    def day(self) -> date:
        """Return its study day."""
        return day_of(self.review)

    @property
    def is_known(self) -> bool:
        """Whether the card was known."""
        return self.memory is not None and self.memory.state is State.REVIEW

    @property
    def is_first(self) -> bool:
        """Whether it is the first of a known card in its day."""
        later = all(day_of(one) < self.day for one in self.before)
        return self.is_known and later

    @property
    def kind(self) -> str:
        """Return what kind of answer it is."""
        if self.review.mode is Mode.CRAM:
            return "cram"
        memory = self.memory
        if memory is None or memory.state is State.LEARNING:
            return "learn"
        if memory.state is State.RELEARNING:
            return "relearn"
        last = study_day(memory.last, DEFAULT.rollover)
        return "mature" if (memory.due_day - last).days >= 21 else "young"

    @property
    def passed(self) -> bool:
        """Whether it was a success."""
        return self.review.rating is not Rating.AGAIN

    @property
    def was_hinted(self) -> bool:
        """Whether the card needed a hint on the day it was asked before."""
        last = max(map(day_of, self.before))
        on_it, latest = False, date.min
        for one in self.before:
            latest = max(latest, day_of(one))
            if latest == last:
                on_it = on_it or bool(one.note("hinted"))
        return on_it

    def asked(self) -> Asked:
        """Return the bin of the answer, and whether it was recalled."""
        found, last = list[tuple[int, int]](), None
        for one in (*self.before, self.review):
            day = max(day_of(one), last) if last else day_of(one)
            found.append((int(one.rating), (day - last).days if last else 0))
            last = day
        repetitions = 1 + sum(days > 0 for _, days in found)
        lapses = sum(rating == 1 and days > 0 for rating, days in found[:-1])
        rating, elapsed = found[-1]
        return bin_of(elapsed, repetitions, lapses), rating > 1

    def foretold(self) -> float:
        """Return how likely recall was."""
        memory = self.memory
        assert memory
        return retrievability(memory, self.day, DEFAULT)


def looks(reviews: list[Review], resets: list[Mark]) -> Iterator[Look]:
    for one in reviews:
        own = sorted(
            (r for r in reviews if r.card == one.card and r.mode is Mode.REVIEW),
            key=log_order,
        )
        before = [r for r in own if log_order(r) < log_order(one)]
        cuts = [
            m for m in resets if m.card == one.card and log_order(m) < log_order(one)
        ]
        if cuts:
            last = max(map(log_order, cuts))
            before = [r for r in before if log_order(r) > last]
        yield Look(one, before)


def tally(found: list[Look]) -> Tally:
    passed = sum(one.passed for one in found)
    return Tally(passed, len(found) - passed)


def check_answers(found: Figures, seen: list[Look]) -> None:
    """Check what was done, when and how."""
    for day in {one.day for one in seen}:
        of_day = [one for one in seen if one.day == day]
        kinds = Counter(one.kind for one in of_day)
        names = ("learn", "young", "mature", "relearn", "cram")
        introduced = [o for o in of_day if o.kind == "learn" and not o.before]
        assert next(one for one in found.days if one.day == day) == Day(
            day=day,
            **{name: kinds[name] for name in names},
            introduced=len(introduced),
            took_ms=sum(min(60_000, one.review.took_ms) for one in of_day),
        )
    assert len(found.days) == len({one.day for one in seen})
    assert found.reviews.total == len(seen)
    assert found.reviews.today == sum(one.day == TODAY for one in seen)
    for kind, counted in found.buttons.items():
        ratings = Counter(one.review.rating for one in seen if one.kind == kind)
        assert counted == Buttons(*(ratings[rating] for rating in Rating))
    scheduled = [one for one in seen if one.kind != "cram"]
    for hour in range(24):
        right = tally([one for one in scheduled if one.review.at.hour == hour])
        assert found.hours[hour] == Hour(hour, right.passed, right.failed)


def check_recall(found: Figures, seen: list[Look]) -> None:
    """Check what was remembered of what was due."""
    due = [one for one in seen if one.kind != "cram" and one.is_first]
    for name, length in SPANS.items():
        days = 10**6 if length is None else length
        within = [one for one in due if (TODAY - one.day).days < days]
        assert found.retention[name] == Retention(
            tally([one for one in within if one.kind == "young"]),
            tally([one for one in within if one.kind == "mature"]),
        )
    for name in ("en", "zh"):
        spoken = [one for one in due if one.review.note("language") == name]
        assert found.languages.get(name, Tally()) == tally(spoken)
    assert found.hints.after_hint == tally([one for one in due if one.was_hinted])
    assert found.hints.without == tally([one for one in due if not one.was_hinted])
    assert found.hints.hinted == sum(bool(one.review.note("hinted")) for one in seen)


def check_calibration(found: Figures, every: list[Look]) -> None:
    """Check it against what the trial of fitted parameters reckons."""
    due = [one for one in every if one.kind != "cram" and one.is_first]
    one = found.calibration
    assert one.answers == len(due)
    if due:
        reckoned = score((look.asked(), look.foretold()) for look in due)
        assert one.log_loss == pytest.approx(reckoned.log_loss)
        assert one.rmse == pytest.approx(reckoned.rmse)
        assert one.happened == pytest.approx(tally(due).rate)
    assert sum(level.answers for level in one.levels) == len(due)


def check_memories(found: Figures, reviews: list[Review], resets: list[Mark]) -> None:
    """Check what is to come, and what was known on Sundays."""
    evidence = evidence_of(reviews, resets)
    told = evidence.memories
    rows = zip(told.card, told.due, told.recall, strict=True)
    known = [row for row in rows if row[0] in evidence.cards]
    ahead = [max(0, due - TODAY.toordinal()) for _, due, _ in known]
    assert [one.due for one in found.forecast.days] == [
        ahead.count(days) for days in range(AHEAD)
    ]
    assert found.forecast.later == sum(days >= AHEAD for days in ahead)
    recalled = sum(recall for *_, recall in known)
    assert found.knowledge.now == pytest.approx(recalled)
    held = {point.day: point.cards for point in found.knowledge.over_time}
    for weeks in range(16):
        sunday = TODAY - timedelta(days=1) - weeks * 7 * DAY
        then = sum(_recall_then(name, sunday, reviews, resets) for name in NAMES)
        assert held.get(sunday, 0) == pytest.approx(then)


def _recall_then(
    card: str, day: date, reviews: list[Review], resets: list[Mark]
) -> float:
    own = [r for r in reviews if r.card == card and r.mode is Mode.REVIEW]
    marks = [m for m in resets if m.card == card]
    entries: list[Entry] = [*own, *marks]
    log = sorted(entries, key=log_order)
    life: list[Review] = []
    latest = date.min
    for entry in log:
        if isinstance(entry, Mark):
            if day_of(entry) <= day:
                life = []
                latest = date.min
            elif life:
                break
        else:
            latest = max(latest, day_of(entry))
            if latest <= day:
                life.append(entry)
    memory = replay(life, DEFAULT)
    return retrievability(memory, day, DEFAULT) if memory else 0


@settings(deadline=None, max_examples=150)
@given(LOGS, RESETS)
def test_figures_are_what_one_finds_by_looking_at_each_review(
    rows: list[tuple[Any, ...]], cut: list[tuple[str, int]]
) -> None:
    """Some logs hold reviews of the future, of other zones, and of vanished cards."""
    if cut:  # a flight west after a reset: the new life would begin before it
        rows = [(*row, 8) for *row, _ in rows]
    reviews, resets = log_from(rows), resets_from(cut)
    found = figures(evidence_of(reviews, resets))
    every = list(looks(reviews, resets))
    seen = [one for one in every if one.day <= TODAY]
    check_answers(found, seen)
    check_recall(found, seen)
    check_calibration(found, every)
    check_memories(found, reviews, resets)


@settings(deadline=None, max_examples=30)
@given(LOGS, st.data())
def test_the_order_in_which_the_log_is_given_does_not_matter(
    rows: list[tuple[Any, ...]], data: st.DataObject
) -> None:
    reviews = log_from(rows)
    shuffled = data.draw(st.permutations(reviews))
    found, other = figures(evidence_of(reviews)), figures(evidence_of(shuffled))
    summed = {"knowledge", "calibration"}  # as floats, in the order given
    for name in FIGURES.keys() - summed:
        assert getattr(found, name) == getattr(other, name)


@settings(deadline=None, max_examples=30)
@given(LOGS)
def test_topics_add_up_to_all(rows: list[tuple[Any, ...]]) -> None:
    evidence = evidence_of(log_from(rows))
    parts = [
        figures(replace(evidence, daily=evidence.daily.of({deck})))
        for deck in ("d", "e", "gone")
    ]
    total = figures(evidence)
    assert sum(one.reviews.total for one in parts) == total.reviews.total
    passed = sum(one.retention["all"].passed for one in parts)
    assert passed == total.retention["all"].passed


@pytest.mark.parametrize("days", [1, 7, 30])
def test_since_a_day_only_answers_from_then_on_count(days: int) -> None:
    reviews = [review("d/a", NOW - n * DAY, seq=n) for n in range(40)]
    first = TODAY - timedelta(days=days - 1)
    found = figures(evidence_of(reviews, first=first))
    assert found.reviews.total == days
    assert next(one.day for one in found.days) == first
    assert found.reviews.span == days
    assert found.calibration == figures(evidence_of(reviews)).calibration


def test_the_clock_of_the_learner_decides_on_day_and_hour() -> None:
    """On the day that summer time ends it is between two and three twice."""
    before = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2)))
    after = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=1)))
    later = datetime(2026, 10, 25, 4, tzinfo=timezone(timedelta(hours=1)))
    log = [
        review("d/a", before),
        review("d/b", after, seq=1),
        review("e/c", later, seq=2),
    ]
    found = figures(evidence_of(log))
    assert [(one.day.day, one.answers) for one in found.days] == [(24, 2), (25, 1)]
    assert {one.hour: one.passed for one in found.hours if one.passed} == {2: 2, 4: 1}
