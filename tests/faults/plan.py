"""What a learner does with a store, step by step, and what the log then holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the same steps each time
from typing import Literal

from tests.learning import MONDAY, Sitting, chain_is_whole, open_store, replayed
from trainer.scheduling.marks import FLAGGED, Mark, MarkKind
from trainer.scheduling.review import Retraction, Review, log_order
from trainer.storage.store import Store

Step = Literal["answer", "undo", "mark"]
Row = tuple[str, str]
"""What kind of row of the log, and how the response of a review begins."""

STEPS: tuple[Step, ...] = ("answer",) * 8 + ("undo", "mark")


@dataclass
class Plan:
    """Steps of chance, the first of them an answer."""

    chance: Random
    name: str
    length: int = 1
    steps: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Draw the steps."""
        drawn: list[Step] = ["answer", *self.chance.choices(STEPS, k=299)]
        self.drawn = list(_with_something_to_undo(drawn))
        self.steps = [_row(step, self.name, at) for at, step in enumerate(self.drawn)]

    def take(self, number: int, sitting: Sitting) -> None:
        """Take one step."""
        step, response = self.drawn[number], self.steps[number][1]
        if step == "answer":
            card = f"deck/{self.chance.randrange(40)}"
            rating = self.chance.randrange(1, 5)
            sitting.answer(card, rating, f"{response} " * self.length)
        elif step == "undo":
            sitting.undo()
        else:
            card = f"deck/{self.chance.randrange(40)}"
            sitting.mark(card, MarkKind.FLAG, FLAGGED)


def sitting_at(store: Store, number: int) -> Sitting:
    """Sit down at a later hour than for any number before."""
    return Sitting(store, MONDAY + timedelta(hours=12 * number))


def rows_of(store: Store) -> list[Row]:
    """Return what the log holds, row by row."""
    entries: list[Review | Retraction | Mark] = [
        *store.log.reviews(),
        *store.log.retracted(),
    ]
    entries += [*store.log.retractions(), *store.log.marks()]
    return list(map(_row_of, sorted(entries, key=log_order)))


def _row_of(one: Review | Retraction | Mark) -> Row:
    if isinstance(one, Review):
        return "answer", one.response.partition(" ")[0]
    is_undo = isinstance(one, Retraction) or one.kind is MarkKind.UNDO
    return "undo" if is_undo else "mark", ""


def soundly_kept(home: Path) -> list[Row]:
    """Return what the log holds, after checking that nothing needs repair."""
    with open_store(home) as store:
        assert chain_is_whole(home)
        assert store.memories() == replayed(store)
        assert store.replay_caches(keep=False) == []
        return rows_of(store)


def _with_something_to_undo(steps: list[Step]) -> Iterator[Step]:
    left = 0
    for step in steps:
        chosen: Step = step if left or step != "undo" else "answer"
        left += -1 if chosen == "undo" else 1
        yield chosen


def _row(step: Step, name: str, number: int) -> Row:
    return step, f"{name}.{number}" if step == "answer" else ""
