"""Panels of what is known, and of what is to come."""

from trainer.exchange.pages.charts import Column, Dot, Part, columns, curve
from trainer.exchange.report.panel import Drawing, Panel, Report, Table
from trainer.statistics.forecast import Load

_WEEK = 7


def forecast_panel(report: Report) -> Panel:
    """Show how many cards are due on the coming days."""
    ahead, title = report.figures.forecast, report.say("forecast")
    if not any(load.due for load in ahead.days):
        return Panel(title)
    now = ahead.days[0].due
    busiest = max(ahead.days, key=lambda load: load.due)
    counts = {"now": now, "overdue": ahead.overdue, "load": f"{ahead.per_day:.0f}"}
    lead = report.say(
        "forecast-overdue" if ahead.overdue else "forecast-lead", **counts
    )
    marked = {ahead.days[0].day, busiest.day}
    bars = [
        _load(load, at, load.day in marked, report)
        for at, load in enumerate(ahead.days)
    ]
    rows = tuple((load.day.isoformat(), f"{load.due:,}") for load in ahead.days)
    return Panel(
        title,
        lead,
        drawings=(Drawing(columns(bars, f"{title}: {lead}")),),
        tables=(Table((report.say("day"), report.say("due")), rows),),
        note=report.say("forecast-note", later=ahead.later, unseen=ahead.unseen),
    )


def _load(load: Load, at: int, marked: bool, report: Report) -> Column:  # noqa: FBT001 - a column of the table
    return Column(
        (Part(load.due, "due-now" if at == 0 else "due"),),
        report.say("due-tip", day=load.day.isoformat(), count=load.due),
        label=load.day.strftime("%m-%d") if at % _WEEK == 0 else "",
        mark=f"{load.due:,}" if marked and load.due else "",
    )


def knowledge_panel(report: Report) -> Panel:
    """Show how much would have been recalled, week by week."""
    known, title = report.figures.knowledge, report.say("knowledge")
    points = known.over_time
    if not points:
        return Panel(title)
    most = max(one.cards for one in points)
    first, last = points[0].day, points[-1].day
    span = max(1, (last - first).days)
    dots = [
        Dot(
            (one.day - first).days / span,
            one.cards / most if most else 0,
            report.say(
                "knowledge-tip", day=one.day.isoformat(), cards=f"{one.cards:.0f}"
            ),
        )
        for one in points
    ]
    middle = points[len(points) // 2].day
    days = [first, middle, last] if len(points) > _WEEK else [first, last]
    values = {"now": round(known.now), "total": known.total}
    lead = report.say("knowledge-lead", **values)
    labels = [day.isoformat() for day in dict.fromkeys(days)]
    rows = tuple((one.day.isoformat(), f"{one.cards:.1f}") for one in points)
    return Panel(
        title,
        lead,
        drawings=(Drawing(curve(dots, most, labels, f"{title}: {lead}")),),
        tables=(Table((report.say("day"), report.say("cards")), rows),),
        note=report.say("knowledge-note"),
    )
