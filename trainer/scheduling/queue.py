"""Which card comes next."""

from bisect import bisect, insort
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from trainer.cards.card import CardId
from trainer.cards.siblings import Siblings
from trainer.language.digest import digest
from trainer.scheduling.memory import Memory
from trainer.scheduling.settings import Mix, Settings
from trainer.scheduling.studyday import study_day


class Dated(NamedTuple):
    """When a card is due and was last seen: all that lining up needs to know.

    Study days are ordinals (day 1 is 0001-01-01), instants milliseconds since 1970.
    A card is due on `due_day`; within a learning step it is due at `due_at`. Without
    `reps` it was never answered here, and goes on from a known strength.
    """

    due_day: int
    due_at: int | None
    first_day: int
    last_day: int
    last_at: int
    stability: float
    reps: int


class Sought(NamedTuple):
    """Which cards a sitting of a study day wants to know the dates of.

    They are those of `cards` that are due by `until`, or any that were answered
    `today`. Of those due, so many `reviews` are enough if these are the most at risk
    among those without siblings, and of those never answered the first `new` ones.
    """

    cards: Sequence[CardId]
    today: date
    until: date
    siblings: AbstractSet[CardId] = frozenset()
    new: int = 0
    reviews: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The cards that may come today, and when those are due that were ever answered.

    `cards` are in the order in which new ones are introduced, and new are those that
    are not `dated`. More are `waiting`, without siblings and less at risk than those
    dated, and more may be new: none of them would come today.
    """

    cards: Collection[CardId]
    dated: Mapping[CardId, Dated]
    waiting: int = 0


def sought(
    cards: Sequence[CardId],
    siblings: Siblings,
    until: date,
    now: datetime,
    settings: Settings,
) -> Sought:
    """Return what lining up some cards needs to know.

    Only by risk can those that come first be told without the dates of all.
    """
    by_risk = settings.order == "risk"
    return Sought(
        cards,
        study_day(now, settings.rollover),
        until,
        siblings.keys() if settings.sibling_spacing else frozenset(),
        settings.new_per_day,
        settings.reviews_per_day if by_risk else None,
    )


def dated(memory: Memory, settings: Settings) -> Dated:
    """Return when a card is due by what is remembered of it."""
    return Dated(
        due_day=memory.due_day.toordinal(),
        due_at=_milliseconds(memory.due_at) if memory.due_at else None,
        first_day=memory.first_day.toordinal(),
        last_day=study_day(memory.last, settings.rollover).toordinal(),
        last_at=_milliseconds(memory.last),
        stability=memory.stability,
        reps=memory.reps,
    )


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


class Left(NamedTuple):
    """How many cards of each kind are left."""

    new: int
    learning: int
    review: int

    @property
    def total(self) -> int:
        """How many in all."""
        return self.new + self.learning + self.review


@dataclass(frozen=True, slots=True)
class Queue:
    """The cards of a sitting that are still to come.

    `steps` holds learning steps with the instant each is due, soonest first;
    `main` holds reviews and new cards, from `position` on; `front` is asked before
    all else, after an undo. `held_back` counts the reviews that are due but left for
    another day.
    """

    steps: tuple[tuple[datetime, CardId], ...]
    main: tuple[CardId, ...]
    new: frozenset[CardId]
    today: date
    learn_ahead: timedelta
    position: int = 0
    front: tuple[CardId, ...] = ()
    held_back: int = 0

    def next(self, now: datetime, last: CardId | None = None) -> CardId | None:
        """Return the card to ask: steps that are due, then the rest, then steps ahead.

        `last`, the card just answered, waits for any other.
        """
        if self.front:
            return self.front[0]
        # further steps come later, and of two one is not `last`
        soonest = self.steps[:2]
        due = [card for at, card in soonest if at <= now]
        ahead = [card for at, card in soonest if now < at <= now + self.learn_ahead]
        candidates = [*due, *self.main[self.position : self.position + 1], *ahead]
        others = (card for card in candidates if card != last)
        return next(others, candidates[0] if candidates else None)

    def without(self, card: CardId) -> "Queue":
        """Take out a card that is being answered."""
        if card in self.front:
            return replace(self, front=tuple(one for one in self.front if one != card))
        if self.main[self.position : self.position + 1] == (card,):
            return replace(self, position=self.position + 1)
        for place, (_, other) in enumerate(self.steps):
            if other == card:
                steps = self.steps[:place] + self.steps[place + 1 :]
                return replace(self, steps=steps)
        return self

    def answered(self, card: CardId, memory: Memory) -> "Queue":
        """Take out an answered card; it comes back if a step of today follows."""
        rest = self.without(card)
        if memory.due_at is None or memory.due_day > self.today:
            return rest
        steps = list(rest.steps)
        insort(steps, (memory.due_at, card))
        return replace(rest, steps=tuple(steps))

    def put_back(self, card: CardId, *, is_new: bool) -> "Queue":
        """Put a card whose answer was taken back in front of all others."""
        rest = self.left_out(card)
        new = self.new | {card} if is_new else self.new - {card}
        return replace(rest, front=(card, *rest.front), new=new)

    def left_out(self, card: CardId) -> "Queue":
        """Take a card out, wherever it stands, for the rest of the sitting."""
        steps = tuple(one for one in self.steps if one[1] != card)
        main = tuple(one for one in self.main[self.position :] if one != card)
        front = tuple(one for one in self.front if one != card)
        return replace(self, steps=steps, main=main, position=0, front=front)

    def put_last(self, card: CardId) -> "Queue":
        """Put a card behind all others, whatever it waited for."""
        rest = self.left_out(card)
        return replace(rest, main=(*rest.main, card))

    def limited(self, most: int) -> "Queue":
        """Keep at most so many reviews and new cards."""
        main = self.main[self.position :]
        cut_off = sum(card not in self.new for card in main[most:])
        held_back = self.held_back + cut_off
        return replace(self, main=main[:most], position=0, held_back=held_back)

    def left(self, now: datetime) -> Left:
        """Count what a sitting would still show now."""
        waiting = [*self.front, *self.main[self.position :]]
        new = sum(card in self.new for card in waiting)
        until = now + self.learn_ahead
        steps = bisect(self.steps, until, key=lambda step: step[0])
        return Left(new, steps, len(waiting) - new)

    def next_step(self) -> datetime | None:
        """Return when the soonest learning step is due."""
        return self.steps[0][0] if self.steps else None


class Allowance(NamedTuple):
    """How many new cards and reviews a sitting may still bring.

    Reviews that come due within `ahead` days come too. While catching up, there are no
    new cards as long as reviews are held back.
    """

    new: int
    reviews: int
    ahead: int = 0
    is_catching_up: bool = False


def allowance(answers: Iterable[Dated], today: date, settings: Settings) -> Allowance:
    """Return what the daily limits leave after what was done today.

    A card counts as new on the day of its first answer and as a review on later
    days, once a day; under the cap, new ones count as reviews, too.
    """
    day = today.toordinal()
    answered = [one for one in answers if one.last_day == day and one.reps]
    new = sum(one.first_day == day for one in answered)
    reviews = len(answered) - (0 if settings.new_under_cap else new)
    return Allowance(
        new=max(0, settings.new_per_day - new),
        reviews=max(0, settings.reviews_per_day - reviews),
    )


def build_queue(
    known: Known,
    siblings: Siblings,
    allowed: Allowance,
    now: datetime,
    settings: Settings,
) -> Queue:
    """Line up today's cards: reviews in the order chosen, new ones mixed in.

    Of two `siblings` at most one is shown on a study day.
    """
    today = study_day(now, settings.rollover)
    until = today + timedelta(days=allowed.ahead)
    steps, due, fresh = _sorted_out(known, until, now)
    if settings.sibling_spacing:
        seen = _seen_today(siblings, known.dated, steps, today)
        due = list(_spaced(due, siblings, seen))
        fresh = list(_spaced(fresh, siblings, seen))
    ordered = _in_order(due, known.dated, today, settings)
    reviews = ordered[: allowed.reviews]
    held_back = len(ordered) - len(reviews) + known.waiting
    new = 0 if allowed.is_catching_up and held_back else allowed.new
    if settings.new_under_cap:
        new = min(new, allowed.reviews - len(reviews))
    fresh = fresh[:new]
    main = tuple(_mixed(reviews, fresh, settings.mix))
    queue = Queue(steps, main, frozenset(fresh), today, settings.learn_ahead)
    return replace(queue, held_back=held_back)


def queue_of(
    cards: Iterable[CardId],
    now: datetime,
    settings: Settings,
    new: frozenset[CardId] = frozenset(),
) -> Queue:
    """Line up cards as they are given, whatever their schedule says."""
    today = study_day(now, settings.rollover)
    return Queue((), tuple(cards), new, today, settings.learn_ahead)


Steps = tuple[tuple[datetime, CardId], ...]


def _sorted_out(
    known: Known, until: date, now: datetime
) -> tuple[Steps, list[CardId], list[CardId]]:
    """Return today's steps, the cards due with the most at risk first, and new ones."""
    last_day, wanted = until.toordinal(), set(known.cards)
    steps, due = [], []
    for card, one in known.dated.items():
        if one.due_day > last_day or card not in wanted:
            continue
        if one.due_at is not None:
            steps.append((_instant(one.due_at, now), card))
        else:
            due.append((-_risk(one, last_day), card))
    return (
        tuple(sorted(steps)),
        [card for _, card in sorted(due)],
        [card for card in known.cards if card not in known.dated],
    )


