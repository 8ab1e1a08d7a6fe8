"""A sitting from the first question to the last: what is asked, what is kept."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learning import all_dated
from trainer.cards.card import Card, CardId
from trainer.cards.reading import read_deck
from trainer.grading.verdict import Outcome
from trainer.scheduling.marks import ORDINARY, Entry, Mark, MarkKind
from trainer.scheduling.memory import Memory, State, replay
from trainer.scheduling.queue import Allowance, Known, Left, build_queue
from trainer.scheduling.review import Mode, Rating, Review, Stamp
from trainer.scheduling.settings import Settings
from trainer.study.loop import (
    Answered,
    Edited,
    Rated,
    Wish,
    run,
)
from trainer.study.recap import right_at_first
from trainer.study.session import (
    Asking,
    Done,
    Finished,
    Judged,
    Session,
    TakenBack,
    answer,
    begin,
    rate,
    rehearse,
    take_back,
)
from trainer.study.view import View

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=8)))
DEFAULT = Settings(balance=False)  # memories are told card by card
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
A, H, G, E = Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY
Move = str | Rating | Wish | Answered | Rated | Edited


def deck(names: str) -> dict[CardId, Card]:
    """Return cards whose answer is their name in capitals."""
    cards = "".join(
        f"- id: {name}\n  kind: command\n  ask: {name}?\n  answer: {name.upper()}\n"
        for name in names.split()
    )
    reading = read_deck(f"deck: d\ntitle: T\ncards:\n{cards}".encode(), "d.yaml")
    assert reading.deck is not None
    return {card.id: card for card in reading.deck.cards}


class Clock:
    """A clock that goes on a second whenever it is asked for ticks."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        """Tell the time."""
        return self.at

    def ticks(self) -> int:
        """Go on a second."""
        self.at += timedelta(seconds=1)
        return int(self.at.timestamp() * 1000)


@dataclass
class Diary:
    """A journal in memory."""

    device: str = "laptop"
    seq: int = 0
    reviews: list[Review] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    memories: dict[CardId, Memory] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)

    def stamp(self) -> Stamp:
        """Return the next place."""
        return Stamp(self.device, self.seq + 1)

    def append(
        self, review: Review, memory: Memory | None, mark: Mark | None = None
    ) -> None:
        """Keep a review."""
        self.seq += 1
        assert review.stamp == Stamp(self.device, self.seq)
        self.reviews.append(review)
        if memory:
            self.memories[review.card] = memory
        self.events.append(f"append {review.card}")
        if mark:
            self.mark(mark)

    def mark(self, mark: Mark) -> None:
        """Keep a mark."""
        self.seq += 1
        assert mark.stamp == Stamp(self.device, self.seq)
        self.marks.append(mark)

    def take_back(self, at: datetime, count: int) -> Sequence[TakenBack]:
        """Take back the last reviews."""
        assert at >= NOW
        taken = []
        for review in self.reviews[::-1][:count]:
            self.seq += 1
            self.reviews.remove(review)
            memory = self.replayed(review.card)
            self.memories.pop(review.card)
            if memory:
                self.memories[review.card] = memory
            taken.append(TakenBack(review, memory, ORDINARY))
        return taken

    def replayed(self, card: CardId) -> Memory | None:
        """Replay a card."""
        return replay([one for one in self.reviews if one.card == card], DEFAULT)


class Script:
    """A learner who follows a script, and leaves when it ends.

    A text answers, a rating rates; an answer where a rating is wanted is followed by
    what was suggested, and a rating where an answer is wanted is given without one.
    """

    def __init__(self, moves: Iterable[Move], events: list[str]) -> None:
        self.moves = list(moves)
        self.events = events
        self.views: list[View] = []
        self.judged: list[Judged] = []
        self.done: list[Done] = []

    def ask(self, asking: Asking, view: View) -> Answered | Edited | Wish:
        """Answer as the script says."""
        self.events.append(f"ask {asking.card.id}")
        self.views.append(view)
        match self.moves[0] if self.moves else Wish.QUIT:
            case Wish() | Answered() | Edited() as move:
                self.moves[:1] = []
                return move
            case str(text):
                self.moves[:1] = []
                return Answered(text)
            case _:
                return Answered("")

    def judge(self, judged: Judged, view: View) -> Rated | Edited | Wish:
        """Rate as the script says."""
        self.events.append(f"judge {judged.card.id}")
        self.views.append(view)
        self.judged.append(judged)
        match self.moves[0] if self.moves else Wish.QUIT:
            case Wish() | Rated() | Edited() as move:
                self.moves[:1] = []
                return move
            case Rating() as rating:
                self.moves[:1] = []
                return Rated(rating)
            case _:
                return Rated(judged.suggested())

    def finish(self, session: Session, view: View) -> Wish:
        """Do what the script says, or leave."""
        assert isinstance(session.phase, Finished)
        self.views.append(view)
        if self.moves and isinstance(self.moves[0], Wish):
            return self.moves.pop(0)  # type: ignore[return-value]
        return Wish.QUIT

    def marked(self, mark: Mark) -> None:
        """Note what was marked."""
        self.events.append(f"{mark.kind} {mark.card}")

    def recorded(self, done: Done, view: View) -> None:
        """Note what was kept."""
        self.events.append(f"recorded {done.card.id}")
        self.views.append(view)
        self.done.append(done)

    def taken_back(self, entry: Entry | None) -> None:
        """Note what was taken back."""
        self.events.append(f"taken back {entry.card if entry else None}")


@dataclass
class Sitting:
    """What there was at the end of a sitting."""

    session: Session
    learner: Script
    diary: Diary

    @property
    def events(self) -> list[str]:
        """What happened, in order."""
        return self.diary.events


def start(names: str, diary: Diary, chosen: Settings = DEFAULT) -> Session:
    cards = deck(names)
    known = all_dated(diary.memories)
    queue = build_queue(Known(cards, known), {}, Allowance(99, 99), NOW, chosen)
    return begin(queue, cards, dict(diary.memories), chosen, NOW)


def sit(
    names: str,
    moves: Iterable[Move],
    diary: Diary | None = None,
    limit_ms: int | None = None,
    chosen: Settings = DEFAULT,
) -> Sitting:
    diary = diary or Diary()
    learner, session = Script(moves, diary.events), start(names, diary, chosen)
    ended = run(session, learner, diary, Clock(), limit_ms)
    return Sitting(ended, learner, diary)


def test_a_story_of_answers_and_the_questions_that_follow() -> None:
    sitting = sit("a b", ["A", "wrong", A, E, E])
    assert sitting.events == [
        *("ask d/a", "judge d/a", "append d/a", "recorded d/a"),
        *("ask d/b", "judge d/b", "append d/b", "recorded d/b"),
        *("ask d/a", "judge d/a", "append d/a", "recorded d/a"),
        *("ask d/b", "judge d/b", "append d/b", "recorded d/b"),
    ]
    kept = [
        (one.card, one.response, one.outcome, one.rating)
        for one in sitting.diary.reviews
    ]
    assert kept == [
        ("d/a", "A", Outcome.CORRECT, G),
        ("d/b", "wrong", Outcome.WRONG, A),
        ("d/a", "", Outcome.WRONG, E),
        ("d/b", "", Outcome.WRONG, E),
    ]
    assert sitting.session.phase == Finished(None)
    assert right_at_first(sitting.session) == 1


def test_time_runs_from_when_the_first_question_was_shown() -> None:
    clock, diary = Clock(), Diary()
    learner, began = Script(["A", E], diary.events), clock.ticks() - 5000
    run(start("a", diary), learner, diary, clock, began=began)
    assert [review.took_ms for review in diary.reviews] == [7000]


def test_a_review_holds_all_that_happened() -> None:
    sitting = sit("a", ["A", E])
    (review,) = sitting.diary.reviews
    assert review == Review(
        id=review.id,
        stamp=Stamp("laptop", 1),
        at=NOW + timedelta(seconds=2),
        card=CardId("d/a"),
        rating=E,
        outcome=Outcome.CORRECT,
        response="A",
        took_ms=2000,
        mode=Mode.REVIEW,
    )
    (done,) = sitting.session.done
    assert done == sitting.learner.done[0]
    assert (done.review, done.was) == (review, None)
    assert done.memory == sitting.diary.memories[CardId("d/a")]


def test_the_same_answer_at_the_same_place_of_the_log_has_the_same_id() -> None:
    first, second = (sit("a b", ["A", E, "B", E]).diary.reviews for _ in range(2))
    assert [one.id for one in first] == [one.id for one in second]
    assert len({one.id for one in first}) == 2


def test_the_learner_sees_what_each_rating_leads_to_and_what_is_suggested() -> None:
    sitting = sit("a b", ["A", H, "no"])
    first, second = sitting.learner.judged
    assert (first.suggested(), second.suggested()) == (G, A)
    assert first.next[H] == sitting.learner.done[0].memory
    assert [first.next[rating].is_learning for rating in Rating] == [
        *(True, True, True, False)
    ]


def test_the_learner_sees_what_is_done_and_what_is_left() -> None:
    views = sit("a b c", ["A", G, "B", E]).learner.views
    assert [(view.done, view.left) for view in views[:6]] == [
        (0, Left(3, 0, 0)),
        (0, Left(3, 0, 0)),
        (1, Left(2, 1, 0)),
        (1, Left(2, 1, 0)),
        (1, Left(2, 1, 0)),
        (2, Left(1, 1, 0)),
    ]
    times = [view.now for view in views]
    assert times == sorted(times)


def test_a_sitting_may_end_with_steps_to_come() -> None:
    diary = Diary()
    session = start("a", diary)
    session = answer(session, "A", NOW, 0)
    session, done = rate(session, G, NOW, diary.stamp())
    assert isinstance(session.phase, Asking)
    session = answer(session, "A", NOW, 0)
    session, done = rate(session, A, NOW, diary.stamp())
    assert isinstance(session.phase, Asking)
    assert done.was is State.LEARNING
    cautious = Settings(learn_ahead=timedelta())
    queue = build_queue(Known(deck("a"), {}), {}, Allowance(1, 1), NOW, cautious)
    session = begin(queue, deck("a"), {}, cautious, NOW)
    session = answer(session, "A", NOW, 0)
    session, done = rate(session, G, NOW, diary.stamp())
    assert session.phase == Finished(NOW + 10 * MINUTE)


def test_without_cards_there_is_nothing_to_do() -> None:
    sitting = sit("", ["A", Wish.UNDO])
    assert sitting.events == []
    assert sitting.session.phase == Finished(None)
    assert right_at_first(sitting.session) == 0


def test_each_review_is_kept_before_the_next_question_is_asked() -> None:
    events = sit("a b c", ["A", "x", G, "C", Wish.UNDO, E, A, H, E]).events
    for before, after in itertools.pairwise(events):
        kind, card = before.split(" ", 1)
        if kind == "judge" and not after.startswith("taken back"):
            assert after == f"append {card}"
        if kind == "append":
            assert after == f"recorded {card}"


@pytest.mark.parametrize("kept", [0, 1, 2, 3])
@pytest.mark.parametrize("half", [[], ["A"]], ids=["asked", "answered"])
def test_leaving_at_any_point_keeps_every_review_so_far(
    kept: int, half: list[str]
) -> None:
    sitting = sit("a b c d", [*[E] * kept, *half, Wish.QUIT, E, E])
    assert [one.rating for one in sitting.diary.reviews] == [E] * kept
    assert [one.review for one in sitting.session.done] == sitting.diary.reviews


def test_undo_asks_the_card_again_as_if_it_had_not_been_answered() -> None:
    sitting = sit("a b", ["A", E, Wish.UNDO, "again", A])
    assert sitting.events == [
        *("ask d/a", "judge d/a", "append d/a", "recorded d/a"),
        *("ask d/b", "taken back d/a"),
        *("ask d/a", "judge d/a", "append d/a", "recorded d/a"),
        "ask d/b",
    ]
    (review,) = sitting.diary.reviews
    assert (review.rating, review.response) == (A, "again")
    assert sitting.session.memory(CardId("d/a")) == replay([review], DEFAULT)
    assert right_at_first(sitting.session) == 0


def test_undo_after_the_answer_takes_back_the_review_before() -> None:
    sitting = sit("a b", ["A", E, "B", Wish.UNDO])
    assert sitting.diary.reviews == []
    assert sitting.events[-3:] == ["judge d/b", "taken back d/a", "ask d/a"]
    assert sitting.session.left(NOW) == Left(new=2, learning=0, review=0)


def test_undo_goes_back_many_steps_one_at_a_time() -> None:
    sitting = sit("a b c", [E, G, A, Wish.UNDO, Wish.UNDO, Wish.UNDO, Wish.UNDO])
    assert [event for event in sitting.events if event.startswith("taken")] == [
        *("taken back d/c", "taken back d/b", "taken back d/a", "taken back None"),
    ]
    assert sitting.events[-1] == "ask d/a"
    assert sitting.diary.reviews == []
    assert sitting.session.done == ()
    assert sitting.session.left(NOW) == Left(new=3, learning=0, review=0)
    assert asked_after(sitting) == ["ask d/a", "ask d/b", "ask d/c"]


def asked_after(sitting: Sitting) -> list[str]:
    """Go on from where a sitting ended, and return what is asked."""
    events: list[str] = []
    learner = Script([E] * 9, events)
    run(sitting.session, learner, sitting.diary, Clock())
    return [event for event in events if event.startswith("ask")]


def test_undo_of_a_second_answer_leaves_the_first() -> None:
    sitting = sit("a", [G, E, Wish.UNDO])
    assert sitting.events[-2:] == ["taken back d/a", "ask d/a"]
    assert [one.rating for one in sitting.diary.reviews] == [G]
    one = sit("a b", [G, G, G, Wish.UNDO])
    assert [review.card for review in one.diary.reviews] == ["d/a", "d/b"]
    memory = one.session.memory(CardId("d/a"))
    assert memory is not None
    assert (memory.reps, memory.step) == (1, 1)


def test_undo_reaches_reviews_that_are_older_than_the_sitting() -> None:
    yesterday = sit("old a", [E, Wish.QUIT]).diary
    assert [one.card for one in yesterday.reviews] == ["d/old"]
    yesterday.events.clear()
    sitting = sit("old a", [Wish.UNDO, "OLD", E], yesterday)
    assert sitting.events == [
        *("ask d/a", "taken back d/old"),
        *("ask d/old", "judge d/old", "append d/old", "recorded d/old", "ask d/a"),
    ]
    assert [one.response for one in sitting.diary.reviews] == ["OLD"]


def test_undo_of_a_card_whose_deck_is_gone_takes_it_back_without_asking_it() -> None:
    yesterday = sit("gone", [E]).diary
    yesterday.events.clear()
    sitting = sit("a", [Wish.UNDO], yesterday)
    assert sitting.events == ["ask d/a", "taken back d/gone", "ask d/a"]
    assert sitting.diary.reviews == []
    assert sitting.session.memory(CardId("d/gone")) is None


def test_a_review_taken_back_elsewhere_can_be_any() -> None:
    session = start("a b", Diary())
    review = sit("b", [E]).diary.reviews[0]
    session = take_back(session, TakenBack(review, None, ORDINARY), NOW)
    assert isinstance(session.phase, Asking)
    assert session.phase.card.id == "d/b"


def test_success_counts_by_the_first_answer_to_each_card() -> None:
    assert right_at_first(sit("a b c", [A, H, E, E, E]).session) == 2


def test_an_answer_needs_a_question_and_a_rating_an_answer() -> None:
    session = start("a", Diary())
    with pytest.raises(TypeError, match="no answer is open"):
        rate(session, G, NOW, Stamp("laptop", 1))
    judged = answer(session, "A", NOW, 0)
    with pytest.raises(TypeError, match="no question is open"):
        answer(judged, "A", NOW, 0)


def test_the_answer_counts_from_when_it_was_given_and_not_when_it_was_rated() -> None:
    judged = answer(start("a", Diary()), "A", NOW, 0)
    _, done = rate(judged, E, NOW + DAY, Stamp("laptop", 1))
    assert done.review.at == NOW


def test_a_clock_set_back_in_a_sitting_keeps_memory_and_log_together() -> None:
    diary = Diary()
    session = start("a b", diary)
    for minutes in (0, -60, -30, -90, 5, -200):
        at = NOW + minutes * MINUTE
        session = answer(session, "x", at, 0)
        session, done = rate(session, G, at, diary.stamp())
        diary.append(done.review, done.memory)
        if isinstance(session.phase, Finished):
            break
    for card, memory in diary.memories.items():
        assert memory == diary.replayed(card)


MOVES = st.lists(
    st.sampled_from(["A", "B", "", "中"])
    | st.sampled_from(Rating)
    | st.just(Wish.UNDO)
    | st.sampled_from([E, G]),
    max_size=30,
)


@settings(deadline=None, max_examples=80)
@given(MOVES, MOVES)
def test_whatever_the_learner_does_memory_is_the_replay_of_what_counts(
    yesterday: list[Move], today: list[Move]
) -> None:
    diary = sit("a b c", yesterday).diary
    old = list(diary.reviews)
    sitting = sit("a b c d", today, diary)
    counted = [one.review for one in sitting.session.done]
    remaining = [one for one in old if one in diary.reviews]
    assert diary.reviews == [*remaining, *counted]
    for card in deck("a b c d"):
        assert diary.memories.get(card) == diary.replayed(card)
        assert sitting.session.memory(card) == diary.replayed(card)
    assert len({one.id for one in diary.reviews}) == len(diary.reviews)
    ended = isinstance(sitting.session.phase, Finished)
    assert ended or sitting.session.left(NOW + DAY).total > 0


def test_a_leech_is_suspended_by_a_mark_where_that_is_wanted() -> None:
    for suspends in (False, True):
        chosen = Settings(leech_lapses=1, leech_suspends=suspends, relearning_steps=())
        sitting = sit("a", [E], chosen=chosen)
        known = replace(sitting.diary.memories[CardId("d/a")], due_day=NOW.date())
        diary = Diary(memories={CardId("d/a"): known})
        sitting = sit("a", [A], diary, chosen=chosen)
        told = ["ask d/a", "judge d/a", "append d/a", "recorded d/a"]
        assert sitting.events == told + ["suspend d/a"] * suspends
        assert [mark.kind for mark in diary.marks] == [MarkKind.SUSPEND] * suspends
        assert sitting.learner.done[0].is_leech


@pytest.mark.parametrize("names", ["a b", ""])
def test_a_rehearsal_asks_for_nothing_and_answers_nothing(names: str) -> None:
    diary = Diary()
    session = start(names, diary)
    phase = session.phase
    rehearse(session, NOW)
    assert session.phase == phase
    assert not diary.events
