"""Memory states are those of FSRS, given whole study days."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.cards.card import CardId
from trainer.grading.verdict import Outcome
from trainer.scheduling.defaults import PARAMETERS
from trainer.scheduling.memory import (
    Memory,
    State,
    advance,
    advance_all,
    after_review,
    replay,
    retrievability,
)
from trainer.scheduling.model import are_possible
from trainer.scheduling.review import (
    Mode,
    Rating,
    Review,
    Stamp,
    log_order,
    suggested_rating,
)
from trainer.scheduling.settings import Settings

SHANGHAI = timezone(timedelta(hours=8))
NINE = datetime(2026, 11, 23, 9, tzinfo=SHANGHAI)
DEFAULT = Settings(spread=False)
CARD = CardId("d/x")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
A, H, G, E = Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY

GAPS = st.sampled_from(
    [timedelta(), MINUTE, 10 * MINUTE, 3 * HOUR, 12 * HOUR, DAY - HOUR, DAY, 2 * DAY]
) | st.timedeltas(timedelta(), timedelta(days=900))
HISTORIES = st.lists(st.tuples(GAPS, st.sampled_from(Rating)), min_size=1, max_size=12)
STEPS = st.sampled_from(
    [(), (MINUTE,), (MINUTE, 10 * MINUTE), (HOUR, 12 * HOUR), (10 * MINUTE, DAY)]
)


def review(
    at: datetime, rating: Rating, seq: int = 1, device: str = "laptop"
) -> Review:
    return Review(
        id=f"{device}-{seq}",
        stamp=Stamp(device, seq),
        at=at,
        card=CARD,
        rating=rating,
        outcome=Outcome.UNJUDGED,
        response="",
        took_ms=1000,
        mode=Mode.REVIEW,
    )


def log(history: list[tuple[timedelta, Rating]], begin: datetime) -> list[Review]:
    reviews = []
    at = begin
    for seq, (gap, rating) in enumerate(history, 1):
        at += gap
        reviews.append(review(at, rating, seq))
    return reviews


def after(*ratings: Rating, settings: Settings = DEFAULT) -> Memory:
    """Return the memory after these ratings, all at nine on one morning."""
    memory = replay(log([(timedelta(), one) for one in ratings], NINE), settings)
    assert memory is not None
    return memory


def fsrs_card(reviews: list[Review], settings: Settings) -> fsrs.Card:
    """Ask py-fsrs directly, at midnight of each study day."""
    scheduler = fsrs.Scheduler(
        settings.parameters,
        settings.desired_retention,
        settings.learning_steps,
        settings.relearning_steps,
        settings.maximum_interval,
        enable_fuzzing=False,
    )
    card = fsrs.Card(card_id=1)
    for one in reviews:
        wall = one.at.replace(tzinfo=None) - settings.rollover
        midnight = datetime.combine(wall.date(), time(), UTC)
        card, _ = scheduler.review_card(card, fsrs.Rating(one.rating), midnight)
    return card


@settings(deadline=None, max_examples=150)
@given(HISTORIES, STEPS, STEPS, st.sampled_from([0.8, 0.9, 0.95]), st.integers(-12, 14))
def test_memory_is_what_py_fsrs_says_about_whole_study_days(
    history: list[tuple[timedelta, Rating]],
    learning: tuple[timedelta, ...],
    relearning: tuple[timedelta, ...],
    retention: float,
    zone: int,
) -> None:
    chosen = replace(
        DEFAULT,
        learning_steps=learning,
        relearning_steps=relearning,
        desired_retention=retention,
    )
    begin = NINE.replace(tzinfo=timezone(timedelta(hours=zone)))
    reviews = log(history, begin)
    memory = replay(reviews, chosen)
    card = fsrs_card(reviews, chosen)
    assert memory is not None
    assert card.last_review is not None
    assert memory.state == card.state.name.lower()
    assert (memory.step, memory.stability, memory.difficulty) == (
        card.step,
        card.stability,
        card.difficulty,
    )
    interval = card.due - card.last_review
    if memory.due_at is None:
        assert (memory.due_day - card.last_review.date()).days == interval.days
    else:
        assert memory.due_at - memory.last == interval
    assert memory.last == reviews[-1].at
    assert memory.reps == len(reviews)


@pytest.mark.parametrize("ratings", [[A] * 40, [E] * 40])
@pytest.mark.parametrize("gap", [MINUTE, DAY])
def test_at_the_bounds_memory_is_what_py_fsrs_says(
    ratings: list[Rating], gap: timedelta
) -> None:
    reviews = log([(gap, rating) for rating in ratings], NINE)
    memory, card = replay(reviews, DEFAULT), fsrs_card(reviews, DEFAULT)
    assert memory is not None
    found = memory.stability, memory.difficulty
    assert found == (card.stability, card.difficulty)


def test_forgotten_again_and_again_a_card_keeps_a_little_stability() -> None:
    assert after(*[A] * 40).stability == 0.001


@settings(deadline=None, max_examples=50)
@given(HISTORIES, st.data())
def test_replay_does_not_depend_on_the_order_given(
    history: list[tuple[timedelta, Rating]], data: st.DataObject
) -> None:
    reviews = log(history, NINE)
    shuffled = data.draw(st.permutations(reviews))
    assert replay(shuffled, DEFAULT) == replay(reviews, DEFAULT)


@settings(deadline=None, max_examples=50)
@given(HISTORIES)
def test_going_on_from_each_memory_leads_where_replay_leads(
    history: list[tuple[timedelta, Rating]],
) -> None:
    reviews = log(history, NINE)
    memory = None
    for one in reviews:
        memory = after_review(memory, one, DEFAULT)
    assert memory == replay(reviews, DEFAULT)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(-3000, 3000), st.sampled_from(Rating))))
def test_a_clock_that_goes_back_does_not_part_the_memory_from_the_log(
    answers: list[tuple[int, Rating]],
) -> None:
    memory, reviews = None, []
    for seq, (minutes, rating) in enumerate(answers):
        memory = advance(memory, rating, NINE + minutes * MINUTE, DEFAULT, CARD)
        reviews.append(review(memory.last, rating, seq))
    assert memory == replay(reviews, DEFAULT)


def test_without_reviews_there_is_no_memory() -> None:
    assert replay([], DEFAULT) is None


def test_nine_in_the_evening_and_half_past_eight_in_the_morning_are_a_day_apart() -> (
    None
):
    """Eleven and a half hours, but another study day: memory has been tested."""
    known = after(E)
    evening = advance(known, G, known.last + 8 * DAY + 12 * HOUR, DEFAULT, CARD)
    next_morning = evening.last + 11 * HOUR + 30 * MINUTE
    next_day = advance(evening, G, evening.last + DAY, DEFAULT, CARD)
    assert (
        advance(evening, G, next_morning, DEFAULT, CARD).stability == next_day.stability
    )
    same_evening = advance(evening, G, evening.last + HOUR, DEFAULT, CARD)
    assert same_evening.stability != next_day.stability


def test_nine_and_half_past_eight_the_next_morning_are_a_day_apart() -> None:
    known = after(E)
    at_nine = advance(known, G, known.last + 8 * DAY, DEFAULT, CARD)
    half_past_eight = at_nine.last + DAY - 30 * MINUTE
    early = advance(at_nine, G, half_past_eight, DEFAULT, CARD)
    assert (
        early.stability
        == advance(at_nine, G, at_nine.last + DAY, DEFAULT, CARD).stability
    )
    assert retrievability(at_nine, date(2026, 12, 2), DEFAULT) < 1


@pytest.mark.parametrize(
    ("ratings", "state", "step", "wait"),
    [
        ([A], State.LEARNING, 0, MINUTE),
        ([H], State.LEARNING, 0, 5.5 * MINUTE),
        ([G], State.LEARNING, 1, 10 * MINUTE),
        ([G, A], State.LEARNING, 0, MINUTE),
        ([G, H], State.LEARNING, 1, 10 * MINUTE),
        ([E, A], State.RELEARNING, 0, 10 * MINUTE),
        ([E, A, A], State.RELEARNING, 0, 10 * MINUTE),
        ([E, A, H], State.RELEARNING, 0, 15 * MINUTE),
    ],
)
def test_a_step_is_due_within_minutes(
    ratings: list[Rating], state: State, step: int, wait: timedelta
) -> None:
    memory = after(*ratings)
    assert (memory.state, memory.step, memory.due_at) == (state, step, NINE + wait)
    assert memory.due_day == date(2026, 11, 23)
    assert memory.is_learning


@pytest.mark.parametrize("ratings", [[G, G], [E], [A, E], [E, A, G], [E, A, E]])
def test_after_its_steps_a_card_is_due_on_a_later_day(ratings: list[Rating]) -> None:
    memory = after(*ratings)
    assert (memory.state, memory.step, memory.due_at) == (State.REVIEW, None, None)
    assert memory.due_day > date(2026, 11, 23)
    assert not memory.is_learning


def test_a_step_that_crosses_the_rollover_is_due_on_the_next_study_day() -> None:
    night = NINE.replace(day=24, hour=3, minute=55)
    memory = advance(None, G, night, DEFAULT, CARD)
    assert memory.first_day == date(2026, 11, 23)
    assert (memory.due_at, memory.due_day) == (night + 10 * MINUTE, date(2026, 11, 24))


def test_a_step_of_a_day_or_more_is_due_on_a_day() -> None:
    chosen = replace(DEFAULT, learning_steps=(MINUTE, DAY))
    memory = after(G, settings=chosen)
    assert (memory.state, memory.step) == (State.LEARNING, 1)
    assert (memory.due_at, memory.due_day) == (None, date(2026, 11, 24))


def test_without_steps_a_card_is_known_at_once() -> None:
    chosen = replace(DEFAULT, learning_steps=(), relearning_steps=())
    assert after(A, settings=chosen).state is State.REVIEW
    assert after(E, A, settings=chosen).state is State.REVIEW


def test_a_lapse_is_forgetting_a_card_that_was_known() -> None:
    lapses = [after(*ratings).lapses for ratings in ([A, A], [E, A], [E, A, A, G, A])]
    assert lapses == [0, 1, 2]


def test_each_answer_counts() -> None:
    memory = after(A, G, G)
    assert (memory.reps, memory.first_day) == (3, date(2026, 11, 23))


def test_all_four_outcomes_are_known_before_the_learner_chooses() -> None:
    known = after(E)
    at = NINE + 8 * DAY
    ahead = advance_all(known, at, DEFAULT, CARD)
    assert ahead == {
        rating: advance(known, rating, at, DEFAULT, CARD) for rating in Rating
    }
    days = [ahead[rating].due_day for rating in (A, H, G, E)]
    assert days == sorted(days)


def test_an_interval_is_never_longer_than_the_longest() -> None:
    chosen = replace(DEFAULT, maximum_interval=3)
    assert after(E, settings=chosen).due_day == date(2026, 11, 26)


@settings(deadline=None, max_examples=50)
@given(HISTORIES, st.integers(-3, 900))
def test_the_probability_of_recall_is_that_of_py_fsrs(
    history: list[tuple[timedelta, Rating]], days: int
) -> None:
    reviews = log(history, NINE)
    memory, card = replay(reviews, DEFAULT), fsrs_card(reviews, DEFAULT)
    assert memory is not None
    assert card.last_review is not None
    today = card.last_review + timedelta(days=days)
    expected = fsrs.Scheduler().get_card_retrievability(card, today)
    found = retrievability(memory, today.date(), DEFAULT)
    assert found == pytest.approx(expected)
    assert 0 < found <= 1


def test_reviews_are_ordered_by_instant_then_device_then_number() -> None:
    later_on_the_wall = NINE.astimezone(UTC) + MINUTE
    reviews = [
        review(NINE, G, 2, "phone"),
        review(NINE, G, 9, "laptop"),
        review(NINE, G, 10, "laptop"),
        review(later_on_the_wall, G, 1, "a"),
    ]
    ordered = sorted(reviews, key=log_order)
    assert [(one.stamp.device, one.stamp.seq) for one in ordered] == [
        ("laptop", 9),
        ("laptop", 10),
        ("phone", 2),
        ("a", 1),
    ]


@pytest.mark.parametrize(
    ("outcome", "rating"),
    [
        (Outcome.CORRECT, G),
        (Outcome.PARTIAL, H),
        (Outcome.WRONG, A),
        (Outcome.UNJUDGED, G),
    ],
)
def test_a_verdict_suggests_a_rating(outcome: Outcome, rating: Rating) -> None:
    assert suggested_rating(outcome) is rating


def test_answers_outside_of_the_schedule_are_not_remembered() -> None:
    scheduled = review(NINE, G)
    other = review(NINE + DAY, A, 2)._replace(mode=Mode.CRAM)
    assert replay([scheduled, other], DEFAULT) == replay([scheduled], DEFAULT)
    assert replay([other], DEFAULT) is None


@pytest.mark.parametrize(
    ("outcome", "plainly", "overruled"),
    [
        (Outcome.CORRECT, G, A),
        (Outcome.PARTIAL, H, G),
        (Outcome.WRONG, A, G),
        (Outcome.UNJUDGED, G, G),
    ],
)
def test_a_rating_is_suggested_that_no_hint_leaves_above_hard(
    outcome: Outcome, plainly: Rating, overruled: Rating
) -> None:
    assert suggested_rating(outcome) is plainly
    assert suggested_rating(outcome, overruled=True) is overruled
    assert suggested_rating(outcome, hinted=True) is min(plainly, H)


@pytest.mark.parametrize("place", range(21))
def test_parameters_are_possible_where_py_fsrs_takes_them(place: int) -> None:
    assert are_possible(PARAMETERS)
    assert not are_possible(PARAMETERS[:-1])
    for value in (-1.0, 0.0, 0.0009, 0.05, 0.5, 0.85, 1.0, 3.0, 5.5, 50.0, 101.0):
        changed = (*PARAMETERS[:place], value, *PARAMETERS[place + 1 :])
        try:
            fsrs.Scheduler(parameters=changed)
        except ValueError:
            assert not are_possible(changed)
        else:
            assert are_possible(changed)
