"""`trainer review`: today's session. Starts fast; see `__main__`."""

import sys
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple, get_args

from trainer.cards.card import CardId, Kind, deck_of
from trainer.cards.siblings import Siblings
from trainer.cli.configured import tell_unknown_decks
from trainer.cli.mistakes import UsageError
from trainer.cli.options import Options, is_terminal
from trainer.cli.selection import Selection
from trainer.cli.sitting import sit
from trainer.cli.world import World, make_world
from trainer.language.catalogue import say
from trainer.scheduling.marks import Standing, away, present
from trainer.scheduling.queue import (
    Allowance,
    Known,
    Queue,
    Sought,
    allowance,
    build_queue,
    queue_of,
    sought,
)
from trainer.scheduling.review import Mode
from trainer.scheduling.settings import Mix, Order, Settings
from trainer.scheduling.studyday import study_day
from trainer.storage.configuration.kinds import duration, plain_text
from trainer.storage.library import Library
from trainer.storage.memories import Memories
from trainer.storage.store import Others, Store
from trainer.study.first import first_cards
from trainer.study.session import Session, begin
from trainer.terminal.look import MOST_COLUMNS
from trainer.terminal.tty import terminal_size
from trainer.terminal.wrap import wrap

MOST_AHEAD = 365
_LONGEST = timedelta(days=1)
_MOST = 10**9
_BREAK_DAYS = 7
_TOLERATED = timedelta(minutes=5)
_DAYS_OF_WORK = 2