def _instant(milliseconds: int, now: datetime) -> datetime:
    seconds, rest = divmod(milliseconds, 1000)
    at = datetime.fromtimestamp(seconds, now.tzinfo)
    return at.replace(microsecond=rest * 1000) if rest else at


def _risk(one: Dated, today: int) -> float:
    """Return what grows as a card is forgotten: the days since, by its stability.

    Retrievability falls as this grows, whatever the parameters.
    """
    return max(0, today - one.last_day) / one.stability


def _seen_today(
    siblings: Siblings, known: Mapping[CardId, Dated], steps: Steps, today: date
) -> set[CardId]:
    """Return the cards with siblings that were answered today, and those in a step."""
    day = today.toordinal()
    answered = {
        card for card, one in known.items() if one.last_day == day and card in siblings
    }
    return answered | {card for _, card in steps}


def _spaced(
    cards: Iterable[CardId], siblings: Siblings, seen: set[CardId]
) -> Iterator[CardId]:
    """Yield the cards of which no sibling was seen; what is yielded is seen."""
    for card in cards:
        if seen.isdisjoint(siblings.get(card, ())):
            seen.add(card)
            yield card


def _in_order(
    due: list[CardId],
    known: Mapping[CardId, Dated],
    today: date,
    settings: Settings,
) -> list[CardId]:
    """Sort cards due, which come with the most at risk first, in the order chosen."""
    if settings.order == "risk":
        return due
    if settings.order == "oldest":
        return sorted(due, key=lambda card: (known[card].last_at, card))
    return sorted(due, key=lambda card: (known[card].due_day, _draw(card, today)))


def _draw(card: CardId, today: date) -> bytes:
    """Return what shuffles cards, differently each day and alike on all devices."""
    return digest(f"{today} {card}")


def _mixed(reviews: list[CardId], fresh: list[CardId], mix: Mix) -> list[CardId]:
    if mix == "even":
        return mix_evenly(reviews, fresh)
    return fresh + reviews if mix == "first" else reviews + fresh


def mix_evenly(first: list[CardId], second: list[CardId]) -> list[CardId]:
    """Merge two lists so that each is spread over the whole, keeping their orders."""
    placed = [
        ((index + 0.5) / len(cards), rank, card)
        for rank, cards in enumerate((first, second))
        for index, card in enumerate(cards)
    ]
    return [card for _, _, card in sorted(placed, key=lambda one: one[:2])]
