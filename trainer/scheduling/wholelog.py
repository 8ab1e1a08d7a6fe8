"""The whole log at once: what is remembered of every card, made in one pass.

It leads to the same as `advance` with the loads of the moment, answer by answer, and is
told and tells in plain numbers: a million answers take seconds. Days are ordinals (day
1 is 0001-01-01), instants are milliseconds since 1970, zones are offsets in seconds.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from trainer.cards.card import CardId
from trainer.scheduling.memory import BEGINNING, KNOWN, Place, next_place
from trainer.scheduling.model import Strength, model_of
from trainer.scheduling.placing import START, Costs, placing_of
from trainer.scheduling.review import Rating
from trainer.scheduling.settings import Settings

Answer = tuple[CardId, int, int, int]
"""A card, when and in which zone it was answered, and the rating.

Instead of a rating, 0 is a reset, and what is below 0 is the number of a start, which
follows on a reset.
"""

_DAY = 86_400_000
_YEAR = 365
_EPOCH = date(1970, 1, 1).toordinal() * _DAY
_MILLISECOND = timedelta(milliseconds=1)


class Known:
    """What is remembered of one card, as `Memory` has it.

    `wait` is how long it waits at its place, `reach` how far recall may fall.
    """

    __slots__ = (
        *("place", "stability", "difficulty", "due_day", "due_at", "first_day"),
        *("last_day", "last_at", "zone", "reps", "lapses", "wait", "reach"),
    )

    place: int
    stability: float
    difficulty: float
    due_day: int
    due_at: int | None
    last_day: int
    last_at: int
    zone: int
    wait: int | None

    def __init__(self, today: int, reach: float, rating: int) -> None:
        """Begin with a first answer, or with a start."""
        self.place = 0
        self.first_day, self.reps = (today, 0) if rating > 0 else (today - 1, START)
        self.lapses = 0
        self.reach = reach


Move = tuple[int, int | None, bool]
"""The number of a place, how long a card waits there, and whether it was forgotten."""

_TO_KNOWN: Move = (1, None, False)
"""What a start comes to."""


class Places:
    """All places a card may come to, numbered from where it begins and is known.

    It waits there for less than `longest` days, unless it is known. `moves` are listed
    by the number of a place and the rating; 0 is a start.
    """

    __slots__ = ("longest", "moves", "places")

    def __init__(self, settings: Settings) -> None:
        self.places = [BEGINNING, KNOWN]
        self.moves: list[list[Move]] = []
        for place in self.places:  # grows on the way
            moves = [self._move(place, rating, settings) for rating in Rating]
            self.moves.append([_TO_KNOWN, *moves])
        waits = (wait or 0 for moves in self.moves for _, wait, _ in moves)
        self.longest = max(waits) // _DAY + 1

    def _move(self, place: Place, rating: Rating, settings: Settings) -> Move:
        after, wait = next_place(place, rating, settings)
        if after not in self.places:
            self.places.append(after)
        forgot = place == KNOWN and rating is Rating.AGAIN
        number = self.places.index(after)
        return number, None if wait is None else wait // _MILLISECOND, forgot


class _Calendar:
    """What one more card costs on each day, as far ahead as a card may be put.

    `costs` begin with the day `begin`.
    """

    __slots__ = ("_ahead", "_week", "begin", "costs")

    def __init__(self, week: tuple[int, ...], ahead: int) -> None:
        self._week = week
        self._ahead = ahead
        self.begin = 0
        self.costs: list[int] = []

    def reach(self, today: int) -> tuple[int, int]:
        """Be enough for a day and a year from it; return `begin`, and until when."""
        if not self.costs:  # the first day of all, as far as zones leave that open
            self.begin = today // 7 * 7 - 7
        until = today + _YEAR
        days = until + self._ahead - self.begin - len(self.costs)
        self.costs += self._week * (days // 7 + 1)
        return self.begin, until

    def between(self, first: int, last: int) -> Sequence[int]:
        """Return the costs from a first to a last day."""
        begin = self.begin
        return self.costs[first - begin : last - begin + 1]


def remember(
    answers: Iterable[Answer],
    settings: Settings,
    places: Places,
    starts: Mapping[int, Strength],
) -> dict[CardId, Known]:
    """Return what is remembered after answers and resets in the order of the log.

    `starts` are the strengths that cards go on from, by the numbers of the starts.
    """
    known: dict[CardId, Known] = {}
    model = model_of(settings.parameters)
    after, moves = model.after, places.moves
    first = {**starts, **{int(rating): model.first(rating) for rating in Rating}}
    shift, day = _shift(settings), _DAY
    placing = placing_of(settings)
    week, balances = placing.week, placing.balances
    calendar = _Calendar(week, max(settings.maximum_interval, places.longest))
    put = _putting(settings, calendar.between)
    costs, begin, until = calendar.costs, 0, 0
    for card, at, zone, rating in answers:
        one = known.get(card)
        if balances and one is not None:
            costs[one.due_day - begin] -= week[one.due_day % 7]
        if not rating:
            known.pop(card, None)
            continue
        today = (at + zone * 1000 + shift) // day
        if one is None:
            one = Known(today, model.reach(settings.retention_of(card)), rating)
            known[card] = one
            one.stability, one.difficulty = first[rating]
            rating = max(rating, 0)  # noqa: PLW2901 - no start differs from another
        else:
            one.stability, one.difficulty = after(
                one.stability, one.difficulty, today - one.last_day, rating
            )
        one.place, one.wait, forgot = moves[one.place][rating]
        one.last_day, one.last_at, one.zone = today, at, zone
        one.reps += 1
        one.lapses += forgot
        if balances:
            if today > until:
                begin, until = calendar.reach(today)
            put(card, one)
            costs[one.due_day - begin] += week[one.due_day % 7]
    if not balances:
        for card, one in known.items():
            put(card, one)
    return known


def _putting(settings: Settings, costs: Costs) -> Callable[[CardId, Known], None]:
    """Return what puts a card on the day on which it comes back.

    It may be called after each answer; without a look at what is due on other days,
    once after the last one is enough.
    """
    factor, place_on = model_of(settings.parameters).factor, placing_of(settings).place
    longest, spreads = settings.maximum_interval, settings.spread
    shift, day = _shift(settings), _DAY

    def put(card: CardId, one: Known) -> None:
        today, wait = one.last_day, one.wait
        if wait is None:
            days = round(one.stability / factor * one.reach)
            if not 1 <= days <= longest:
                days = min(max(days, 1), longest)
            if spreads:
                days = place_on(days, today, card, one.reps - 1, costs)
            one.due_day, one.due_at = today + days, None
        elif wait < day:
            one.due_at = one.last_at + wait
            one.due_day = (one.due_at + one.zone * 1000 + shift) // day
        else:
            one.due_day, one.due_at = today + wait // day, None

    return put


def _shift(settings: Settings) -> int:
    """Return what makes milliseconds of local time those since the first study day."""
    return _EPOCH - settings.rollover // _MILLISECOND
