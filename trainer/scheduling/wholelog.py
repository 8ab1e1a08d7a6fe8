"""The whole log at once: what is remembered of every card, made in one pass.

It leads to the same as `advance` with the loads of the moment, answer by answer, and is
told and tells in plain numbers: a million answers take seconds. Days are ordinals (day
1 is 0001-01-01), instants are milliseconds since 1970, zones are offsets in seconds.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from trainer.cards.card import CardId
from trainer.scheduling.memory import BEGINNING, KNOWN, Place, next_place
from trainer.scheduling.model import model_of
from trainer.scheduling.placing import BALANCED, placing_of
from trainer.scheduling.review import Rating
from trainer.scheduling.settings import Settings

Answer = tuple[CardId, int, int, int, str, int]
"""A card, when and in which zone it was answered, the rating (0 is a reset), and the
place in the log by device and number."""

_DAY = 86_400_000
_EPOCH = date(1970, 1, 1).toordinal()
_MILLISECOND = timedelta(milliseconds=1)


class Known:
    """What is remembered of one card, as `Memory` has it."""

    __slots__ = (
        *("place", "stability", "difficulty", "due_day", "due_at", "first_day"),
        *("last_day", "last_at", "zone", "reps", "lapses", "reach"),
    )

    place: int
    stability: float
    difficulty: float
    due_day: int
    due_at: int | None
    last_day: int
    last_at: int
    zone: int

    def __init__(self, first_day: int, reach: float) -> None:
        self.place = 0
        self.first_day = first_day
        self.reps = 0
        self.lapses = 0
        self.reach = reach


Move = tuple[int, int | None, bool]
"""The number of a place, how long a card waits there, and whether it was forgotten."""


class Places:
    """All places a card may come to, numbered from where it begins."""

    __slots__ = ("moves", "places")

    def __init__(self, settings: Settings) -> None:
        self.places = [BEGINNING]
        self.moves: list[list[Move]] = []
        for place in self.places:  # grows on the way
            moves = [self._move(place, rating, settings) for rating in Rating]
            self.moves.append([moves[0], *moves])  # ratings count from 1

    def _move(self, place: Place, rating: Rating, settings: Settings) -> Move:
        after, wait = next_place(place, rating, settings)
        if after not in self.places:
            self.places.append(after)
        forgot = place == KNOWN and rating is Rating.AGAIN
        number = self.places.index(after)
        return number, None if wait is None else wait // _MILLISECOND, forgot


class _Calendar:
    """What one more card costs on each day; it grows as far as cards are due."""

    __slots__ = ("_begin", "_costs", "_week")

    def __init__(self, week: tuple[int, ...]) -> None:
        self._week = week
        self._begin = 0
        self._costs: list[int] = []

    def begin(self, today: int) -> None:
        """See the first day of all, as far as zones leave that open."""
        if not self._costs:
            self._begin = today // 7 * 7 - 7
            self._grow(today + BALANCED)

    def between(self, first: int, last: int) -> Sequence[int]:
        """Return the costs from a first to a last day."""
        begin, end = first - self._begin, last - self._begin + 1
        if end > len(self._costs):
            self._grow(last)
        return self._costs[begin:end]

    def lift(self, day: int) -> None:
        """Take a card from its day."""
        self._costs[day - self._begin] -= self._week[day % 7]

    def put(self, day: int) -> None:
        """Put a card on a day."""
        if day - self._begin >= len(self._costs):
            self._grow(day)
        self._costs[day - self._begin] += self._week[day % 7]

    def _grow(self, last: int) -> None:
        while last - self._begin >= len(self._costs):
            self._costs += self._week * 53


def remember(
    answers: Iterable[Answer], settings: Settings, places: Places
) -> dict[CardId, Known]:
    """Return what is remembered after answers and resets in the order of the log."""
    known: dict[CardId, Known] = {}
    model = model_of(settings.parameters)
    after, factor, moves = model.after, model.factor, places.moves
    first = [model.first(rating) for rating in (1, *Rating)]
    longest, rollover = settings.maximum_interval, settings.rollover // _MILLISECOND
    placing = placing_of(settings)
    calendar = _Calendar(placing.week)
    spreads, place_on, costs = settings.spread, placing.place, calendar.between
    for card, at, zone, rating, _, _ in answers:
        if not rating:
            if one := known.pop(card, None):
                calendar.lift(one.due_day)
            continue
        today = (at + zone * 1000 - rollover) // _DAY + _EPOCH
        one = known.get(card)
        if one is None:
            one = Known(today, model.reach(settings.retention_of(card)))
            known[card] = one
            calendar.begin(today)
            stability, difficulty = first[rating]
        else:
            elapsed = today - one.last_day
            stability, difficulty = after(
                one.stability, one.difficulty, elapsed, rating
            )
            calendar.lift(one.due_day)
        place, wait, forgot = moves[one.place][rating]
        if wait is None:
            days = round(stability / factor * one.reach)
            if days < 1:
                days = 1
            elif days > longest:
                days = longest
            if spreads:
                days = place_on(days, today, card, one.reps, costs)
            one.due_day, one.due_at = today + days, None
        elif wait < _DAY:
            due_at = at + wait
            one.due_day = (due_at + zone * 1000 - rollover) // _DAY + _EPOCH
            one.due_at = due_at
        else:
            one.due_day, one.due_at = today + wait // _DAY, None
        calendar.put(one.due_day)
        one.place, one.stability, one.difficulty = place, stability, difficulty
        one.last_day, one.last_at, one.zone = today, at, zone
        one.reps += 1
        one.lapses += forgot
    return known
