"""Which card comes next, and how many are left."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learning import all_dated
from trainer.cards.card import CardId
from trainer.scheduling.memory import Memory, State, advance, retrievability
from trainer.scheduling.queue import (
    Allowance,
    Known,
    Left,
    Queue,
    allowance,
    build_queue,
    dated,
    mix_evenly,
    queue_of,
)
from trainer.scheduling.review import Rating
from trainer.scheduling.settings import Settings

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=8)))
TODAY = date(2026, 11, 23)
DEFAULT = Settings(new_under_cap=False)
PLENTY = Allowance(new=999, reviews=999)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def ids(names: str) -> list[CardId]:
    return [CardId(name) for name in names.split()]


def known(stability: float = 10, days_ago: int = 10, due: int = 0) -> Memory:
    """Return the memory of a card seen days ago, due in so many days."""
    last = NOW - days_ago * DAY
    return Memory(
        state=State.REVIEW,
        step=None,
        stability=stability,
        difficulty=5,
        due_day=TODAY + due * DAY,
        due_at=None,
        first_day=last.date(),
        last=last,
        reps=3,
        lapses=0,
    )


def step(due_at: datetime, days_ago: int = 0) -> Memory:
    """Return the memory of a card in a learning step."""
    last = NOW - days_ago * DAY
    return replace(
        known(),
        state=State.LEARNING,
        step=0,
        due_at=due_at,
        due_day=due_at.date(),
        first_day=last.date(),
        last=last,
    )


def queue(
    cards: str, memories: dict[str, Memory], allowed: Allowance = PLENTY
) -> Queue:
    by_id = {CardId(card): memory for card, memory in memories.items()}
    return build_queue(Known(ids(cards), all_dated(by_id)), {}, allowed, NOW, DEFAULT)


def asked(waiting: Queue, now: datetime = NOW) -> str:
    """Answer each card with a success, and return the order in which they came."""
    order = []
    while card := waiting.next(now):
        order.append(card)
        waiting = waiting.answered(card, known(due=5))
    return " ".join(order)


def test_learning_comes_first_then_reviews_and_new_then_steps_ahead() -> None:
    memories = {
        "late": step(NOW - MINUTE),
        "later": step(NOW - 2 * MINUTE),
        "ahead": step(NOW + 20 * MINUTE),
        "review": known(),
    }
    waiting = queue("ahead new review late later", memories)
    assert asked(waiting) == "later late review new ahead"


def test_a_step_further_ahead_is_not_asked_and_not_counted() -> None:
    waiting = queue("far", {"far": step(NOW + 20 * MINUTE + MINUTE / 60)})
    assert waiting.next(NOW) is None
    assert waiting.left(NOW) == Left(0, 0, 0)
    assert waiting.next_step() == NOW + 20 * MINUTE + MINUTE / 60
    assert waiting.next(NOW + MINUTE) == "far"
    assert waiting.left(NOW + MINUTE) == Left(0, 1, 0)


def test_without_steps_there_is_no_next_step() -> None:
    assert queue("new", {}).next_step() is None


def test_reviews_come_by_risk_of_forgetting() -> None:
    memories = {
        "firm": known(stability=100),
        "weak": known(stability=5),
        "overdue": known(stability=10, days_ago=60, due=-50),
        "medium": known(stability=10),
    }
    assert asked(queue("firm weak overdue medium", memories)) == (
        "overdue weak medium firm"
    )


def test_cards_at_the_same_risk_come_in_the_order_of_their_ids() -> None:
    assert asked(queue("b c a", dict.fromkeys("abc", known()))) == "a b c"


def test_cards_of_later_days_are_not_asked() -> None:
    tomorrow = NOW + DAY
    memories = {"known": known(due=1), "step": step(tomorrow), "due": known()}
    assert asked(queue("known step due", memories), tomorrow) == "due"


def test_a_step_of_a_day_is_due_like_a_review() -> None:
    memory = replace(known(), state=State.LEARNING, step=1)
    assert queue("x", {"x": memory}).left(NOW) == Left(new=0, learning=0, review=1)


def test_only_the_cards_given_are_asked() -> None:
    assert asked(queue("a", {"a": known(), "other": known()})) == "a"


def test_limits_keep_the_most_at_risk_and_the_first_new_cards() -> None:
    memories = {"r1": known(5), "r2": known(9), "r3": known(7), "step": step(NOW)}
    waiting = queue("n1 r1 n2 r2 n3 r3 step", memories, Allowance(new=2, reviews=2))
    assert asked(waiting) == "step r1 n1 r3 n2"
    assert waiting.left(NOW) == Left(new=2, learning=1, review=2)
    assert waiting.left(NOW).total == 5


def test_without_allowance_only_steps_are_asked() -> None:
    waiting = queue("n r s", {"r": known(), "s": step(NOW)}, Allowance(0, 0))
    assert asked(waiting) == "s"


def test_a_sitting_can_be_limited() -> None:
    memories = {"r1": known(5), "r2": known(9), "s": step(NOW)}
    waiting = queue("n1 n2 r1 r2 s", memories)
    assert asked(waiting) == "s r1 n1 r2 n2"
    assert asked(waiting.limited(3)) == "s r1 n1 r2"
    assert asked(waiting.limited(0)) == "s"
    begun = waiting.answered(CardId("s"), known(due=5)).answered(
        CardId("r1"), known(due=5)
    )
    assert asked(begun.limited(2)) == "n1 r2"


@pytest.mark.parametrize(
    ("first", "second", "mixed"),
    [
        ("", "", ""),
        ("a b", "", "a b"),
        ("", "x y", "x y"),
        ("a b", "x y", "a x b y"),
        ("a b c d", "x", "a b x c d"),
        ("a", "w x y z", "w x a y z"),
        ("a b c d e f", "x y", "a b x c d e y f"),
    ],
)
def test_new_cards_are_mixed_in_evenly(first: str, second: str, mixed: str) -> None:
    assert " ".join(mix_evenly(ids(first), ids(second))) == mixed


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(0, 40))
def test_however_far_one_comes_both_kinds_had_their_share(
    reviews: int, fresh: int
) -> None:
    first = [CardId(f"r{n}") for n in range(reviews)]
    second = [CardId(f"n{n}") for n in range(fresh)]
    mixed = mix_evenly(first, second)
    assert [card for card in mixed if card in first] == first
    assert [card for card in mixed if card in second] == second
    for count in range(len(mixed) + 1):
        share = count * fresh / max(1, len(mixed))
        assert abs(sum(card in second for card in mixed[:count]) - share) <= 1


def test_the_card_just_failed_waits_for_any_other() -> None:
    failed, other = CardId("a"), CardId("b")
    waiting = queue("a b", {"a": known(5), "b": known(9)})
    assert waiting.next(NOW) == failed
    waiting = waiting.answered(failed, step(NOW + MINUTE))
    late = NOW + 5 * MINUTE
    assert waiting.next(late, failed) == other
    waiting = waiting.answered(other, step(late + 10 * MINUTE))
    assert waiting.next(late, other) == failed
    waiting = waiting.answered(failed, step(late + MINUTE))
    assert waiting.next(late + 2 * MINUTE, failed) == other
    waiting = waiting.answered(other, known(due=3))
    assert waiting.next(late + 2 * MINUTE, failed) == failed


def test_a_step_that_follows_on_the_next_day_does_not_come_back_today() -> None:
    waiting = queue("a", {"a": known()})
    assert waiting.answered(CardId("a"), step(NOW + DAY)).next(NOW + DAY) is None


def test_a_card_that_is_not_there_can_be_answered() -> None:
    waiting = queue("a", {})
    assert waiting.answered(CardId("b"), known(due=3)) == waiting


def test_what_was_taken_back_comes_before_all_else_the_last_one_first() -> None:
    memories = {"s": step(NOW), "r": known()}
    waiting = queue("n1 n2 r s", memories)
    for card, memory in (("s", known(due=1)), ("n1", step(NOW + MINUTE))):
        waiting = waiting.answered(CardId(card), memory)
    waiting = waiting.put_back(CardId("n1"), is_new=True)
    assert waiting.next(NOW) == "n1"
    waiting = waiting.put_back(CardId("s"), is_new=False)
    waiting = waiting.put_back(CardId("old"), is_new=False)
    assert waiting.left(NOW) == Left(new=2, learning=0, review=3)
    assert waiting.next(NOW, CardId("old")) == "old"
    assert asked(waiting) == "old s n1 r n2"


def test_a_card_taken_back_twice_is_asked_once() -> None:
    waiting = queue("a b", {})
    for _ in range(2):
        waiting = waiting.put_back(CardId("b"), is_new=True)
    assert asked(waiting) == "b a"


def test_a_card_that_was_new_is_new_again_only_if_nothing_is_left_of_it() -> None:
    waiting = queue("a", {}).put_back(CardId("a"), is_new=False)
    assert waiting.left(NOW) == Left(new=0, learning=0, review=1)
    waiting = waiting.put_back(CardId("a"), is_new=True)
    assert waiting.left(NOW) == Left(new=1, learning=0, review=0)


@pytest.mark.parametrize(
    ("memories", "new", "reviews"),
    [
        ([], 20, 200),
        ([step(NOW)], 19, 200),
        ([replace(step(NOW), last=NOW + MINUTE)], 19, 200),
        ([replace(known(), last=NOW)], 20, 199),
        ([known()], 20, 200),
        ([step(NOW)] * 25, 0, 200),
        ([replace(known(), last=NOW)] * 250, 20, 0),
        ([replace(known(), last=NOW.replace(hour=3))], 20, 200),
    ],
)
def test_what_was_answered_today_is_taken_off_the_limits(
    memories: list[Memory], new: int, reviews: int
) -> None:
    answers = [dated(memory, DEFAULT) for memory in memories]
    assert allowance(answers, TODAY, DEFAULT) == Allowance(new, reviews)


@pytest.mark.parametrize(
    ("reviews", "shown"),
    [(9, "r1 n1 r2 n2 r3 n3"), (5, "r1 n1 r2 n2 r3"), (3, "r1 r2 r3"), (2, "r1 r2")],
)
def test_under_the_cap_new_cards_come_where_reviews_leave_room(
    reviews: int, shown: str
) -> None:
    memories = {"r1": known(5), "r2": known(6), "r3": known(7)}
    cards = [CardId(name) for name in ["n1", "r1", "n2", "r2", "n3", "r3"]]
    lined_up = build_queue(
        Known(cards, all_dated({CardId(name): one for name, one in memories.items()})),
        {},
        Allowance(new=9, reviews=reviews),
        NOW,
        Settings(),
    )
    assert sorted(asked(lined_up).split()) == sorted(shown.split())


def test_under_the_cap_new_cards_of_today_are_reviews_of_today() -> None:
    answers = [dated(one, DEFAULT) for one in (step(NOW), replace(known(), last=NOW))]
    assert allowance(answers, TODAY, Settings()) == Allowance(new=19, reviews=198)


KINDS = st.sampled_from(["new", "review", "overdue", "later", "step", "step ahead"])


def memory_of(kind: str, number: int) -> Memory | None:
    return {
        "new": None,
        "review": known(5 + number),
        "overdue": known(5 + number, days_ago=40, due=-30),
        "later": known(due=3),
        "step": step(NOW - number * MINUTE),
        "step ahead": step(NOW + number * MINUTE),
    }[kind]


def made_of(kinds: Iterable[str]) -> tuple[Queue, dict[CardId, Memory]]:
    found = {f"{n:02}": memory_of(kind, n) for n, kind in enumerate(kinds)}
    memories = {CardId(card): memory for card, memory in found.items() if memory}
    cards = [CardId(card) for card in found]
    return build_queue(
        Known(cards, all_dated(memories)), {}, PLENTY, NOW, DEFAULT
    ), memories


@settings(deadline=None, max_examples=60)
@given(
    st.lists(KINDS, max_size=15),
    st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 900)), min_size=1),
)
def test_each_card_is_asked_until_it_is_answered_and_then_only_for_its_steps(
    kinds: list[str], answers: list[tuple[Rating, int]]
) -> None:
    waiting, memories = made_of(kinds)
    expected = {CardId(f"{n:02}") for n, kind in enumerate(kinds) if kind != "later"}
    now, last = NOW, None
    seen: list[CardId] = []
    for rating, seconds in [*answers, *[(Rating.EASY, 0)] * 200]:
        card = waiting.next(now, last)
        if card is None:
            break
        assert waiting.next(now, last) == card
        before = memories.get(card)
        assert card not in seen or (before and before.due_at is not None)
        seen.append(card)
        count = waiting.left(now).total
        memories[card] = advance(before, rating, now, DEFAULT, CardId(card))
        waiting = waiting.answered(card, memories[card])
        if memories[card].due_at is None:
            assert waiting.left(now).total == count - 1
        now, last = now + timedelta(seconds=seconds), card
    assert waiting.next(now) is None
    soon = {
        card for card, one in memories.items() if one.due_at and card not in seen
    }  # steps further ahead than a sitting looks
    assert set(seen) | soon == expected
    assert len(seen) - len(set(seen)) <= len(answers)


@settings(deadline=None, max_examples=60)
@given(st.lists(KINDS, max_size=15))
def test_the_line_is_in_order(kinds: list[str]) -> None:
    waiting, memories = made_of(kinds)
    assert [at for at, _ in waiting.steps] == sorted(at for at, _ in waiting.steps)
    reviews = [card for card in waiting.main if card in memories]
    risks = [retrievability(memories[card], TODAY, DEFAULT) for card in reviews]
    assert risks == sorted(risks)
    fresh = [card for card in waiting.main if card not in memories]
    assert fresh == sorted(fresh)
    assert waiting.left(NOW).new == len(fresh)


def with_siblings(
    cards: str,
    memories: dict[str, Memory],
    siblings: str,
    allowed: Allowance = PLENTY,
    chosen: Settings = DEFAULT,
) -> Queue:
    """Line cards up of which some, those between bars, are siblings."""
    near = {
        card: frozenset(ids(group)) - {card}
        for group in siblings.split("|")
        for card in ids(group)
    }
    by_id = {CardId(card): memory for card, memory in memories.items()}
    known = all_dated(by_id)
    return build_queue(Known(ids(cards), known), near, allowed, NOW, chosen)


TODAY_AT_EIGHT = replace(known(due=5), last=NOW - 60 * MINUTE)


@pytest.mark.parametrize(
    ("memories", "shown"),
    [
        ({}, "a c n"),
        ({"b": known()}, "b c n"),
        ({"a": known(9), "b": known(5)}, "b c n"),
        ({"a": known(5), "b": known(9)}, "a c n"),
        ({"a": known(due=3), "b": known()}, "b c n"),
        ({"a": known(due=3)}, "b c n"),
        ({"a": TODAY_AT_EIGHT}, "c n"),
        ({"a": TODAY_AT_EIGHT, "b": known()}, "c n"),
        ({"a": step(NOW)}, "a c n"),
        ({"a": step(NOW), "b": known()}, "a c n"),
        ({"a": step(NOW), "b": step(NOW + MINUTE)}, "a b c n"),
        ({"a": step(NOW, days_ago=1), "b": known()}, "a c n"),
        ({"a": step(NOW + DAY, days_ago=1), "b": known()}, "b c n"),
        ({"a": known(), "c": known()}, "a c n"),
        ({"elsewhere": TODAY_AT_EIGHT}, "a n"),
    ],
)
def test_of_siblings_one_is_shown_a_day(
    memories: dict[str, Memory], shown: str
) -> None:
    waiting = with_siblings("a b c d n", memories, "a b|c d elsewhere")
    later = NOW + 2 * MINUTE
    assert " ".join(sorted(asked(waiting, later).split())) == shown


def test_siblings_of_a_sibling_may_come_together() -> None:
    near = {
        CardId("a"): frozenset(ids("b")),
        CardId("b"): frozenset(ids("a c")),
        CardId("c"): frozenset(ids("b")),
    }
    waiting = build_queue(Known(ids("a b c"), {}), near, PLENTY, NOW, DEFAULT)
    assert asked(waiting) == "a c"


def test_siblings_come_together_if_one_wishes() -> None:
    chosen = Settings(sibling_spacing=False)
    waiting = with_siblings("a b", {"a": TODAY_AT_EIGHT}, "a b", chosen=chosen)
    assert asked(waiting) == "b"
    assert asked(with_siblings("a b", {}, "a b", chosen=chosen)) == "a b"


def test_a_sibling_left_out_leaves_room_for_another_card() -> None:
    waiting = with_siblings("a b n", {}, "a b", Allowance(new=2, reviews=0))
    assert asked(waiting) == "a n"


def test_a_card_left_out_is_nowhere_any_more() -> None:
    waiting = queue("a b s", {"s": step(NOW)}).put_back(CardId("old"), is_new=False)
    for card in ids("old a s"):
        waiting = waiting.left_out(card)
    assert asked(waiting) == "b"


def test_a_card_put_last_comes_after_all_others() -> None:
    waiting = queue("a b s", {"s": step(NOW)}).put_last(CardId("s"))
    waiting = waiting.put_last(CardId("a"))
    assert waiting.left(NOW) == Left(new=2, learning=0, review=1)
    assert asked(waiting) == "b s a"


def test_reviews_beyond_what_is_allowed_are_counted_as_held_back() -> None:
    memories = all_dated({card: known() for card in ids("a b c")})
    cards = ids("a b c new1 new2")
    waiting = build_queue(Known(cards, memories), {}, Allowance(2, 2), NOW, DEFAULT)
    assert (waiting.left(NOW), waiting.held_back) == (Left(2, 0, 2), 1)
    few = waiting.limited(2)
    kept = few.left(NOW)
    assert kept.total == 2
    assert kept.review + few.held_back == 3


def test_what_is_due_within_some_days_can_be_had_ahead() -> None:
    memories = {
        CardId("due"): known(),
        CardId("tomorrow"): known(due=1),
        CardId("later"): known(due=3),
    }
    for days, total in ((0, 1), (1, 2), (2, 2), (3, 3)):
        allowed = Allowance(0, 99, days)
        waiting = build_queue(
            Known(memories, all_dated(memories)), {}, allowed, NOW, DEFAULT
        )
        assert waiting.left(NOW).total == total


def test_cards_can_be_lined_up_whatever_their_schedule_says() -> None:
    waiting = queue_of(ids("b a c"), NOW, DEFAULT, frozenset(ids("c")))
    assert waiting.main == tuple(ids("b a c"))
    assert waiting.left(NOW) == Left(1, 0, 2)


def test_while_catching_up_new_cards_wait_for_the_last_review() -> None:
    memories = {name: known(stability=stability) for name, stability in RISKS.items()}
    cards = " ".join([*memories, "new"])

    def lined_up(reviews: int, *, is_catching_up: bool) -> tuple[str, int]:
        allowed = Allowance(9, reviews, is_catching_up=is_catching_up)
        waiting = queue(cards, memories, allowed)
        return " ".join(sorted(waiting.main)), waiting.held_back

    assert lined_up(2, is_catching_up=True) == ("weak weaker", 2)
    assert lined_up(0, is_catching_up=True) == ("", 4)
    assert lined_up(4, is_catching_up=True) == ("firm firmer new weak weaker", 0)
    assert lined_up(2, is_catching_up=False) == ("new weak weaker", 2)


RISKS = {"firm": 50.0, "weak": 3.0, "firmer": 90.0, "weaker": 1.0}
