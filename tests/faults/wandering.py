"""A learner whose clock goes forward and back, between answers and between sittings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the same times each time

from tests.learning import MONDAY, chain_is_whole, open_store, replayed
from tests.terminal.sitting import deck_cards
from trainer.cards.card import Card, CardId
from trainer.scheduling.marks import Entry, Mark
from trainer.scheduling.queue import Allowance, Known, build_queue, dated
from trainer.scheduling.review import Rating, log_order
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day
from trainer.storage.store import Store
from trainer.study.loop import Answered, Edited, Rated, Wish, run
from trainer.study.session import Asking, Done, Judged, Session, begin
from trainer.study.view import View

JUMPS = (
    *(timedelta(seconds=7), timedelta(minutes=3), timedelta(hours=5)),
    *(timedelta(days=1), timedelta(days=40), timedelta(days=800)),
)
CARDS: Mapping[CardId, Card] = {card.id: card for card in deck_cards()}


@dataclass
class WanderingClock:
    """Jumps by chance, into other zones as well, each time it is read."""

    chance: Random
    at: datetime = MONDAY

    def now(self) -> datetime:
        """Return an instant somewhere around the one before."""
        jump = self.chance.choice(JUMPS) * self.chance.choice((1, 1, 1, -1))
        zone = timezone(timedelta(minutes=15 * self.chance.randint(-48, 56)))
        if self.chance.random() < 0.3:
            self.at = min(LAST, max(FIRST, self.at + jump)).astimezone(zone)
        else:
            self.at += timedelta(seconds=9)
        return self.at

    def ticks(self) -> int:
        """Return a time that goes on."""
        return 0


FIRST, LAST = MONDAY - timedelta(days=9000), MONDAY + timedelta(days=9000)


@dataclass
class HastyLearner:
    """Answers some questions, takes some answers back, and leaves."""

    chance: Random
    left: int
    recordings: int = 0
    undone: int = 0
    said: list[str] = field(default_factory=list)

    def ask(self, asking: Asking, view: View) -> Answered | Edited | Wish:
        """Answer, or not."""
        del asking, view
        if not self.left:
            return Wish.QUIT
        self.left -= 1
        choices = (Answered("docker ps"),) * 8 + (Wish.UNDO, Wish.BURY)
        return self.chance.choice(choices)

    def judge(self, judged: Judged, view: View) -> Rated | Edited | Wish:
        """Rate."""
        del judged, view
        return Rated(self.chance.choice(tuple(Rating)))

    def finish(self, session: Session, view: View) -> Wish:
        """Leave."""
        del session, view
        return Wish.QUIT

    def recorded(self, done: Done, view: View) -> None:
        """Count."""
        del done, view
        self.recordings += 1

    def marked(self, mark: Mark) -> None:
        """Hear nothing."""

    def taken_back(self, entry: Entry | None) -> None:
        """Count."""
        self.undone += entry is not None


def wander(home: Path, seed: int) -> int:
    """Sit down some times; check what the log holds; return how many answers."""
    chance = Random(seed)  # noqa: S311 - as above
    clock = WanderingClock(chance)
    recorded = 0
    for _ in range(3):
        with open_store(home) as store:
            learner = HastyLearner(chance, chance.randint(1, 6))
            run(_session(store, clock.now()), learner, store, clock)
            recorded += learner.recordings
            reviews = [*store.log.reviews(), *store.log.retracted()]
            assert len(reviews) == recorded
            assert store.log.reviews() == sorted(store.log.reviews(), key=log_order)
            assert chain_is_whole(home)
            assert store.memories() == replayed(store)
            assert store.replay_caches(keep=False) == []
    return recorded


def _session(store: Store, now: datetime) -> Session:
    settings = Settings()
    memories = store.memories()
    seen = {card: dated(memory, settings) for card, memory in memories.items()}
    allowed = Allowance(20, 200, 0, is_catching_up=False)
    queue = build_queue(Known(list(CARDS), seen), {}, allowed, now, settings)
    assert queue.today == study_day(now, settings.rollover)
    return begin(queue, CARDS, memories, settings, now)
