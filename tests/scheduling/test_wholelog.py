"""The whole log at once leads where it leads answer by answer."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learners import STEADY
from tests.learning import MONDAY, STRENGTHS
from trainer.cards.card import CardId
from trainer.scheduling.marks import MarkKind, make_mark, strength_of
from trainer.scheduling.memory import Memory, advance, starting
from trainer.scheduling.placing import Loads
from trainer.scheduling.review import Rating, Stamp
from trainer.scheduling.settings import Settings
from trainer.scheduling.wholelog import Answer, Places, remember
from trainer.storage.rows import Row, known_row, memory_row, milliseconds

AT = Stamp("of-tests", 1)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CARDS = [CardId(f"{deck}/{name}") for deck in ("one", "two") for name in "abc"]
GAPS = st.sampled_from([timedelta(), MINUTE, 3 * HOUR, DAY, 2 * DAY, 9 * DAY, 70 * DAY])
ANSWERS = st.lists(
    st.tuples(
        GAPS,
        st.sampled_from([-12, 0, 8, 14]),
        st.sampled_from(CARDS),
        st.integers(-len(STRENGTHS), 4) | st.integers(1, 4),
    ),
    max_size=60,
)
STEPS = st.sampled_from(
    [(), (MINUTE,), (MINUTE, 10 * MINUTE), (HOUR, 12 * HOUR, DAY), (10 * MINUTE, DAY)]
)
CHOSEN = st.builds(
    Settings,
    desired_retention=st.sampled_from([0.8, 0.9, 0.97]),
    deck_retention=st.sampled_from([(), (("one", 0.75),)]),
    learning_steps=STEPS,
    relearning_steps=STEPS,
    maximum_interval=st.sampled_from([5, 60, 36500]),
    parameters=st.sampled_from([Settings().parameters, STEADY]),
    rollover=st.sampled_from([timedelta(), 4 * HOUR]),
    spread=st.sampled_from([True, True, False]),
    balance=st.sampled_from([True, True, False]),
    easy_days=st.sampled_from(
        [
            Settings().easy_days,
            (1, 1, 1, 1, 1, 0.5, 0),
            (0,) * 7,
            (0.3, 1, 1, 0.7, 0, 1, 1),
        ]
    ),
)
Given = list[tuple[datetime, CardId, int]]
"""When a card was answered, and how; 0 is a reset, and below are starts."""
STARTS = {-number: strength_of(one) for number, one in enumerate(STRENGTHS, 1)}


def at_instants(answers: list[tuple[timedelta, int, CardId, int]]) -> Given:
    at, given_ = MONDAY, []
    for gap, zone, card, rating in answers:
        at += gap
        given_.append((at.astimezone(timezone(zone * HOUR)), card, rating))
    return given_


def told(answers: Given) -> list[Answer]:
    """Return answers in plain numbers; a reset precedes each start."""
    return [
        (
            card,
            milliseconds(at),
            round((at.utcoffset() or timedelta()).total_seconds()),
            one,
        )
        for at, card, rating in answers
        for one in ([0, rating] if rating < 0 else [rating])
    ]


def one_by_one(answers: Given, chosen: Settings) -> dict[CardId, Row]:
    memories: dict[CardId, Memory] = {}
    for at, card, rating in answers:
        if rating < 1:
            memories.pop(card, None)
        loads = Loads(Counter(one.due_day.toordinal() for one in memories.values()))
        before = memories.pop(card, None)
        if rating < 0:
            start = make_mark(AT, at, card, MarkKind.START, STRENGTHS[-rating - 1])
            memories[card] = starting(start, chosen, loads)
        elif rating:
            memories[card] = advance(before, Rating(rating), at, chosen, card, loads)
    return {card: memory_row(card, one, chosen) for card, one in memories.items()}


def at_once(answers: Given, chosen: Settings) -> dict[CardId, Row]:
    places = Places(chosen)
    known = remember(told(answers), chosen, places, STARTS)
    return {card: known_row(card, one, places) for card, one in known.items()}


@settings(deadline=None, max_examples=300)
@given(ANSWERS, CHOSEN)
def test_the_whole_log_at_once_leads_where_it_leads_answer_by_answer(
    answers: list[tuple[timedelta, int, CardId, int]], chosen: Settings
) -> None:
    log = at_instants(answers)
    assert at_once(log, chosen) == one_by_one(log, chosen)


def test_a_long_log_leads_to_the_same_memories_to_the_last_digit() -> None:
    """Twenty cards, each answered every other day for more than a year."""
    chosen = replace(Settings(), desired_retention=0.95)
    log: Given = [
        (
            MONDAY
            + number % 20 * MINUTE
            + number // 20 * (2 * DAY + number % 7 * HOUR),
            CardId(f"deck/card-{number % 20}"),
            1 + number * number % 13 % 4,
        )
        for number in range(4000)
    ]
    log.sort(key=lambda one: one[0])
    assert at_once(log, chosen) == one_by_one(log, chosen)
