"""The whole log at once: what is remembered of every card, made in one pass.

It leads to the same as `advance`, answer by answer, and is told and tells in plain
numbers: a million answers take seconds. Days are ordinals (day 1 is 0001-01-01),
instants are milliseconds since 1970, zones are offsets in seconds.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from trainer.cards.card import CardId
from trainer.scheduling.memory import BEGINNING, KNOWN, Place, next_place
from trainer.scheduling.model import model_of
from trainer.scheduling.review import Rating
from trainer.scheduling.settings import Settings
from trainer.scheduling.spreading import spread

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


def remember(
    answers: Iterable[Answer], settings: Settings, places: Places
) -> dict[CardId, Known]:
    """Return what is remembered after answers and resets in the order of the log."""
    known: dict[CardId, Known] = {}
    model = model_of(settings.parameters)
    after, factor, moves = model.after, model.factor, places.moves
    first = [model.first(rating) for rating in (1, *Rating)]
    longest, rollover = settings.maximum_interval, settings.rollover // _MILLISECOND
    spreads = settings.spread
    for card, at, zone, rating, _, _ in answers:
        if not rating:
            known.pop(card, None)
            continue
        today = (at + zone * 1000 - rollover) // _DAY + _EPOCH
        one = known.get(card)
        if one is None:
            one = Known(today, model.reach(settings.retention_of(card)))
            known[card] = one
            stability, difficulty = first[rating]
        else:
            elapsed = today - one.last_day
            stability, difficulty = after(
                one.stability, one.difficulty, elapsed, rating
            )
        place, wait, forgot = moves[one.place][rating]
        if wait is None:
            days = round(stability / factor * one.reach)
            if days < 1:
                days = 1
            elif days > longest:
                days = longest
            if spreads:
                days = spread(days, longest, card, one.reps)
            one.due_day, one.due_at = today + days, None
        elif wait < _DAY:
            due_at = at + wait
            one.due_day = (due_at + zone * 1000 - rollover) // _DAY + _EPOCH
            one.due_at = due_at
        else:
            one.due_day, one.due_at = today + wait // _DAY, None
        one.place, one.stability, one.difficulty = place, stability, difficulty
        one.last_day, one.last_at, one.zone = today, at, zone
        one.reps += 1
        one.lapses += forgot
    return known
