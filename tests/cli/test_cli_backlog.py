"""More is due than a day brings: what is said of it, and the way back after a break."""

from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from tests.decks import deck, write_decks
from tests.learning import MONDAY, Sitting, open_store
from tests.program import Program

NAMES = [f"{letter}{digit}" for letter in "abc" for digit in range(8)]


@pytest.fixture
def busy(tmp_path: Path) -> Program:
    """Return the program with 20 cards learned in two decks, and four new ones."""
    fruit, trees = deck("fruit", *NAMES[:14]), deck("trees", *NAMES[14:], order=2)
    folder = write_decks(tmp_path / "own-decks", fruit=fruit, trees=trees)
    program = Program(tmp_path / "home", {"TRAINER_DECKS": str(folder)})
    with open_store(program.home) as store:
        sitting = Sitting(store)
        for name in NAMES[:20]:
            sitting.answer(f"{'fruit' if name in NAMES[:14] else 'trees'}/{name}", 4)
    return program.at("2026-12-20T09:00+08:00")


def first_heading(out: str) -> str:
    return next(line for line in out.splitlines() if line.startswith("Card 1 "))


def test_due_says_how_many_of_those_waiting_today_brings(busy: Program) -> None:
    busy("config", "set", "review.reviews-per-day", "8")
    assert busy("due").out.splitlines() == [
        "topic          due  new  learning",
        "The fruit       14    0         0",
        "The trees        6    0         0",
        "total      8 of 20    0         0",
    ]
    assert "20 中的 8" in busy("--lang", "zh", "due").out
    counts = busy("due", "--json").json
    assert (counts["due"], counts["held_back"]) == (8, 12)
    busy("review", "--new", "0", given="x =4\n" * 8)
    assert busy("due", "-e", "fruit").code == 1
    assert busy("due", "fruit").out.splitlines()[-1].split() == [
        *("total", "0", "of", str(busy("due", "--json", "fruit").json["held_back"])),
        *("0", "0"),
    ]


def test_a_break_is_met_by_a_way_back(busy: Program) -> None:
    busy("config", "set", "review.reviews-per-day", "9")
    met = busy("review").out
    assert "9 of 20 today, the most at risk first." in met
    assert "Welcome back after 27 days. `trainer review --catch-up 5`" in met
    assert "27 天" in busy("--lang", "zh", "review").out
    for words in (["--catch-up", "5"], ["--cram"]):
        assert "Welcome back" not in busy("review", *words).out
    busy("review", given="x =4\n")
    assert "Welcome back" not in busy("review").out


@pytest.mark.parametrize(
    ("limit", "now"), [("10", "12-20"), ("9", "11-29"), ("0", "12-20")]
)
def test_a_short_break_or_a_small_backlog_is_nothing_to_speak_of(
    busy: Program, limit: str, now: str
) -> None:
    busy("config", "set", "review.reviews-per-day", limit)
    there = busy.at(f"2026-{now}T09:00+08:00")
    assert "Welcome back" not in there("review", "--ahead", "9").out


def test_catching_up_brings_so_many_a_day_and_nothing_new_until_it_is_done(
    busy: Program,
) -> None:
    first = busy("review", "--catch-up", "12", given="x =4\n" * 9)
    assert first_heading(first.out).endswith("Left: 0 new, 0 learning, 12 due")
    again = busy("review", "--catch-up", "12", given="x =4\n" * 9)
    assert first_heading(again.out).endswith("Left: 0 new, 0 learning, 3 due")
    assert "Card 4" not in again.out
    tomorrow = busy.at("2026-12-21T09:00+08:00")
    last = tomorrow("review", "--catch-up=12")
    assert first_heading(last.out).endswith("Left: 4 new, 0 learning, 8 due")


def test_catching_up_goes_with_no_new_cards_and_no_cramming(busy: Program) -> None:
    for words in (["--new", "3"], ["--cram"]):
        refused = busy("review", "--catch-up", "5", *words)
        assert (refused.code, refused.out) == (2, "")
        assert "--catch-up" in refused.err
    assert busy("review", "--catch-up", "0").code == 2


def test_a_limit_that_leaves_nothing_to_ask_is_named_with_a_way_on(
    busy: Program,
) -> None:
    def said(*words: str) -> str:
        return " ".join(busy(*words).out.split())

    many = said("review", "fruit", "--kind", "command", "--reviews", "0")
    assert "14 cards are due. Today's limit of 0 reviews is reached" in many
    assert "`trainer review fruit --kind command --reviews 14` asks more" in many
    assert " of 14 today" not in many
    busy("config", "set", "review.new-per-day", "1")
    busy("review", "--reviews", "99", given="x =4\n" * 21)
    none = said("review")
    assert "3 new cards wait. Today's limit of 1 new card is reached" in none
    assert "`trainer review --new 3` asks more" in none
    in_chinese = said("--lang", "zh", "review", "trees")
    assert "还有 3 张新卡在等" in in_chinese
    assert "trainer review trees --new 3" in in_chinese
    assert "new cards wait" not in said("review", "--new", "0")


def test_new_cards_under_a_cap_that_is_reached_are_said_to_count_among_reviews(
    busy: Program,
) -> None:
    said = " ".join(busy("review", "trees", "--reviews", "0").out.split())
    assert "They count among today's 0 reviews, which are used up" in said


@pytest.mark.parametrize("seed", range(4))
def test_due_prompt_today_and_review_agree(busy: Program, seed: int) -> None:
    """On histories drawn from the seed, with a limit below what is due."""
    drawn = iter(sha256(f"agree {seed}".encode()).digest())
    zone = timezone(timedelta(hours=8))
    limit = next(drawn) % 12
    busy("config", "set", "review.reviews-per-day", str(limit))
    with open_store(busy.home) as store:
        sitting = Sitting(store, datetime(2026, 12, 18, 9, tzinfo=zone))
        for _ in range(10):
            name = NAMES[next(drawn) % 20]
            sitting.now += timedelta(hours=next(drawn) % 8)
            own = "fruit" if name in NAMES[:14] else "trees"
            sitting.answer(f"{own}/{name}", next(drawn) % 4 + 1)
        now = sitting.now + timedelta(minutes=30)
    there = busy.at(now.isoformat())
    due, today = there("due", "--json").json, there("--json").json
    shown = there("prompt", "--json").json
    names = ("due", "new", "learning")
    counts = {name: due[name] for name in names}
    assert {name: today[name] for name in names} == counts
    assert {name: shown[name] for name in names} == counts
    assert due["due"] <= limit
    left = "Left: {new} new, {learning} learning, {due} due".format(**counts)
    if any(counts.values()):
        assert first_heading(there("review").out).endswith(left)
    assert now > MONDAY
