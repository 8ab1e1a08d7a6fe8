"""Memories are those of py-fsrs and of fsrs-rs, on random histories.

`make parity` tries ten times as many.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from itertools import pairwise, product

import fsrs
import fsrs_rs_python
import pytest

from tests.learners import STEADY
from tests.learning import MONDAY
from trainer.cards.card import CardId
from trainer.scheduling.memory import Memory, State, advance
from trainer.scheduling.model import model_of
from trainer.scheduling.review import Rating
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day
from trainer.scheduling.wholelog import Places, remember
from trainer.storage.rows import known_row, memory_row, milliseconds

TRIALS = int(os.environ.get("TRAINER_PARITY_TRIALS", "1000"))
PARTS = 4
GAPS = (
    *(timedelta(seconds=20), timedelta(minutes=9), timedelta(hours=5)),
    *(timedelta(hours=14), timedelta(hours=23, minutes=30), timedelta(days=1)),
    *(timedelta(days=2), timedelta(days=9), timedelta(days=40)),
    *(timedelta(days=200), timedelta(days=1500)),
)
History = list[tuple[datetime, Rating]]


def numbers(trial: int) -> Iterator[int]:
    """Yield numbers from 0 to 255 that look random and are always the same."""
    block = 0
    while True:
        yield from sha256(f"{trial} {block}".encode()).digest()
        block += 1


def history_of(trial: int) -> History:
    """Return answers at times, with every rating and gap there is."""
    chance = numbers(trial)
    at, history = MONDAY, []
    for _ in range(1 + next(chance) % 20):
        history.append((at, Rating(1 + next(chance) % 4)))
        at += GAPS[next(chance) % len(GAPS)] + timedelta(minutes=next(chance))
    return history


def settings_of(trial: int) -> Settings:
    retention = (0.7, 0.85, 0.9, 0.97)[trial % 4]
    parameters = (Settings().parameters, STEADY)[trial // 4 % 2]
    return Settings(parameters=parameters, desired_retention=retention, spread=False)


def memories_of(history: History, chosen: Settings) -> list[Memory]:
    memories: list[Memory] = []
    for at, rating in history:
        before = memories[-1] if memories else None
        memories.append(advance(before, rating, at, chosen, CardId("d/x")))
    return memories


def days_of(history: History, chosen: Settings) -> list[int]:
    """Return the study days since the answer before."""
    days = [study_day(at, chosen.rollover).toordinal() for at, _ in history]
    return [0, *(after - before for before, after in pairwise(days))]


def py_fsrs_cards(history: History, chosen: Settings) -> list[fsrs.Card]:
    """Ask py-fsrs, at midnight of each study day."""
    scheduler = fsrs.Scheduler(
        chosen.parameters,
        chosen.desired_retention,
        chosen.learning_steps,
        chosen.relearning_steps,
        chosen.maximum_interval,
        enable_fuzzing=False,
    )
    cards, card = [], fsrs.Card(card_id=1)
    for at, rating in history:
        midnight = datetime.combine(study_day(at, chosen.rollover), time(), UTC)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), midnight)
        cards.append(card)
    return cards


def fsrs_rs_states(
    history: History, chosen: Settings
) -> list[fsrs_rs_python.MemoryState]:
    answers = zip(history, days_of(history, chosen), strict=True)
    item = fsrs_rs_python.FSRSItem(
        [fsrs_rs_python.FSRSReview(rating.value, days) for (_, rating), days in answers]
    )
    return fsrs_rs_python.FSRS(chosen.parameters).historical_memory_states(item)


def close(one: float, other: float | None) -> bool:
    return one == pytest.approx(other, rel=1e-4)


@pytest.mark.parametrize("part", range(PARTS))
def test_stability_difficulty_and_intervals_are_those_of_both_libraries(
    part: int,
) -> None:
    for trial in range(part, TRIALS, PARTS):
        history, chosen = history_of(trial), settings_of(trial)
        memories = memories_of(history, chosen)
        states = fsrs_rs_states(history, chosen)
        engine = fsrs_rs_python.FSRS(chosen.parameters)
        cards = py_fsrs_cards(history, chosen)
        for (at, rating), memory, card, state in zip(
            history, memories, cards, states, strict=True
        ):
            assert close(memory.stability, card.stability), trial
            assert close(memory.difficulty, card.difficulty), trial
            assert close(state.stability, memory.stability), (trial, rating)
            assert close(state.difficulty, memory.difficulty), (trial, rating)
            if memory.state is State.REVIEW:
                today = study_day(at, chosen.rollover)
                days = (memory.due_day - today).days
                assert card.due.date() == memory.due_day
                exact = engine.next_interval(
                    state.stability, chosen.desired_retention, rating.value
                )
                assert (
                    abs(days - min(max(exact, 1), chosen.maximum_interval))
                    <= 0.5 + 1e-4 * days
                )


def test_a_card_that_sm2_scheduled_is_as_strong_as_fsrs_rs_takes_it() -> None:
    for chosen in (STEADY, Settings().parameters):
        ours, theirs = model_of(chosen), fsrs_rs_python.FSRS(chosen)
        for ease, interval in product((1.3, 1.8, 2.5, 4.0), (1, 3, 12, 90, 700)):
            stability, difficulty = ours.from_sm2(ease, interval)
            taken = theirs.memory_state_from_sm2(ease, interval, 0.9)
            assert close(stability, taken.stability)
            assert close(difficulty, taken.difficulty)
    assert model_of(STEADY).from_sm2(-3, 0) == (0.001, 10)
    assert model_of(STEADY).from_sm2(2.5, 1e9)[0] == 36500


@pytest.mark.parametrize("part", range(PARTS))
def test_the_whole_log_at_once_leads_to_the_same(part: int) -> None:
    for trial in range(part, TRIALS, PARTS):
        history, chosen = history_of(trial), settings_of(trial)
        card = CardId("d/x")
        answers = [
            (card, milliseconds(at), 8 * 3600, rating.value) for at, rating in history
        ]
        places = Places(chosen)
        known = remember(answers, chosen, places, {})[card]
        memory = memories_of(history, chosen)[-1]
        assert known_row(card, known, places) == memory_row(card, memory, chosen)


def test_the_histories_have_all_there_is() -> None:
    """Else the trials would prove less than they say."""
    seen: set[tuple[str, Rating]] = set()
    lapses = 0
    for trial in range(100):
        history, chosen = history_of(trial), settings_of(trial)
        memories = memories_of(history, chosen)
        lapses += memories[-1].lapses
        for days, (_, rating) in zip(days_of(history, chosen), history, strict=True):
            kind = "same day" if not days else "long gap" if days > 100 else "later"
            seen.add((kind, rating))
    assert seen == {
        (kind, rating)
        for kind in ("same day", "later", "long gap")
        for rating in Rating
    }
    assert lapses > 50
