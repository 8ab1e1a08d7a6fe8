"""Anki's graphs of the same history have the same figures."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.learners import STEADY, log_of
from tests.program import clean_environment
from tests.statistics.evidence import DEFAULT, evidence_of
from trainer.cards.card import CardId, Kind
from trainer.scheduling.marks import all_lives
from trainer.scheduling.memory import Memory, State, after_review, replay
from trainer.scheduling.review import Review
from trainer.scheduling.studyday import study_day
from trainer.statistics.evidence import About
from trainer.statistics.figures import Figures, figures

GRAPHS = Path(__file__).parent / "anki_graphs.py"
KINDS = {None: 0, State.LEARNING: 0, State.REVIEW: 1, State.RELEARNING: 2}
SPANS = ("today", "week", "month", "year", "all")
REVIEWS = log_of(STEADY, 4000)
NOW = REVIEWS[-1].at
TODAY = study_day(NOW, DEFAULT.rollover)
MS = timedelta(milliseconds=1)


def days_of(memory: Memory) -> int:
    """Return a known card's interval."""
    return (memory.due_day - study_day(memory.last, DEFAULT.rollover)).days


def row_of(review: Review, memory: Memory | None, number: int) -> list[int]:
    """Return a review as the graphs are told of it; steps are negative seconds."""
    day = study_day(review.at, DEFAULT.rollover)
    begin = review.at.replace(hour=4, minute=0, second=0, microsecond=0)
    is_known = memory is not None and memory.state is State.REVIEW
    interval = days_of(memory) if memory and is_known else -600 if memory else 0
    kind = KINDS[memory.state if memory else None]
    since = (review.at - begin) // MS
    return [(TODAY - day).days, since, number, int(review.rating), interval, kind]


def told() -> Iterator[tuple[list[list[int]], Memory]]:
    """Yield of each card its rows, and what is remembered at the end."""
    for number, life in enumerate(all_lives(REVIEWS, [])):
        memory, rows = None, []
        for review in life.reviews:
            rows.append(row_of(review, memory, number))
            memory = after_review(memory, review, DEFAULT)
        assert memory == replay(life.reviews, DEFAULT)
        assert memory
        yield rows, memory


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Figures]:
    """Return Anki's graphs and our figures of one history."""
    found = list(told())
    log = sorted(
        (row for rows, _ in found for row in rows), key=lambda r: (-r[0], r[1])
    )
    cards = [[(one.due_day - TODAY).days, days_of(one)] for _, one in found]
    ran = subprocess.run(
        [sys.executable, str(GRAPHS), str(tmp_path_factory.mktemp("anki") / "a.anki2")],
        input=json.dumps({"log": log, "cards": cards}),
        capture_output=True,
        text=True,
        env={**clean_environment(), "TZ": "XXX-8"},
        check=True,
    )
    evidence = evidence_of(REVIEWS, now=NOW)
    ours = {CardId(card): About(Kind.CONCEPT) for card in evidence.memories.card}
    return json.loads(ran.stdout), figures(replace(evidence, cards=ours))


def test_true_retention_is_that_of_anki(both: tuple[Any, Figures]) -> None:
    graphs, found = both
    for span in SPANS:
        counted = graphs["trueRetention"]["allTime" if span == "all" else span]
        one = found.retention[span]
        assert (counted.get("youngPassed", 0), counted.get("youngFailed", 0)) == (
            *(one.young.passed, one.young.failed),
        )
        assert (counted.get("maturePassed", 0), counted.get("matureFailed", 0)) == (
            *(one.mature.passed, one.mature.failed),
        )
    assert found.retention["all"].mature.asked > 100


def test_answer_buttons_are_those_of_anki(both: tuple[Any, Figures]) -> None:
    graphs, found = both
    counted, ours = graphs["buttons"]["allTime"], found.buttons
    steps = [ours["learn"], ours["relearn"]]
    for name, kinds in (
        ("learning", steps),
        ("young", [ours["young"]]),
        ("mature", [ours["mature"]]),
    ):
        ratings = zip(*((k.again, k.hard, k.good, k.easy) for k in kinds), strict=True)
        assert counted[name] == list(map(sum, ratings))


def test_the_forecast_is_that_of_anki(both: tuple[Any, Figures]) -> None:
    """Anki counts what is overdue by its days, and we with today."""
    graphs, found = both
    counted = {int(day): due for day, due in graphs["futureDue"]["futureDue"].items()}
    ahead = [counted.get(day, 0) for day in range(len(found.forecast.days))]
    overdue = sum(due for day, due in counted.items() if day < 0)
    ahead[0] += overdue
    assert [one.due for one in found.forecast.days] == ahead
    assert found.forecast.overdue == overdue
    assert int(found.forecast.per_day) == graphs["futureDue"]["dailyLoad"]


def test_success_by_hour_is_that_of_anki(both: tuple[Any, Figures]) -> None:
    graphs, found = both
    assert [(one.passed + one.failed, one.passed) for one in found.hours] == [
        (hour.get("total", 0), hour.get("correct", 0))
        for hour in graphs["hours"]["allTime"]
    ]


def test_days_are_those_of_anki(both: tuple[Any, Figures]) -> None:
    graphs, found = both
    counted = graphs["reviews"]["count"]
    for one in found.days:
        day = counted[str((one.day - TODAY).days)]
        names = ("learn", "relearn", "young", "mature")
        assert [day.get(name, 0) for name in names] == [getattr(one, n) for n in names]
    assert len(counted) == len(found.days)
