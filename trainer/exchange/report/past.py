"""Panels of what was done: calendar, reviews by day, hours."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from operator import attrgetter

from trainer.exchange.pages.charts import Cell, Column, Part, columns, grid
from trainer.exchange.report.panel import Drawing, Panel, Report, Table
from trainer.statistics.activity import Day
from trainer.statistics.hours import Hour

_WEEK = timedelta(weeks=1)
_HALF = 26
_DAYS = 30
_KINDS = ("mature", "young", "relearn", "learn", "cram")
_EVERY_HOURS = 6
_ENOUGH = 20


def calendar_panel(report: Report) -> Panel:
    """Show the last year day by day, in two halves, or as much as there is of it."""
    title, done = report.say("calendar"), report.figures.reviews
    if not report.figures.days:
        return Panel(title)
    counts = {one.day: one.answers for one in report.figures.days}
    monday = _monday(report.day)
    has_older = min(counts) < monday - (_HALF - 1) * _WEEK
    begins = [
        monday - (_HALF * half - 1) * _WEEK for half in ((2, 1) if has_older else (1,))
    ]
    bounds = _bounds([counts[day] for day in counts if day >= begins[0]])
    values = {"days": done.days, "span": done.span, "streak": done.streak}
    lead = report.say("calendar-lead", **values, longest=done.longest)
    rows = tuple((day.isoformat(), f"{counts[day]:,}") for day in sorted(counts))
    return Panel(
        title,
        lead,
        drawings=tuple(_half(one, counts, bounds, lead, report) for one in begins),
        legend=tuple(_levels(bounds)),
        tables=(Table((report.say("day"), report.say("answers")), rows),),
        note=report.say("calendar-note"),
    )


def _half(
    first: date, counts: dict[date, int], bounds: list[int], lead: str, report: Report
) -> Drawing:
    """Draw half a year from a Monday on, as far as it is past."""
    days = [first + timedelta(days=at) for at in range(_HALF * 7)]
    cells = [
        Cell(
            at // 7,
            at % 7,
            _level(counts.get(day, 0), bounds),
            report.say("answers-tip", day=day.isoformat(), count=counts.get(day, 0)),
        )
        for at, day in enumerate(days)
        if day <= report.day
    ]
    mondays = days[::7]
    heads = [
        (at, report.say("months").split("/")[day.month - 1])
        for at, day in enumerate(mondays)
        if day.day <= 7 and at < _HALF - 1  # noqa: PLR2004 - the month's first week
    ]
    rows = [
        name if at % 2 == 0 else ""
        for at, name in enumerate(report.say("weekdays").split("/"))
    ]
    name = f"{report.say('calendar')}: {lead}"
    caption = f"{first.isoformat()} – {min(days[-1], report.day).isoformat()}"
    return Drawing(grid(cells, rows, heads, _HALF, name), caption)


def _bounds(counts: Sequence[int]) -> list[int]:
    """Return the upper bounds of four levels, so that each has about as many days."""
    found = sorted(count for count in counts if count)
    places = (len(found) * quarter // 4 for quarter in (1, 2, 3))
    return (
        sorted({found[max(0, at - 1)] for at in places} | {found[-1]}) if found else []
    )


def _level(count: int, bounds: list[int]) -> int:
    """Return the level of a count, of which the highest is 4."""
    if not count:
        return 0
    return 4 - (len(bounds) - 1) + bisect_left(bounds, count)


def _levels(bounds: list[int]) -> Iterable[tuple[str, str]]:
    """Yield the tones of the calendar, and which counts they stand for."""
    yield "level-0", "0"
    for low, high in pairwise([0, *bounds]):
        span = f"{low + 1:,}–{high:,}" if low + 1 < high else f"{high:,}"
        yield f"level-{_level(high, bounds)}", span


Sums = dict[str, int]
"""Answers by kind, cards introduced and time taken, added up."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days or weeks on end, with what was done in each; every so many has a label."""

    key: str
    unit: str
    begins: list[date]
    sums: list[Sums]
    every: int


def reviews_panel(report: Report) -> Panel:
    """Show the answers of the last days and of the last weeks, by kind."""
    title, done = report.say("reviews"), report.figures.reviews
    if not report.figures.days:
        return Panel(title)
    values = {"total": done.total, "time": report.time(done.took_ms)}
    stretches = _stretches(report)
    return Panel(
        title,
        report.say("reviews-lead", **values, mean=f"{done.total / done.span:.0f}"),
        drawings=tuple(_drawing(one, report) for one in stretches),
        legend=tuple(
            (f"kind-{kind}", report.say(f"kind-{kind}"))
            for kind in _KINDS
            if any(sums[kind] for one in stretches for sums in one.sums)
        ),
        tables=tuple(_table(one, report) for one in stretches),
        note=report.say("reviews-note"),
    )