class Wanted(NamedTuple):
    """What was asked for of a sitting; `time` is how long to ask new cards.

    `catch_up` is how many reviews a day to take up what is left from a break. `reviews`
    and `learn_ahead` stand for what is configured, and unspaced is without regard to
    siblings.
    """

    selection: Selection = Selection()
    limit: int | None = None
    new: int | None = None
    ahead: int = 0
    is_cram: bool = False
    time: str = ""
    order: Order | None = None
    mix: Mix | None = None
    catch_up: int | None = None
    reviews: int | None = None
    learn_ahead: str = ""
    is_unspaced: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is the daily review and nothing else."""
        return self._replace(time="", order=None, mix=None) == Wanted()


def review_at_once(options: Options, words: list[str]) -> int | None:
    """Hold a sitting if the command line is a plain one, or return nothing."""
    wanted = read_words(words)
    return None if wanted is None else review(wanted, make_world(options))


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if text.isascii() and text.isdigit() and least <= int(text) <= most:
            return int(text)
        raise ValueError(text)

    return read


def _one_of(names: tuple[str, ...]) -> Callable[[str], str]:
    return lambda text: names[names.index(text)]


_ONE: dict[str, tuple[str, Callable[[str], object]]] = {
    "--limit": ("limit", _number(1, _MOST)),
    "--new": ("new", _number(0, _MOST)),
    "--ahead": ("ahead", _number(0, MOST_AHEAD)),
    "--catch-up": ("catch_up", _number(1, _MOST)),
    "--time": ("time", str),
    "--reviews": ("reviews", _number(0, _MOST)),
    "--learn-ahead": ("learn_ahead", str),
    "--order": ("order", _one_of(get_args(Order))),
    "--mix": ("mix", _one_of(get_args(Mix))),
}
_FLAGS = {"--cram": "is_cram", "--no-spacing": "is_unspaced"}
_MANY: dict[str, Callable[[str], str]] = {"--tag": str, "--kind": Kind}


def read_words(words: list[str]) -> Wanted | None:
    """Read the words of a plain command line.

    Of any other, and of one that is wrong, nothing: typer tells what is to be told.
    """
    said: dict[str, Any] = {}
    many: dict[str, list[Any]] = {"topics": [], "--tag": [], "--kind": []}
    rest = iter(words)
    try:
        for word in rest:
            name, equals, value = word.partition("=")
            if not word.startswith("-"):
                many["topics"].append(word)
            elif word in _FLAGS:
                said[_FLAGS[word]] = True
            elif name in _MANY:
                many[name].append(_MANY[name](value if equals else next(rest)))
            else:
                known_as, read = _ONE[name]
                said[known_as] = read(value if equals else next(rest))
    except (KeyError, ValueError, StopIteration):
        return None
    return Wanted(Selection(*map(tuple, many.values())), **said)


def review(wanted: Wanted, world: World) -> int:
    """Hold a sitting; return the exit code."""
    _check(wanted, world)
    world = _for_this_time(world, wanted)
    limit_ms = milliseconds_of(wanted.time)
    with ExitStack() as stack:
        library = stack.enter_context(world.library())
        chosen = wanted.selection.cards(library)
        store = stack.enter_context(world.study())
        store.check_writable()
        stack.enter_context(world.sitting())
        now = world.clock.now()
        loads, standings = store.loads(), store.standings()
        lining = _lining(wanted, chosen, library, store, standings, world, now)
        if wanted.is_plain and is_terminal() and store.log.is_new():
            queue = _first_queue(lining.asked.cards, library, world, now)
        else:
            queue = lining.queue(wanted, world.settings)
        memories = Memories(store.memory)
        session = begin(queue, library, memories, store.settings, now, loads)
        session = _on_terms(session, wanted, standings, world)
        _tell(queue, library, store, wanted, world, now)
        _tell_used_up(queue, lining, wanted, world)
        return sit(session, library, store, world, limit_ms)


def _check(wanted: Wanted, world: World) -> None:
    """Raise what speaks against a sitting, before anything is opened."""
    if world.options.no_input:
        raise UsageError("no-terminal")
    if wanted.catch_up and (wanted.is_cram or wanted.new or wanted.reviews):
        raise UsageError("catch-up-alone")


def _on_terms(
    session: Session, wanted: Wanted, standings: Mapping[CardId, Standing], world: World
) -> Session:
    """Tell a session what was decided about its cards, and how it is held."""
    flagged = frozenset(card for card, one in standings.items() if one.flagged)
    mode = Mode.CRAM if wanted.is_cram else Mode.REVIEW
    spoken = world.language.value
    return replace(session, mode=mode, flagged=flagged, language=spoken)


def _tell_of_clock(newest: datetime | None, world: World, now: datetime) -> None:
    """Say so where the last answer is still to come."""
    if newest and newest > now + _TOLERATED:
        at = f"{newest.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
        print(say(world.language, "review.clock-behind", at=at), file=sys.stderr)


def _for_this_time(world: World, wanted: Wanted) -> World:
    settings = world.settings
    if wanted.new is not None:
        settings = replace(settings, new_under_cap=False)
    if wanted.reviews is not None:
        settings = replace(settings, reviews_per_day=wanted.reviews)
    if wanted.catch_up:
        most = wanted.catch_up
        settings = replace(settings, reviews_per_day=most, order="risk")
    if wanted.learn_ahead:
        settings = replace(settings, learn_ahead=_duration(wanted.learn_ahead))
    if wanted.is_unspaced:
        settings = replace(settings, sibling_spacing=False)
    order, mix = wanted.order or settings.order, wanted.mix or settings.mix
    return replace(world, settings=replace(settings, order=order, mix=mix))


def milliseconds_of(time: str) -> int | None:
    """Return how long a time that was typed is, if one was; raises on a bad one."""
    return _duration(time) // timedelta(milliseconds=1) or None


def _duration(text: str) -> timedelta:
    """Read a time; without one it is none."""
    if not text:
        return timedelta()
    try:
        found = duration(_LONGEST).read(plain_text(text))
    except ValueError as error:
        raise UsageError("bad-time", value=text) from error
    if not isinstance(found, timedelta) or not found:
        raise UsageError("bad-time", value=text)
    return found


def _others(
    chosen: Sequence[CardId], library: Library, aside: AbstractSet[CardId]
) -> Others | None:
    """Return what tells the cards that are not to be asked, if all are chosen."""
    is_all = len(chosen) == len(library)
    return (lambda log: aside | library.strays(log)) if is_all else None


@dataclass(frozen=True, slots=True)
class _Lining:
    """Lines up what a sitting asks, also once more with other wishes."""

    asked: Sought
    siblings: Siblings
    recall: Callable[[Sought], Known]
    now: datetime

    def queue(self, wanted: Wanted, settings: Settings) -> Queue:
        """Return what is asked."""
        asked = self.asked
        if wanted.is_cram:
            queue = queue_of(asked.cards, self.now, settings)
        else:
            if wanted.new is not None:
                asked = asked._replace(new=wanted.new)
            known = self.recall(asked)
            left = allowance(known.dated.values(), asked.today, settings)
            new = left.new if wanted.new is None else wanted.new
            is_catching_up = bool(wanted.catch_up)
            allowed = Allowance(new, left.reviews, wanted.ahead, is_catching_up)
            queue = build_queue(known, self.siblings, allowed, self.now, settings)
        return queue if wanted.limit is None else queue.limited(wanted.limit)


def _lining(
    wanted: Wanted,
    chosen: Sequence[CardId],
    library: Library,
    store: Store,
    standings: Mapping[CardId, Standing],
    world: World,
    now: datetime,
) -> _Lining:
    today = study_day(now, world.settings.rollover)
    cards = present(chosen, standings, today)
    siblings, until = library.siblings, today + timedelta(days=wanted.ahead)
    asked = sought(cards, siblings, until, now, world.settings)
    others = _others(chosen, library, away(standings, today))
    return _Lining(asked, siblings, partial(store.recall, others=others), now)


def _first_queue(
    cards: Sequence[CardId], library: Library, world: World, now: datetime
) -> Queue:
    """Greet, and line up a few easy cards."""
    deck = deck_of(cards[0]) if cards else ""
    easy = first_cards([library[card] for card in cards if card.startswith(f"{deck}/")])
    start = "welcome-lines" if world.options.by_lines else "welcome-start"
    for name in ("welcome", "welcome-grading", "welcome-schedule", start):
        _print_wrapped(say(world.language, f"review.{name}", count=len(easy)))
    print()
    return queue_of(easy, now, world.settings, frozenset(easy))


def _print_wrapped(text: str) -> None:
    columns = min(terminal_size(sys.stdout)[0], MOST_COLUMNS)
    print("\n".join(wrap(text, columns)))


def _greet_after_break(
    queue: Queue, store: Store, wanted: Wanted, world: World, now: datetime
) -> None:
    """Name a gentle way back, where a break left more than two days can bring."""
    most = world.settings.reviews_per_day
    waiting = queue.left(now).review + queue.held_back
    if wanted.catch_up or wanted.is_cram or not 0 < most * _DAYS_OF_WORK < waiting:
        return
    last = store.last_day()
    days = (study_day(now, world.settings.rollover) - last).days if last else 0
    if days >= _BREAK_DAYS:
        portion = -(-most // 2)
        _print_wrapped(say(world.language, "review.break", days=days, count=portion))


def _tell_used_up(queue: Queue, lining: _Lining, wanted: Wanted, world: World) -> None:
    """Say which limit of the day is reached, where cards wait and none is asked."""
    if queue.left(lining.now).total or wanted.is_cram:
        return
    from trainer.cli.usedup import new_used_up, reviews_used_up

    def line_up(new: int | None, settings: Settings) -> Queue:
        return lining.queue(Wanted(new=new), settings)

    of = wanted.selection, world.settings, world.language
    if queue.held_back:
        _print_wrapped(reviews_used_up(queue.held_back, *of))
    said = "" if wanted.new is not None else new_used_up(line_up, *of)
    if said:
        _print_wrapped(said)


def _tell(
    queue: Queue,
    library: Library,
    store: Store,
    wanted: Wanted,
    world: World,
    now: datetime,
) -> None:
    """Say what there is to know before the first question."""
    if queue.held_back and queue.left(now).total:
        shown = queue.left(now).review
        key = "risk" if world.settings.order == "risk" else "any"
        counts = {"shown": shown, "all": shown + queue.held_back}
        print(say(world.language, f"review.backlog-{key}", **counts))
    tell_unknown_decks(world.options.configuration, library.topics, world.language)
    if library.errors:
        said = say(world.language, "review.deck-errors", count=library.errors)
        print(said, file=sys.stderr)
    _tell_of_clock(store.log.newest(), world, now)
    _greet_after_break(queue, store, wanted, world, now)
