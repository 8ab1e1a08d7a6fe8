"""Logs of a few cards, and the evidence for statistics that they make."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone

from tests.learners import last_lives
from tests.statistics.remembered import remembered
from tests.statistics.rolled import roll_up
from trainer.cards.card import CardId, Kind
from trainer.grading.verdict import Outcome
from trainer.language.text import Text
from trainer.scheduling.marks import Mark, standings_of
from trainer.scheduling.memory import replay
from trainer.scheduling.review import Mode, Noted, Rating, Review, Stamp, log_order
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day
from trainer.statistics.evidence import About, Evidence, Named
from trainer.statistics.tallies import Answered, tally_cards

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=8)))
TODAY = date(2026, 11, 23)
DEFAULT = Settings(spread=False)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
A, H, G, E = Rating
NAMES = ["d/a", "d/b", "e/c", "gone/x"]
CARDS = {
    CardId("d/a"): About(Kind.COMMAND, "one", "docker run"),
    CardId("d/b"): About(Kind.FLAG, "one", "docker run"),
    CardId("e/c"): About(Kind.CONCEPT, "two"),
    CardId("d/new"): About(Kind.CONCEPT, "three"),
}
SECTIONS = tuple(Named(name, Text(name, name)) for name in ("one", "two", "three", "x"))
TOPICS = tuple(Named(name, Text(name, name)) for name in ("d", "e"))


def review(
    card: str,
    at: datetime,
    rating: Rating = G,
    seq: int = 0,
    *notes: tuple[str, str],
    mode: Mode = Mode.REVIEW,
    outcome: Outcome = Outcome.UNJUDGED,
) -> Review:
    """Make a review with what was noted of it."""
    return Review(
        id=f"r{seq}",
        stamp=Stamp("laptop", seq),
        at=at,
        card=CardId(card),
        rating=rating,
        outcome=outcome,
        response="",
        took_ms=1500 + 1000 * seq,
        mode=mode,
        findings=tuple(Noted(code, subject, ()) for code, subject in notes),
    )


def evidence_of(
    reviews: Sequence[Review],
    marks: Sequence[Mark] = (),
    *,
    now: datetime = NOW,
    first: date = date.min,
    quizzed: Iterable[Answered] = (),
) -> Evidence:
    """Make the evidence of a log, as the program does."""
    today = study_day(now, DEFAULT.rollover)
    lives = last_lives(reviews, marks)
    memories = {life.reviews[0].card: replay(life.reviews, DEFAULT) for life in lives}
    known = {card: memory for card, memory in memories.items() if memory}
    return Evidence(
        today=today,
        first=first,
        settings=DEFAULT,
        cards=CARDS,
        memories=remembered(known, today, DEFAULT),
        standings=standings_of(marks, DEFAULT.rollover),
        daily=roll_up(reviews, marks, today, DEFAULT),
        tallies=tally_cards(sorted(reviews, key=log_order), quizzed, first, DEFAULT),
        sections=SECTIONS,
        topics=TOPICS,
    )
