"""Looking ahead agrees with one who plays the schedule day by day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learners import STEADY
from tests.learning import MONDAY
from trainer.cards.card import CardId
from trainer.scheduling.defaults import ByDeck
from trainer.scheduling.memory import Memory, State, advance, retrievability
from trainer.scheduling.review import Rating
from trainer.scheduling.settings import Settings
from trainer.scheduling.simulation import Course, Day, Habits, luck_of, simulate
from trainer.scheduling.studyday import study_day

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
HABITS = Habits(
    first=(0.3, 0.1, 0.4, 0.2),
    recalled=(0.2, 0.6, 0.2),
    first_seconds=20,
    recalled_seconds=5,
    forgotten_seconds=30,
    step_seconds=7,
)
TODAY = study_day(MONDAY, Settings().rollover)
CARDS = [CardId(f"deck/card-{number}") for number in range(40)]


def rated(shares: Iterable[float], ratings: Iterable[Rating], luck: float) -> Rating:
    bound = 0.0
    for share, rating in zip(shares, ratings, strict=True):
        bound += share
        if luck < bound:
            return rating
    return rating


class Player:
    """Someone who looks at every card every day and answers through the scheduler."""

    def __init__(
        self, memories: dict[CardId, Memory], new: list[CardId], chosen: Settings
    ) -> None:
        self.memories = dict(memories)
        self.answers = {card: memory.reps for card, memory in memories.items()}
        self.new = list(new)
        self.chosen = chosen
        self.seconds = 0.0

    def play(self, at: datetime) -> Day:
        """Study one day."""
        self.seconds, today = 0.0, study_day(at, self.chosen.rollover)
        due = [card for card, one in self.memories.items() if one.due_day <= today]
        steps = [card for card in due if self.memories[card].is_learning]
        reviews = [card for card in due if card not in steps]
        reviews.sort(key=lambda card: (self.recall(card, today), card))
        limit = self.chosen.reviews_per_day
        room = self.chosen.new_per_day
        if self.chosen.new_under_cap:
            room = min(room, limit - len(reviews[:limit]))
        fresh, self.new = self.new[:room], self.new[room:]
        for card in steps:
            self.through_steps(card, at)
            self.answers[card] += 1
        for card in reviews[:limit]:
            self.review(card, at, today)
        for card in fresh:
            self.answers[card] = 1
            rating = rated(HABITS.first, Rating, luck_of(card, 0)[1])
            self.give(card, rating, at, HABITS.first_seconds)
            self.through_steps(card, at)
        over = len(reviews[limit:])
        return Day(len(reviews[:limit]), len(fresh), self.seconds, over)

    def recall(self, card: CardId, today: date) -> float:
        """Return how likely a card is recalled."""
        return retrievability(self.memories[card], today, self.chosen)

    def review(self, card: CardId, at: datetime, today: date) -> None:
        """Answer a card that is due."""
        chance, luck = luck_of(card, self.answers[card])
        self.answers[card] += 1
        if chance < self.recall(card, today):
            rating = rated(HABITS.recalled, list(Rating)[1:], luck)
            self.give(card, rating, at, HABITS.recalled_seconds)
        else:
            self.give(card, Rating.AGAIN, at, HABITS.forgotten_seconds)
            self.through_steps(card, at)

    def through_steps(self, card: CardId, at: datetime) -> None:
        """Answer good until no step is left."""
        while self.memories[card].is_learning:
            self.give(card, Rating.GOOD, at, HABITS.step_seconds)

    def give(self, card: CardId, rating: Rating, at: datetime, took: float) -> None:
        """Answer a card."""
        before = self.memories.get(card)
        self.memories[card] = advance(before, rating, at, self.chosen, card)
        self.seconds += took


def played(
    memories: dict[CardId, Memory], new: list[CardId], days: int, chosen: Settings
) -> Course:
    player = Player(memories, new, chosen)
    course = [player.play(MONDAY + timedelta(days=day)) for day in range(days)]
    after = TODAY + timedelta(days=days)
    known = sum(player.recall(card, after) for card in player.memories)
    return Course(tuple(course), known, len(player.new))


def learned(ratings: list[tuple[int, Rating]], chosen: Settings) -> Memory | None:
    """Return the memory of answers that came some days before one another."""
    memory, days = None, sum(days for days, _ in ratings)
    for gap, rating in ratings:
        days -= gap
        memory = advance(memory, rating, MONDAY - (days + 1) * DAY, chosen, CARDS[0])
    return memory


Steps = tuple[timedelta, ...]
STEPS = st.sampled_from([(), (MINUTE,), (MINUTE, 10 * MINUTE), (MINUTE, HOUR, HOUR)])
PAST = st.lists(
    st.lists(
        st.tuples(st.integers(0, 30), st.sampled_from(Rating)), min_size=1, max_size=5
    ),
    max_size=15,
)


@settings(deadline=None, max_examples=40)
@given(
    past=PAST,
    steps=st.tuples(STEPS, STEPS, STEPS),
    limits=st.tuples(st.integers(0, 6), st.sampled_from([0, 3, 200]), st.booleans()),
    retention=st.sampled_from(
        [(0.7, ()), (0.9, ()), (0.97, ()), (0.97, (("deck", 0.75),))]
    ),
    parameters=st.sampled_from([Settings().parameters, STEADY]),
    maximum=st.sampled_from([20, 36500]),
)
def test_it_is_what_playing_day_by_day_leads_to(
    past: list[list[tuple[int, Rating]]],
    steps: tuple[Steps, Steps, Steps],
    limits: tuple[int, int, bool],
    retention: tuple[float, ByDeck],
    parameters: tuple[float, ...],
    maximum: int,
) -> None:
    chosen = Settings(
        desired_retention=retention[0],
        deck_retention=retention[1],
        spread=False,
        learning_steps=steps[0],
        relearning_steps=steps[1],
        maximum_interval=maximum,
        parameters=parameters,
        new_per_day=limits[0],
        reviews_per_day=limits[1],
        new_under_cap=limits[2],
    )
    then = replace(chosen, learning_steps=steps[2], relearning_steps=steps[2])
    memories = {
        card: memory
        for card, ratings in zip(CARDS, past, strict=False)
        if (memory := learned(ratings, then))
    }
    new = CARDS[len(memories) :]
    course = simulate(memories, new, TODAY, 60, HABITS, chosen)
    slow = played(memories, new, 60, chosen)
    assert course.unseen == slow.unseen
    assert [day.reviews for day in course.days] == [day.reviews for day in slow.days]
    for one, other in zip(course.days, slow.days, strict=True):
        assert (one.new, one.waiting) == (other.new, other.waiting)
        assert one.seconds == pytest.approx(other.seconds)
    assert course.known == pytest.approx(slow.known)


def test_more_retention_costs_more_and_yields_more() -> None:
    courses = [
        simulate(
            {}, CARDS, TODAY, 365, HABITS, replace(Settings(), desired_retention=r)
        )
        for r in (0.8, 0.9, 0.97)
    ]
    reviews = [one.reviews_a_day for one in courses]
    known = [one.known for one in courses]
    assert reviews == sorted(reviews)
    assert known == sorted(known)
    assert courses[0].minutes_a_day < courses[2].minutes_a_day


def test_a_pace_of_new_cards_tells_when_all_are_learned_and_the_busiest_day() -> None:
    chosen = replace(Settings(), new_per_day=7)
    course = simulate({}, CARDS, TODAY, 30, HABITS, chosen)
    assert course.learned_after == 6  # five days of seven, and a sixth of five
    assert sum(day.new for day in course.days) == len(CARDS)
    busiest = course.days[course.busiest]
    assert busiest.seconds == max(day.seconds for day in course.days)
    slow = simulate({}, CARDS, TODAY, 5, HABITS, chosen)
    assert (slow.learned_after, slow.unseen) == (None, 5)
    assert simulate({}, [], TODAY, 5, HABITS, chosen).learned_after == 0


def test_ratings_come_in_the_shares_of_the_habits() -> None:
    """Over many cards luck is even, so shares of ratings come out as they were."""
    lucky = [luck_of(CardId(f"deck/card-{number}"), 0) for number in range(4000)]
    for place in (0, 1):
        tenths = Counter(int(one[place] * 10) for one in lucky)
        assert min(tenths.values()) > 320
        assert max(tenths.values()) < 480
    apart = sum((one < 0.5) == (other < 0.5) for one, other in lucky)
    assert 1800 < apart < 2200


def test_a_card_in_a_step_is_finished_when_it_is_due() -> None:
    memory = advance(None, Rating.AGAIN, MONDAY, Settings(), CARDS[0])
    assert memory.state is State.LEARNING
    course = simulate({CARDS[0]: memory}, [], TODAY, 2, HABITS, Settings())
    first = course.days[0]
    assert (first.reviews, first.seconds) == (0, 2 * HABITS.step_seconds)
