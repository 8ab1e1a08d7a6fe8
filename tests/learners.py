"""Learners whose memory is known: it obeys FSRS-6 with parameters of their own."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from tests.learning import MONDAY, open_store
from trainer.cards.card import CardId
from trainer.grading.verdict import Outcome
from trainer.scheduling.defaults import PARAMETERS, ROLLOVER
from trainer.scheduling.marks import Life, Mark, lives
from trainer.scheduling.model import Model, Strength
from trainer.scheduling.review import Given, Mode, Rating, Review, Stamp, log_order
from trainer.scheduling.studyday import study_day
from trainer.storage.chain import add_row
from trainer.storage.rows import review_row

STEADY = (
    *(0.6, 2.0, 5.0, 20.0, 6.0, 0.7, 2.5, 0.01, 1.5, 0.12, 0.9),
    *(1.8, 0.09, 0.3, 1.9, 0.4, 2.2, 0.5, 0.3, 0.1, 0.25),
)
"""The parameters of one who remembers longer than most."""

A, H, G, E = Rating
BEGIN = MONDAY - timedelta(days=500)
STEPS = {A: 2, H: 2, G: 1, E: 0}


def log_of(
    parameters: Sequence[float], answers: int, new: int = 10, device: str = "of-tests"
) -> list[Review]:
    """Return the first answers of one who learns some new cards every day.

    The cards come back when the default parameters say so.
    """
    made: list[Review] = []
    for day, card, rating in _answers(tuple(parameters), new):
        seq = len(made) + 1
        at = BEGIN + timedelta(days=day, seconds=seq % 9999)
        made.append(
            Review(
                id=f"{device}-{seq}",
                stamp=Stamp(device, seq),
                at=at,
                card=CardId(f"deck/card-{card}"),
                rating=rating,
                outcome=Outcome.UNJUDGED,
                response="",
                took_ms=8000,
                mode=Mode.REVIEW,
            )
        )
        if len(made) == answers:
            break
    return made


def last_lives(reviews: Sequence[Review], marks: Sequence[Mark]) -> Iterator[Life]:
    """Yield for each card its last life, if there is an answer in it."""
    answered: dict[CardId, list[Review]] = {}
    for one in reviews:
        answered.setdefault(one.card, []).append(one)
    for card, own in answered.items():
        *_, last = lives(own, [mark for mark in marks if mark.card == card])
        if last.reviews:
            yield last


def given_of(reviews: Sequence[Review], marks: Sequence[Mark] = ()) -> list[Given]:
    """Return of a log what fitting needs."""
    remembered = [life for life in last_lives(reviews, marks) if not life.start]
    counting = [one for life in remembered for one in life.reviews]
    return [
        (one.card, study_day(one.at, ROLLOVER).toordinal(), one.rating)
        for one in sorted(counting, key=log_order)
    ]


def write_log(home: Path, reviews: Sequence[Review]) -> None:
    """Put reviews into a store at once, and replay them."""
    open_store(home).close()
    with closing(sqlite3.connect(home / "trainer.db")) as db, db:
        for review in reviews:
            add_row(db, "reviews", review_row(review))
    open_store(home).close()


def _answers(
    parameters: tuple[float, ...], new: int
) -> Iterator[tuple[int, int, Rating]]:
    """Yield for ever a day, a card and a rating."""
    memory, plan = Model(parameters), Model(PARAMETERS)
    known: dict[int, tuple[Strength, Strength, int]] = {}
    due: dict[int, list[int]] = {}
    day = 0
    while True:
        for card in [*due.pop(day, []), *range(day * new, day * new + new)]:
            luck = _luck(card, day)
            if card in known:
                real, seen, last = known[card]
                recalls = luck < memory.recall(real[0], day - last)
                rating = G if recalls else A
                real = memory.after(*real, day - last, rating)
                seen = plan.after(*seen, day - last, rating)
                steps = 0 if recalls else 1
            else:
                rating = (
                    A if luck < 0.25 else H if luck < 0.35 else G if luck < 0.85 else E
                )
                real, seen = memory.first(rating), plan.first(rating)
                steps = STEPS[rating]
            yield day, card, rating
            for _ in range(steps):
                yield day, card, G
                real, seen = memory.after(*real, 0, G), plan.after(*seen, 0, G)
            known[card] = real, seen, day
            due.setdefault(day + plan.interval(seen[0], 0.9, 36500), []).append(card)
        day += 1


def _luck(card: int, day: int) -> float:
    digest = sha256(f"{card} {day}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