def _stretches(report: Report) -> list[_Stretch]:
    """Return the last days, and the last weeks if there is more than those days."""
    found, today = report.figures.days, report.day
    days = [today - timedelta(days=ago) for ago in range(_DAYS - 1, -1, -1)]
    by_day = [_sums(one for one in found if one.day == day) for day in days]
    shown = [_Stretch("last-days", "day", days, by_day, 7)]
    if found[0].day < days[0]:
        weeks = range(2 * _HALF - 1, -1, -1)
        mondays = [_monday(today) - ago * _WEEK for ago in weeks]
        by_week = [_sums(x for x in found if _monday(x.day) == day) for day in mondays]
        shown.append(_Stretch("last-weeks", "week", mondays, by_week, 13))
    return shown


def _sums(days: Iterable[Day]) -> Sums:
    found = list(days)
    names = (*_KINDS, "introduced", "took_ms")
    return {name: sum(map(attrgetter(name), found)) for name in names}


def _answers(sums: Sums) -> int:
    return sum(sums[kind] for kind in _KINDS)


def _drawing(shown: _Stretch, report: Report) -> Drawing:
    sums, last = shown.sums, len(shown.sums) - 1
    most = max(range(len(sums)), key=lambda at: _answers(sums[at]))
    bars = [
        Column(
            tuple(Part(one[kind], f"kind-{kind}") for kind in _KINDS),
            _kinds_tip(day, one, report),
            label=day.strftime("%m-%d") if (last - at) % shown.every == 0 else "",
            mark=f"{_answers(one):,}" if at == most and _answers(one) else "",
        )
        for at, (day, one) in enumerate(zip(shown.begins, sums, strict=True))
    ]
    caption = report.say(shown.key)
    return Drawing(columns(bars, f"{report.say('reviews')}: {caption}"), caption)


def _kinds_tip(day: date, sums: Sums, report: Report) -> str:
    head = report.say("answers-tip", day=day.isoformat(), count=_answers(sums))
    parts = [
        f"{report.say(f'kind-{kind}')} {sums[kind]:,}" for kind in _KINDS if sums[kind]
    ]
    return "\n".join([head, *parts])


def _table(shown: _Stretch, report: Report) -> Table:
    kinds = (report.say(f"kind-{kind}") for kind in _KINDS)
    head = (report.say(shown.unit), *kinds, report.say("introduced"))
    rows = tuple(
        (
            day.isoformat(),
            *(f"{one[kind]:,}" for kind in _KINDS),
            f"{one['introduced']:,}",
            report.time(one["took_ms"]),
        )
        for day, one in zip(shown.begins, shown.sums, strict=True)
        if _answers(one)
    )
    return Table((*head, report.say("time")), rows)


def hours_panel(report: Report) -> Panel:
    """Show at which hours answers are given, and how many of them are right."""
    title, found = report.say("hours"), report.figures.hours
    asked = [one.passed + one.failed for one in found]
    if not sum(asked):
        return Panel(title)
    bars = [
        Column(
            (Part(one.passed, "passed"), Part(one.failed, "failed")),
            report.say("hours-tip", hour=_clock(one), rate=report.share(one.rate))
            + f" ({one.passed + one.failed:,})",
            label=f"{one.hour:02}" if one.hour % _EVERY_HOURS == 0 else "",
        )
        for one in found
    ]
    lead = _best_hour(found, report)
    rows = tuple(
        (_clock(one), f"{one.passed:,}", f"{one.failed:,}", report.share(one.rate))
        for one in found
        if one.rate is not None
    )
    return Panel(
        title,
        lead,
        drawings=(Drawing(columns(bars, f"{title}: {lead}")),),
        legend=(("passed", report.say("passed")), ("failed", report.say("failed"))),
        tables=(
            Table(tuple(map(report.say, ("hour", "passed", "failed", "rate"))), rows),
        ),
    )


def _best_hour(found: Sequence[Hour], report: Report) -> str:
    """Name the hours at which most and least is right, of those with enough answers."""
    enough = [
        (one.rate, one.hour)
        for one in found
        if one.rate is not None and one.passed + one.failed >= _ENOUGH
    ]
    if len(enough) < 2:  # noqa: PLR2004 - one has nothing to be compared with
        return report.say("hours-few")
    (worst, low), (best, high) = min(enough), max(enough)
    return report.say(
        "hours-lead",
        high=f"{high:02}:00",
        best=report.share(best),
        low=f"{low:02}:00",
        worst=report.share(worst),
    )


def _clock(one: Hour) -> str:
    return f"{one.hour:02}:00"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
