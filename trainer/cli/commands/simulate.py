"""`trainer simulate`: what a target of retention or a pace of new cards leads to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

import typer

from trainer.cards.card import CardId
from trainer.cli.jsonlines import print_json
from trainer.cli.mistakes import UsageError
from trainer.cli.panels import STUDY
from trainer.cli.parameters import AsJson, Topics
from trainer.cli.world import World, known_topics
from trainer.language.clean import clean
from trainer.scheduling.defaults import PARAMETERS
from trainer.scheduling.marks import ORDINARY, all_lives
from trainer.scheduling.memory import Memory
from trainer.scheduling.settings import Settings
from trainer.scheduling.simulation import Course, simulate
from trainer.statistics.habits import Measured, measure_habits
from trainer.storage.configuration.keys import KEYS
from trainer.storage.configuration.kinds import plain_text
from trainer.terminal.frame import LEAST_COLUMNS, MOST_COLUMNS
from trainer.terminal.printed import page_columns
from trainer.terminal.simulation_text import Outlook, outlook_lines

_MOST_DAYS = 3650
_TARGETS = 8
_DEFAULT = "0.8..0.97"
_BETWEEN = ".."


def register(app: typer.Typer) -> None:
    """Add the command."""
    example = "Example: trainer simulate --retention 0.8..0.95"
    app.command("simulate", rich_help_panel=STUDY, epilog=example)(look_ahead)


def look_ahead(
    context: typer.Context,
    topics: Topics = None,
    retention: Annotated[
        str,
        typer.Option(metavar="A..B", help="Targets to compare: 0.8..0.97, or one."),
    ] = "",
    days: Annotated[
        int, typer.Option(min=1, max=_MOST_DAYS, metavar="N", help="How far to look.")
    ] = 365,
    new: Annotated[
        int | None,
        typer.Option(min=0, max=9999, metavar="N", help="A pace of new cards a day."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what retention costs and yields, and where a pace of new cards leads."""
    world: World = context.obj
    wanted = _targets(retention or _DEFAULT) if retention or new is None else []
    start = _start(world, topics or [])
    settings = world.settings
    if new is not None:
        settings = replace(settings, new_per_day=new)
    own = settings.desired_retention
    if len(wanted) > 1 and wanted[0] < own < wanted[-1]:
        wanted = sorted({*wanted, own})
    targets = {
        one: start.studied(days, replace(settings, desired_retention=one))
        for one in wanted
    }
    pace = None if new is None else start.studied(days, settings)
    if as_json:
        print_json(_as_json(start, days, settings, targets, pace))
        return
    for line in outlook_lines(_outlook(start, settings, world), targets, pace):
        print(clean(line))


@dataclass(frozen=True, slots=True)
class _Start:
    """Where things stand today."""

    today: date
    memories: dict[CardId, Memory]
    new: list[CardId]
    measured: Measured

    @property
    def cards(self) -> int:
        """How many cards there are."""
        return len(self.memories) + len(self.new)

    def studied(self, days: int, settings: Settings) -> Course:
        """Return how it goes from here."""
        habits = self.measured.habits
        return simulate(self.memories, self.new, self.today, days, habits, settings)


def _outlook(start: _Start, settings: Settings, world: World) -> Outlook:
    return Outlook(
        language=world.language,
        ascii_only=world.options.ascii,
        columns=page_columns(LEAST_COLUMNS, MOST_COLUMNS),
        today=start.today,
        cards=start.cards,
        retention=settings.desired_retention,
        new_per_day=settings.new_per_day,
        reviews_per_day=settings.reviews_per_day,
        is_fitted=settings.parameters != PARAMETERS,
        borrowed=start.measured.borrowed,
    )


def _start(world: World, topics: list[str]) -> _Start:
    """Return where the cards of some topics stand; suspended ones stay away."""
    with world.library() as library, world.store() as store:
        names = known_topics(topics, library)
        standings, known = store.standings(), store.memories()
        lives = all_lives(store.log.reviews(), store.log.marks())
        measured = measure_habits(lives, world.settings)
        cards = [
            card
            for name in names
            for card in library.topics[name].cards
            if not standings.get(card, ORDINARY).suspended
        ]
    if not cards:
        raise UsageError("nothing-selected")
    return _Start(
        today=world.today(),
        memories={card: known[card] for card in cards if card in known},
        new=[card for card in cards if card not in known],
        measured=measured,
    )


def _targets(text: str) -> list[float]:
    """Read one target, or the ends between which some are compared."""
    key = KEYS["schedule.desired-retention"]
    try:
        ends = [key.kind.read(one) for one in plain_text(text).split(_BETWEEN, 1)]
    except ValueError as error:
        raise UsageError("bad-targets", value=text, **key.kind.limits) from error
    low, high = (float(str(one)) for one in (ends[0], ends[-1]))
    if low > high:
        raise UsageError("bad-targets", value=text, **key.kind.limits)
    gap = (high - low) / (_TARGETS - 1)
    between = {round(low + gap * number, 2) for number in range(1, _TARGETS - 1)}
    return sorted({low, high} | {one for one in between if low < one < high})


def _as_json(
    start: _Start,
    days: int,
    settings: Settings,
    targets: dict[float, Course],
    pace: Course | None,
) -> dict[str, Any]:
    habits = start.measured.habits
    return {
        "days": days,
        "cards": start.cards,
        "new": len(start.new),
        "new_per_day": settings.new_per_day,
        "fitted": settings.parameters != PARAMETERS,
        "habits": {
            "first": habits.first,
            "recalled": habits.recalled,
            "first_seconds": habits.first_seconds,
            "recalled_seconds": habits.recalled_seconds,
            "forgotten_seconds": habits.forgotten_seconds,
            "step_seconds": habits.step_seconds,
            "borrowed": start.measured.borrowed,
        },
        "targets": [
            {"retention": retention, **_course_json(course)}
            for retention, course in targets.items()
        ],
        "pace": pace and _pace_json(pace, settings),
    }


def _course_json(course: Course) -> dict[str, Any]:
    return {
        "reviews_per_day": round(course.reviews_a_day, 4),
        "minutes_per_day": round(course.minutes_a_day, 4),
        "known": round(course.known, 4),
        "unseen": course.unseen,
    }


def _pace_json(pace: Course, settings: Settings) -> dict[str, Any]:
    days: Iterable[dict[str, Any]] = (
        {
            "reviews": day.reviews,
            "new": day.new,
            "minutes": round(day.seconds / 60, 4),
            "waiting": day.waiting,
        }
        for day in pace.days
    )
    return {
        "retention": settings.desired_retention,
        **_course_json(pace),
        "learned_after": pace.learned_after,
        "busiest": pace.busiest,
        "by_day": list(days),
    }
