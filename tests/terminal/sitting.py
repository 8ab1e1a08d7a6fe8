"""A sitting for the tests: the real loop and screen, cards from a small deck.

Run as a program it is what the tests in a pseudo-terminal talk to; its last line
says what was rated and how the learner left.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic_ns

from trainer.cards.card import Card, CardId, Context, Kind
from trainer.cards.forms.recall import Recall
from trainer.cards.reading import read_deck
from trainer.language.text import Language, Text
from trainer.scheduling.marks import ORDINARY, Mark
from trainer.scheduling.memory import Memory, replay
from trainer.scheduling.queue import Known, allowance, build_queue
from trainer.scheduling.review import Review, Stamp
from trainer.scheduling.settings import Settings
from trainer.storage.store import Store
from trainer.study.loop import run
from trainer.study.recap import Recap, sum_up
from trainer.study.session import Session, TakenBack, begin
from trainer.terminal.desk import Desk
from trainer.terminal.ending import Ending, seated
from trainer.terminal.preferences import Preferences
from trainer.terminal.screen import ScreenLearner

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SETTINGS = Settings()
DECK = Path(__file__).with_name("deck.yaml")
TITLES: Mapping[Language, Mapping[str, str]] = {
    Language.EN: {"images": "Images"},
    Language.ZH: {"images": "镜像"},
}


@dataclass
class RunningClock:
    """Starts at a fixed instant and runs on."""

    began: int = field(default_factory=monotonic_ns)

    def now(self) -> datetime:
        """Return the instant."""
        return START + timedelta(milliseconds=self.ticks())

    def ticks(self) -> int:
        """Return the milliseconds so far."""
        return (monotonic_ns() - self.began) // 1_000_000


@dataclass
class MemoryJournal:
    """A log that is forgotten with the process."""

    log: list[Review] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def stamp(self) -> Stamp:
        """Return the next place."""
        return Stamp("test", len(self.log) + 1)

    def append(
        self, review: Review, memory: Memory | None, mark: Mark | None = None
    ) -> None:
        """Keep a review."""
        del memory
        self.log.append(review)
        self.marks += [mark] if mark else []

    def mark(self, mark: Mark) -> None:
        """Keep a mark."""
        self.marks.append(mark)

    def take_back(self, at: datetime, count: int) -> Sequence[TakenBack]:
        """Drop the last reviews."""
        del at
        return [self._drop() for _ in range(min(count, len(self.log)))]

    def _drop(self) -> TakenBack:
        review = self.log.pop()
        earlier = [one for one in self.log if one.card == review.card]
        return TakenBack(review, replay(earlier, SETTINGS), ORDINARY)


def deck_cards(name: str = "deck") -> tuple[Card, ...]:
    """Read the cards of one of the tests' decks."""
    path = DECK.with_name(f"{name}.yaml")
    reading = read_deck(path.read_bytes(), path.name)
    assert not reading.problems, reading.problems
    assert reading.deck is not None
    return reading.deck.cards


def recall_card(name: str, ask: str, answer: str) -> Card:
    """Make a card to flip by hand, past the checks of deck files."""
    content = Recall(Context(Kind.CONCEPT, None), Text.same(ask), Text.same(answer))
    return Card(
        CardId(f"images/{name}"),
        Kind.CONCEPT,
        "recall",
        content,
        None,
        None,
        None,
        (),
        (),
        1,
    )


def odd_cards() -> tuple[Card, ...]:
    """Return cards that would disturb a terminal, and one taller than it."""
    tall = "\n".join(f"line {number}" for number in range(1, 81))
    return (
        recall_card(
            "hostile", "red \x1b[31m bell \x07 \u202eevil", "\x1b[2J gone \x9b"
        ),
        recall_card("tall", "A tall card", tall),
    )


def session_of(cards: Sequence[Card], now: datetime = START) -> Session:
    """Begin a session in which all cards are new."""
    by_id = {card.id: card for card in cards}
    today = now.date()
    queue = build_queue(
        Known(by_id, {}), {}, allowance([], today, SETTINGS), now, SETTINGS
    )
    return begin(queue, by_id, {}, SETTINGS, now)


def main() -> None:
    """Hold a sitting over a real log, and say how it ended."""
    arguments = _arguments()
    clock = RunningClock()
    cards = odd_cards() if arguments.odd else deck_cards(arguments.deck)
    with TemporaryDirectory() as home, Store(home, SETTINGS, lambda: "test") as store:
        store.memories()
        with seated(sys.stdin) as ending, screen(arguments, clock, ending) as learner:
            last = run(session_of(cards, clock.now()), learner, store, clock)
            learner.summary(last)
        reviews, standings = store.log.reviews(), store.standings()
    rated = "".join(str(review.rating.value) for review in reviews)
    noted = " ".join(note.code for review in reviews for note in review.findings)
    marked = " ".join(
        f"{card.partition('/')[2]}:{name}"
        for card, standing in standings.items()
        for name in ("suspended", "buried_on", "flagged")
        if getattr(standing, name)
    )
    ended_by = ending.by.name if ending.by else "-"
    print(f"rated:{rated or '-'} ended by:{ended_by}")  # noqa: T201 - what the tests read
    print(f"noted:{noted or '-'} marked:{marked or '-'}")  # noqa: T201 - as above


def screen(
    arguments: argparse.Namespace, clock: RunningClock, ending: Ending
) -> ScreenLearner:
    """Return the screen that the arguments ask for."""
    language = Language(arguments.lang)
    return ScreenLearner(
        desk_of(TITLES[language], clock),
        language,
        SETTINGS.rollover,
        color=not arguments.no_color,
        ascii=arguments.ascii,
        preferences=Preferences(two_grades=arguments.two_grades),
        guard=timedelta(milliseconds=arguments.guard),
        ending=ending,
    )


def desk_of(titles: Mapping[str, str], clock: RunningClock) -> Desk:
    """Return a desk with little on it."""

    def recap(session: Session) -> Recap:
        return sum_up(session, clock.now(), 0, 0, [clock.now().date()])

    return Desk(titles, recap)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lang", default="en")
    parser.add_argument("--guard", type=int, default=0)
    parser.add_argument("--deck", default="deck")
    for name in ("--odd", "--ascii", "--no-color", "--two-grades"):
        parser.add_argument(name, action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
