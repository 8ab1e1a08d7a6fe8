"""Habits are measured from the log where it has enough, and borrowed elsewhere."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import timedelta
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learners import STEADY, log_of
from trainer.scheduling.marks import Life, MarkKind, all_lives, make_mark
from trainer.scheduling.review import Rating, Review
from trainer.scheduling.settings import Settings
from trainer.scheduling.simulation import Habits
from trainer.scheduling.studyday import study_day
from trainer.statistics.habits import FEWEST, Measured, measure_habits

DEFAULT = Settings()
FIELDS = tuple(one.name for one in fields(Habits))


def measured(reviews: Sequence[Review]) -> Measured:
    return measure_habits(all_lives(reviews, []), DEFAULT)


def answers_of(reviews: Sequence[Review], kind: str) -> list[Review]:
    """Pick the answers of a kind, slowly."""
    found = []
    for review in reviews:
        before = [
            one
            for one in reviews
            if one.card == review.card and one.stamp.seq < review.stamp.seq
        ]
        days = {study_day(one.at, DEFAULT.rollover) for one in before}
        is_step = study_day(review.at, DEFAULT.rollover) in days
        later = "forgotten" if review.rating is Rating.AGAIN else "recalled"
        if kind == ("first" if not before else "step" if is_step else later):
            found.append(review)
    return found


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 700), st.lists(st.integers(0, 90_000), min_size=1, max_size=9))
def test_habits_are_the_shares_and_means_of_each_kind_of_answer(
    count: int, times: list[int]
) -> None:
    reviews = [
        one._replace(took_ms=times[number % len(times)])
        for number, one in enumerate(log_of(STEADY, count) if count else [])
    ]
    found = measured(reviews)
    for kind in ("first", "recalled", "forgotten", "step"):
        own = answers_of(reviews, kind)
        seconds = [min(60, one.took_ms / 1000) for one in own if one.took_ms]
        name = f"{kind}_seconds"
        assert (name in found.borrowed) == (len(seconds) < FEWEST)
        wanted = getattr(Habits(), name) if name in found.borrowed else mean(seconds)
        assert getattr(found.habits, name) == pytest.approx(wanted)
        if kind in {"first", "recalled"}:
            assert (kind in found.borrowed) == (len(own) < FEWEST)
            ratings = list(Rating)[kind == "recalled" :]
            shares = [sum(one.rating == rating for one in own) for rating in ratings]
            if kind not in found.borrowed:
                given_ = [share / len(own) for share in shares]
                assert getattr(found.habits, kind) == pytest.approx(given_)


def test_without_answers_all_habits_are_those_of_an_average_learner() -> None:
    assert measured([]) == Measured(Habits(), FIELDS)
    assert sum(Habits().first) == pytest.approx(1)
    assert sum(Habits().recalled) == pytest.approx(1)


def test_answers_that_took_no_time_measure_ratings_only() -> None:
    """With a clock that stands still, nothing takes time."""
    still = [one._replace(took_ms=0) for one in log_of(STEADY, 600)]
    assert set(measured(still).borrowed) == {
        one for one in FIELDS if one.endswith("_seconds")
    }


def test_a_clock_that_was_set_back_makes_an_answer_a_step() -> None:
    first, *_ = log_of(STEADY, 1)
    again = first._replace(at=first.at - timedelta(days=3), took_ms=4000)
    lives = [Life([first, again])] * FEWEST
    found = measure_habits(lives, DEFAULT)
    assert found.habits.step_seconds == 4


def test_the_first_answer_behind_a_start_is_that_of_a_known_card() -> None:
    first, *_ = log_of(STEADY, 1)
    seen = first.at - timedelta(days=9)
    start = make_mark(first.stamp, seen, first.card, MarkKind.START, "9.0,5.0")
    answer = first._replace(took_ms=4000, rating=Rating.GOOD)
    found = measure_habits([Life([answer], start)] * FEWEST, DEFAULT)
    assert (found.habits.recalled_seconds, "first" in found.borrowed) == (4, True)
