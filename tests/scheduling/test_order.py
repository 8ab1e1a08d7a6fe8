"""The order in which reviews and new cards come, as the learner chose."""

from datetime import date, datetime, timedelta, timezone

import pytest

from tests.learning import all_dated
from trainer.cards.card import CardId
from trainer.scheduling.memory import Memory, State
from trainer.scheduling.queue import Allowance, Known, build_queue
from trainer.scheduling.settings import Mix, Settings

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=8)))
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


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


def order(
    cards: list[str], memories: dict[str, Memory], chosen: Settings, reviews: int = 999
) -> list[str]:
    """Return today's cards in the order in which they are asked."""
    by_id = all_dated({CardId(card): memory for card, memory in memories.items()})
    allowed = Allowance(new=999, reviews=reviews)
    waiting = build_queue(
        Known(list(map(CardId, cards)), by_id), {}, allowed, NOW, chosen
    )
    return [*waiting.main]


def test_the_longest_due_come_first_if_chosen_those_of_a_day_shuffled() -> None:
    chosen = Settings(order="due")
    names = [f"card{number:02}" for number in range(30)]
    memories = dict.fromkeys(names, known()) | {"late": known(due=-1)}
    cards = [*names, "late"]
    first, *others = order(cards, memories, chosen)
    assert first == "late"
    assert others != names
    assert sorted(others) == names
    assert order(cards[::-1], memories, chosen) == [first, *others]


def test_those_due_on_a_day_are_shuffled_anew_each_day() -> None:
    names = [f"card{number:02}" for number in range(30)]
    earlier = all_dated({CardId(name): known(due=-1) for name in names})
    allowed = Allowance(new=0, reviews=999)
    today, tomorrow = (
        build_queue(
            Known(earlier, earlier), {}, allowed, now, Settings(order="due")
        ).main
        for now in (NOW, NOW + DAY)
    )
    assert sorted(today) == sorted(tomorrow)
    assert today != tomorrow


def test_what_was_not_seen_for_longest_comes_first_if_chosen() -> None:
    memories = {
        "risky": known(stability=1, days_ago=5),
        "old": known(stability=99, days_ago=20),
        "middle": known(days_ago=10),
    }
    chosen = Settings(order="oldest")
    assert order([*memories], memories, chosen) == ["old", "middle", "risky"]
    assert order([*memories], memories, chosen, reviews=1) == ["old"]


@pytest.mark.parametrize(
    ("mix", "cards"),
    [("even", "r1 n1 r2 n2"), ("first", "n1 n2 r1 r2"), ("last", "r1 r2 n1 n2")],
)
def test_new_cards_come_among_before_or_after_the_reviews(mix: Mix, cards: str) -> None:
    memories = {"r1": known(5), "r2": known(9)}
    names = ["n1", "r2", "n2", "r1"]
    assert order(names, memories, Settings(mix=mix)) == cards.split()
