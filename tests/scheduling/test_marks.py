"""Marks: what a learner decides about cards, and where that leaves them."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.cards.card import CardId
from trainer.grading.verdict import Outcome
from trainer.scheduling.history import Logged, memories_after, repetitions
from trainer.scheduling.marks import (
    FLAGGED,
    ORDINARY,
    Life,
    Mark,
    MarkKind,
    Standing,
    all_lives,
    counting,
    lives,
    make_mark,
    present,
    standing_of,
    standings_of,
    strength_of,
    strength_text,
    undo_mark,
)
from trainer.scheduling.memory import after_review, replay, starting
from trainer.scheduling.review import Mode, Rating, Review, Stamp
from trainer.scheduling.settings import Settings

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=8)))
TODAY = date(2026, 11, 23)
ROLLOVER = timedelta(hours=4)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
X, Y = CardId("d/x"), CardId("d/y")
UNMOVED = Settings(spread=False)
KINDS = [kind for kind in MarkKind if kind is not MarkKind.UNDO]


def mark(kind: MarkKind, seq: int, value: str = "", card: CardId = X) -> Mark:
    return make_mark(Stamp("laptop", seq), NOW + seq * MINUTE, card, kind, value)


def review(seq: int, card: CardId = X, rating: Rating = Rating.GOOD) -> Review:
    return Review(
        id=f"review-{seq}",
        stamp=Stamp("laptop", seq),
        at=NOW + seq * MINUTE,
        card=card,
        rating=rating,
        outcome=Outcome.UNJUDGED,
        response="",
        took_ms=0,
        mode=Mode.REVIEW,
    )


def after(*marks: Mark) -> Standing:
    return standing_of(marks, ROLLOVER)


def test_without_marks_a_card_stands_as_all_others() -> None:
    assert after() == ORDINARY == Standing()
    assert not ORDINARY.is_away(TODAY)


def test_a_suspended_card_is_away_until_it_is_resumed() -> None:
    suspended = after(mark(MarkKind.SUSPEND, 1))
    assert suspended == Standing(suspended=True)
    assert all(suspended.is_away(TODAY + n * DAY) for n in (0, 1, 999))
    assert after(mark(MarkKind.SUSPEND, 1), mark(MarkKind.RESUME, 2)) == ORDINARY


def test_a_buried_card_is_away_until_the_next_study_day() -> None:
    buried = after(mark(MarkKind.BURY, 1))
    assert buried == Standing(buried_on=TODAY)
    assert buried.is_away(TODAY)
    assert not buried.is_away(TODAY + DAY)
    at_night = NOW.replace(hour=3)  # before the rollover
    late = make_mark(Stamp("laptop", 1), at_night, X, MarkKind.BURY)
    assert after(late) == Standing(buried_on=TODAY - DAY)


def test_resuming_brings_a_buried_card_back_as_well() -> None:
    assert after(mark(MarkKind.BURY, 1), mark(MarkKind.RESUME, 2)) == ORDINARY


def test_a_flag_is_set_and_removed() -> None:
    flagged = mark(MarkKind.FLAG, 1, FLAGGED)
    assert after(flagged) == Standing(flagged=True)
    assert after(flagged, mark(MarkKind.FLAG, 2)) == ORDINARY


def test_the_last_reset_is_known() -> None:
    first, second = mark(MarkKind.RESET, 1), mark(MarkKind.RESET, 2)
    assert after(first, second) == Standing(reset_at=second.at)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_back_never_was(kind: MarkKind) -> None:
    one = mark(kind, 2, FLAGGED)
    undone = undo_mark(one, Stamp("phone", 1), NOW)
    before = mark(MarkKind.SUSPEND, 1)
    assert after(before, one, undone) == after(before)
    assert counting([one, undone, before]) == [before]


def test_a_mark_is_the_same_however_often_it_is_made() -> None:
    one = mark(MarkKind.FLAG, 1, FLAGGED)
    assert mark(MarkKind.FLAG, 1, FLAGGED) == one
    others = [
        mark(MarkKind.FLAG, 1),
        mark(MarkKind.BURY, 1),
        mark(MarkKind.FLAG, 2, FLAGGED),
        mark(MarkKind.FLAG, 1, FLAGGED, Y),
    ]
    assert len({one.id, *(other.id for other in others)}) == 5


MARKS = st.lists(
    st.tuples(st.sampled_from(MarkKind), st.sampled_from(["", FLAGGED]), st.booleans()),
    max_size=8,
)


def some_marks(rows: list[tuple[MarkKind, str, bool]]) -> list[Mark]:
    """Return marks of two cards; one of kind undo takes back the mark before it."""
    made: list[Mark] = []
    for seq, (kind, value, is_other) in enumerate(rows):
        if kind is not MarkKind.UNDO:
            made.append(mark(kind, seq, value, Y if is_other else X))
        elif made and made[-1].kind is not MarkKind.UNDO:
            stamp = Stamp("laptop", seq)
            made.append(undo_mark(made[-1], stamp, NOW + seq * MINUTE))
    return made


@given(MARKS, st.data())
def test_the_order_of_arrival_does_not_matter(
    rows: list[tuple[MarkKind, str, bool]], data: st.DataObject
) -> None:
    marks = some_marks(rows)
    found = standings_of(data.draw(st.permutations(marks)), ROLLOVER)
    assert found == standings_of(marks, ROLLOVER)
    for card in (X, Y):
        own = [one for one in marks if one.card == card]
        assert found.get(card, ORDINARY) == standing_of(own, ROLLOVER)


def test_cards_that_are_away_are_left_out() -> None:
    standings = {
        X: Standing(suspended=True),
        Y: Standing(buried_on=TODAY, flagged=True),
    }
    cards = [X, CardId("d/z"), Y]
    assert present(cards, standings, TODAY) == ["d/z"]
    assert present(cards, standings, TODAY + DAY) == ["d/z", Y]
    assert present(cards, {}, TODAY) == cards


def cut(reviews: list[Review], *marks: Mark) -> list[list[Review]]:
    return [life.reviews for life in lives(reviews, marks)]


def test_a_reset_begins_a_new_life() -> None:
    first, second, third = review(1), review(3), review(5)
    reset, again = mark(MarkKind.RESET, 2), mark(MarkKind.RESET, 4)
    history = [third, first, second]
    assert cut(history) == [[first, second, third]]
    assert cut(history, reset) == [[first], [second, third]]
    assert cut(history, again, reset) == [[first], [second], [third]]
    assert cut([first], again) == [[first], []]
    assert cut([]) == [[]]
    undone = undo_mark(reset, Stamp("laptop", 9), NOW)
    flag = mark(MarkKind.FLAG, 2)
    assert cut(history, reset, undone, flag) == [[first, second, third]]


def test_a_start_begins_a_new_life_that_knows_of_it() -> None:
    first, second = review(1), review(3)
    start, flag = mark(MarkKind.START, 2, "12.5,5.25"), mark(MarkKind.FLAG, 4)
    found = list(lives([second, first], [flag, start]))
    assert found == [Life([first]), Life([second], start)]
    assert after(start) == ORDINARY
    history = [Logged(one, taken_back=False) for one in (first, start, flag, second)]
    assert repetitions(history) == {first.id: 0, second.id: 0}


def test_looking_back_a_start_and_the_answers_behind_it_show_what_they_led_to() -> None:
    first, second = review(1), review(3)
    start = mark(MarkKind.START, 2, "12.5,5.25")
    history = [Logged(one, taken_back=False) for one in (first, start, second)]
    known = starting(start, Settings())
    found = memories_after(history[:2], Settings(), known)
    assert (found[first.id], found[start.id]) == (replay([first], UNMOVED), known)
    found = memories_after(history, Settings(), None)
    assert (found[start.id].stability, found[start.id].reps) == (12.5, 0)
    assert found[second.id] == after_review(found[start.id], second, UNMOVED)


def test_the_strength_of_a_start_is_kept_to_the_last_bit() -> None:
    strength = 0.1 + 0.2, 1 / 3 + 5
    assert strength_of(strength_text(strength)) == strength


def test_at_one_instant_the_device_and_its_numbers_decide_what_a_reset_cuts() -> None:
    before, behind = review(1), review(3)
    at = behind.at
    reset = make_mark(Stamp("laptop", 2), at, X, MarkKind.RESET)
    assert cut([before, behind], reset) == [[before], [behind]]


def test_each_card_has_lives_of_its_own() -> None:
    reviews = [review(1), review(2, Y), review(4), review(5, Y)]
    found = [one.reviews for one in all_lives(reviews, [mark(MarkKind.RESET, 3)])]
    assert found == [[reviews[0]], [reviews[2]], [reviews[1], reviews[3]]]


def test_looking_back_each_review_shows_what_it_led_to() -> None:
    settings = Settings()
    reviews = [review(n, rating=Rating.EASY) for n in (1, 3, 5, 6)]
    reset = mark(MarkKind.RESET, 4)
    log = [Logged(one, taken_back=one is reviews[1]) for one in reviews]
    history = [*log, Logged(reset, taken_back=False)]
    now = replay(reviews[2:], settings)
    found = memories_after(history, settings, now)
    unmoved = Settings(spread=False)
    assert found == {
        "review-1": replay(reviews[:1], unmoved),
        "review-5": replay(reviews[2:3], unmoved),
        "review-6": now,
    }
    assert memories_after([], settings, now) == {}
    assert memories_after(history, settings, None)["review-6"] != now
