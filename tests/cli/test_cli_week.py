"""A week of study from the shell, checked against the log at every step."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from tests.conversation import Conversation
from tests.decks import SHIPPED
from tests.program import Program
from trainer.cards.card import CardId
from trainer.cards.reading import read_deck
from trainer.language.text import Language
from trainer.scheduling.memory import Memory, State, advance
from trainer.scheduling.placing import Loads
from trainer.scheduling.review import Rating
from trainer.scheduling.settings import Settings

ZONE = timezone(timedelta(hours=8))
ROLLOVER = timedelta(hours=4)


def day_of(at: datetime) -> int:
    return (at - ROLLOVER).date().toordinal()


def instant(review: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(review["at"]).astimezone(ZONE)


def replay(reviews: list[dict[str, Any]]) -> dict[str, Memory]:
    """Compute from an exported log what is remembered."""
    memories: dict[str, Memory] = {}
    for one in reviews:
        rating, at = Rating(one["rating"]), instant(one)
        before = memories.get(one["card"])
        due = Counter(memory.due_day.toordinal() for memory in memories.values())
        memories[one["card"]] = advance(
            before, rating, at, Settings(), CardId(one["card"]), Loads(due)
        )
    return memories


def check(program: Program, now: datetime) -> list[dict[str, Any]]:
    """Assert that stats, due and export agree with the log; return the log."""
    there = program.at(now.isoformat())
    exported = there("export", "json").json
    stats, due = there("stats", "--json").json, there("due", "--json").json
    reviews: list[dict[str, Any]] = exported["reviews"]
    cards = [one["id"] for one in exported["cards"]]
    memories = replay(reviews)
    today = day_of(now)

    assert exported["memory"] == [_exported(c, memories[c]) for c in sorted(memories)]
    assert stats["reviews"]["total"] == len(reviews)
    assert stats["reviews"]["today"] == sum(
        day_of(instant(r)) == today for r in reviews
    )
    learning = sum(one.state is not State.REVIEW for one in memories.values())
    states = {"total": len(cards), "new": len(cards) - len(memories)}
    states |= {"learning": learning, "review": len(memories) - learning, "suspended": 0}
    assert states.items() <= stats["cards"].items()
    ahead = Counter(
        max(0, one.due_day.toordinal() - today) for one in memories.values()
    )
    days = stats["forecast"]["days"]
    assert [one["due"] for one in days] == [ahead[n] for n in range(len(days))]
    assert _retention(reviews, today).items() <= stats["retention"]["week"].items()

    soon = now + timedelta(minutes=20)
    steps = [m for m in memories.values() if m.due_at and m.due_at <= soon]
    waiting = [
        m for m in memories.values() if not m.due_at and m.due_day.toordinal() <= today
    ]
    started = sum(m.first_day.toordinal() == today for m in memories.values())
    new = max(0, min(len(cards) - len(memories), 20 - started))
    assert (due["learning"], due["due"], due["new"]) == (len(steps), len(waiting), new)
    topics = [one["deck"] for one in due["decks"]]
    assert due == there("due", *topics, "--json").json
    return reviews


def _exported(card: str, memory: Memory) -> dict[str, Any]:
    def utc(at: datetime) -> str:
        text = at.astimezone(timezone.utc).isoformat(timespec="milliseconds")  # noqa: UP017 - spelled out on purpose
        return text.replace("+00:00", "Z")

    return {
        "card": card,
        "state": memory.state.value,
        "step": memory.step,
        "stability": memory.stability,
        "difficulty": memory.difficulty,
        "due_day": memory.due_day.isoformat(),
        "due_at": utc(memory.due_at) if memory.due_at else None,
        "first_day": memory.first_day.isoformat(),
        "last": utc(memory.last),
        "reps": memory.reps,
        "lapses": memory.lapses,
    }


def _retention(reviews: list[dict[str, Any]], today: int) -> dict[str, Any]:
    """Count the first reviews of a day of cards that were in review."""
    memories: dict[str, Memory] = {}
    seen: set[tuple[str, int]] = set()
    passed = failed = 0
    for one in reviews:
        card, at = one["card"], instant(one)
        before = memories.get(card)
        first = (card, day_of(at)) not in seen
        if before and before.state is State.REVIEW and first and day_of(at) > today - 7:
            passed += one["rating"] > 1
            failed += one["rating"] == 1
        seen.add((card, day_of(at)))
        memories[card] = advance(
            before, Rating(one["rating"]), at, Settings(), CardId(card)
        )
    asked = passed + failed
    return {
        "passed": passed,
        "failed": failed,
        "rate": passed / asked if asked else None,
    }


Answers = dict[str, tuple[str, str]]


def answers_of(decks: Iterable[Path]) -> Answers:
    """Return the form of each question, and what to type for a right answer."""
    found = {}
    for path in decks:
        deck = read_deck(path.read_bytes(), path.name).deck
        assert deck is not None
        for card in deck.cards:
            for asked in (card.deal(number) for number in range(12)):
                right = asked.content.grade("").expected
                question = asked.content.prompt(Language.EN).question.splitlines()[0]
                found[question] = (card.form, right)
    return found


PLAN = ["right", "right", "wrong", "right =4", "right =2", "right =1", "wrong =3"]
"""How answers go, again and again; ` =N` rates them."""


def sit(program: Program, answers: Answers, done: int) -> list[tuple[str, int]]:
    """Answer up to a dozen questions by plan; return what was typed and rated."""
    given: list[tuple[str, int]] = []
    with Conversation(program) as talk:
        while len(given) < 12 and (question := talk.question()) is not None:
            how = PLAN[(done + len(given)) % len(PLAN)]
            form, right = answers[question]
            is_known = how.startswith("right") and form != "order"  # it is shuffled
            wrong = "wrong" if form in {"type", "cloze"} else ""
            typed = right if is_known and form != "recall" else wrong
            _, rated, number = how.partition(" =")
            talk.say(typed + rated + number)
            assert talk.acknowledged()
            judged = 3 if is_known or form == "recall" else 1
            given.append((typed, int(number or judged)))
        assert talk.leave() == 0
    return given


def test_a_week_of_study_agrees_with_its_log_at_every_step(shipped: Program) -> None:
    answers = answers_of(SHIPPED)
    assert any(answers.values())
    shipped("config", "set", "review.sibling-spacing", "no")
    start = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
    given: list[tuple[str, int]] = []
    for day in range(7):
        for hours in (0, 17.5) if day % 3 else (0.25,):  # 02:30 is that day too
            now = start + timedelta(days=day, hours=hours)
            given += sit(shipped.at(now.isoformat()), answers, len(given))
            reviews = check(shipped, now)
            assert [(one["response"], one["rating"]) for one in reviews] == given
    assert len(given) > 80
