"""The statistics say what the log says."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.cards.card import CardId
from trainer.grading.verdict import Outcome
from trainer.scheduling.marks import Mark, MarkKind, make_mark, undo_mark
from trainer.scheduling.memory import Memory, State, replay
from trainer.scheduling.review import Mode, Rating, Review, Stamp
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day
from trainer.statistics.overview import (
    Load,
    Overview,
    Retention,
    States,
    overview,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=8)))
TODAY = date(2026, 11, 23)
DEFAULT = Settings()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
A, G, E = Rating.AGAIN, Rating.GOOD, Rating.EASY
NAMES = ["d/a", "d/b", "d/c", "gone/x"]
CARDS = [CardId(name) for name in [*NAMES[:3], "d/new"]]
SPANS = {"today": 1, "week": 7, "month": 30, "year": 365, "all": 10_000}


def review(card: str, at: datetime, rating: Rating, seq: int = 0) -> Review:
    return Review(
        id=f"{seq}",
        stamp=Stamp("laptop", seq),
        at=at,
        card=CardId(card),
        rating=rating,
        outcome=Outcome.UNJUDGED,
        response="",
        took_ms=1500,
        mode=Mode.REVIEW,
    )


def memories(reviews: list[Review]) -> dict[CardId, Memory]:
    found = {
        card: replay([one for one in reviews if one.card == card], DEFAULT)
        for card in {one.card for one in reviews}
    }
    return {card: memory for card, memory in found.items() if memory}


def look(reviews: list[Review], now: datetime = NOW) -> Overview:
    return overview(CARDS, memories(reviews), reviews, [], now, DEFAULT)


def day_of(one: Review) -> date:
    return study_day(one.at, DEFAULT.rollover)


def obvious_retention(reviews: list[Review], days: int) -> Retention:
    """Look at each review in turn, and replay all that came before it."""
    passed = failed = 0
    for one in reviews:
        place = (one.at, one.stamp.seq)
        before = [
            other
            for other in reviews
            if other.card == one.card and (other.at, other.stamp.seq) < place
        ]
        memory = replay(before, DEFAULT)
        is_first = all(day_of(other) != day_of(one) for other in before)
        is_known = memory is not None and memory.state is State.REVIEW
        if is_first and is_known and 0 <= (TODAY - day_of(one)).days < days:
            passed += one.rating is not A
            failed += one.rating is A
    return Retention(passed, failed)


def obvious_forecast(known: list[Memory]) -> tuple[Load, ...]:
    days = [TODAY + n * DAY for n in range(7)]
    return tuple(
        Load(
            day,
            sum(
                memory.due_day == day or (day == TODAY and memory.due_day < TODAY)
                for memory in known
            ),
        )
        for day in days
    )


LOGS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.integers(-60 * 24, 2 * 24) | st.integers(-30, 1),
        st.sampled_from(Rating),
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=60)
@given(LOGS)
def test_the_overview_is_what_one_finds_by_looking_at_each_review(
    rows: list[tuple[str, int, Rating]],
) -> None:
    """Some logs hold reviews of the future: the clock was set back."""
    reviews = [
        review(card, NOW + hours * HOUR, rating, seq)
        for seq, (card, hours, rating) in enumerate(rows)
    ]
    remembered = memories(reviews)
    known = [remembered[card] for card in CARDS if card in remembered]
    of_today = [one for one in reviews if day_of(one) == TODAY]
    steps = sum(memory.state is not State.REVIEW for memory in known)
    assert look(reviews) == Overview(
        states=States(4, 4 - len(known), steps, len(known) - steps, 0),
        leeches=0,
        reviews_total=len(reviews),
        reviews_today=len(of_today),
        took_ms_today=1500 * len(of_today),
        retention={
            name: obvious_retention(reviews, days) for name, days in SPANS.items()
        },
        forecast=obvious_forecast(known),
    )


@settings(deadline=None, max_examples=30)
@given(LOGS, st.data())
def test_the_order_of_the_log_does_not_matter(
    rows: list[tuple[str, int, Rating]], data: st.DataObject
) -> None:
    reviews = [
        review(card, NOW + hours * HOUR, rating, seq)
        for seq, (card, hours, rating) in enumerate(rows)
    ]
    assert look(data.draw(st.permutations(reviews))) == look(reviews)


def test_without_reviews_all_cards_are_new_and_nothing_is_retained() -> None:
    found = look([])
    assert found.states == States(total=4, new=4, learning=0, review=0, suspended=0)
    assert (found.reviews_total, found.reviews_today, found.took_ms_today) == (0, 0, 0)
    assert {one.rate for one in found.retention.values()} == {None}
    assert found.forecast == tuple(Load(TODAY + n * DAY, 0) for n in range(7))


def test_one_review_of_a_new_card_is_no_test_of_memory() -> None:
    found = look([review("d/a", NOW, G)])
    assert found.states == States(total=4, new=3, learning=1, review=0, suspended=0)
    assert (found.reviews_total, found.reviews_today, found.took_ms_today) == (
        *(1, 1, 1500),
    )
    assert found.retention["all"] == Retention(0, 0)
    assert found.forecast[0] == Load(TODAY, 1)


def test_reviews_of_cards_that_no_longer_exist_count_as_reviews_only() -> None:
    begin = NOW - 10 * DAY
    found = look([review("gone/x", begin, E), review("gone/x", NOW, G, 1)])
    assert found.states == States(total=4, new=4, learning=0, review=0, suspended=0)
    assert (found.reviews_total, found.reviews_today) == (2, 1)
    assert found.retention["today"] == Retention(passed=1, failed=0)
    assert sum(load.due for load in found.forecast) == 0


def test_only_the_first_review_of_a_card_in_a_day_tests_memory() -> None:
    begin = NOW - 9 * DAY
    found = look(
        [
            review("d/a", begin, E),
            review("d/a", NOW, A, 1),
            review("d/a", NOW + HOUR, G, 2),
            review("d/b", begin, E, 3),
            review("d/b", NOW, G, 4),
        ]
    )
    assert found.retention["today"] == Retention(passed=1, failed=1)
    assert found.retention["today"].rate == 0.5


def test_the_hours_after_midnight_belong_to_the_day_before() -> None:
    night = NOW.replace(hour=3)
    assert look([review("d/a", night, G)], NOW).reviews_today == 0
    assert look([review("d/a", night, G)], NOW.replace(hour=2)).reviews_today == 1


@pytest.mark.parametrize(
    ("days_ago", "spans"),
    [
        (0, "today week month year all"),
        (1, "week month year all"),
        (6, "week month year all"),
        (7, "month year all"),
        (29, "month year all"),
        (30, "year all"),
        (364, "year all"),
        (365, "all"),
        (-1, ""),
    ],
)
def test_a_span_counts_study_days_that_end_today(days_ago: int, spans: str) -> None:
    at = NOW - days_ago * DAY
    found = look([review("d/a", at - 9 * DAY, E), review("d/a", at, G, 1)])
    counted = [name for name, one in found.retention.items() if one.passed]
    assert counted == spans.split()


def test_what_is_overdue_is_due_today() -> None:
    found = look([review("d/a", NOW - 300 * DAY, E)])
    assert [load.due for load in found.forecast] == [1, 0, 0, 0, 0, 0, 0]


def marked(kind: MarkKind, card: str, at: datetime, seq: int = 90) -> Mark:
    return make_mark(Stamp("laptop", seq), at, CardId(card), kind)


def look_with(reviews: list[Review], marks: list[Mark]) -> Overview:
    return overview(CARDS, memories(reviews), reviews, marks, NOW, DEFAULT)


def test_a_suspended_card_counts_as_suspended_only_and_is_never_due() -> None:
    reviews = [review("d/a", NOW - 9 * DAY, E), review("d/b", NOW - 9 * DAY, E, 1)]
    suspended = [
        marked(MarkKind.SUSPEND, card, NOW) for card in ("d/a", "d/new", "gone/x")
    ]
    found = look_with(reviews, suspended)
    assert found.states == States(total=4, new=1, learning=0, review=1, suspended=2)
    assert sum(load.due for load in found.forecast) == 1
    assert found.reviews_total == 2
    resumed = [marked(MarkKind.RESUME, "d/a", NOW, 91)]
    assert look_with(reviews, [*suspended, *resumed]).states.suspended == 1


def test_after_a_reset_the_first_answer_tests_no_memory() -> None:
    reviews = [
        review("d/a", NOW - 30 * DAY, E),
        review("d/a", NOW - 20 * DAY, G, 1),
        review("d/a", NOW, A, 2),
    ]
    assert look_with(reviews, []).retention["all"] == Retention(passed=1, failed=1)
    reset = marked(MarkKind.RESET, "d/a", NOW - 5 * DAY)
    found = look_with(reviews, [reset])
    assert found.retention["all"] == Retention(passed=1, failed=0)
    undone = undo_mark(reset, Stamp("laptop", 91), NOW)
    assert look_with(reviews, [reset, undone]) == look_with(reviews, [])
