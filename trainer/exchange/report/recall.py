"""Panels of how well memory holds: retention, buttons, spreads, calibration, hints."""

from collections.abc import Mapping
from math import floor, inf

from trainer.exchange.pages.charts import (
    Column,
    Dot,
    Part,
    agreement,
    columns,
    meter,
)
from trainer.exchange.report.panel import Drawing, Group, Panel, Report, Row, Table
from trainer.statistics.buttons import Buttons
from trainer.statistics.calibration import Calibration, Level
from trainer.statistics.retention import Retention
from trainer.statistics.spread import Bin, Spread
from trainer.statistics.tally import Tally

_RATINGS = ("again", "hard", "good", "easy")


def retention_panel(report: Report) -> Panel:
    """Show how much of what was due was remembered, by span."""
    title, found = report.say("retention"), report.figures.retention
    shown = {name: one for name, one in found.items() if one.total.asked}
    if not shown:
        return Panel(title)
    rows = tuple(
        _tally_row(report.say(f"span-{name}"), one.total, report, report.goal)
        for name, one in shown.items()
    )
    head = tuple(map(report.say, ("span", "young", "mature", "both")))
    table = tuple(_spans(key, one, report) for key, one in shown.items())
    return Panel(
        title,
        _retention_lead(shown, report),
        legend=(("passed", report.say("remembered")), ("goal", report.say("goal"))),
        groups=(Group("", rows),),
        tables=(Table(head, table),),
        note=report.say("retention-note"),
    )


def _retention_lead(shown: Mapping[str, Retention], report: Report) -> str:
    """Say how much was remembered of late, or in the shortest span that tells."""
    name = next(name for name in ("month", "year", "all") if name in shown)
    total = shown[name].total
    return report.say(
        "retention-lead",
        span=report.say(f"span-{name}"),
        share=report.share(total.rate),
        count=total.asked,
        goal=report.share(report.goal),
    )


def _spans(key: str, one: Retention, report: Report) -> tuple[str, ...]:
    return (
        report.say(f"span-{key}"),
        *map(report.of, (one.young, one.mature, one.total)),
    )


def _tally_row(label: str, one: Tally, report: Report, goal: float = 0) -> Row:
    said = report.of(one)
    bar = meter((Part(one.passed, "passed"),), one.asked, f"{label}: {said}", 0)
    if goal and one.asked:
        bar = meter((Part(one.rate or 0, "passed"),), 1, f"{label}: {said}", goal)
    return Row(label, bar, said)


def buttons_panel(report: Report) -> Panel:
    """Show how cards of each kind were rated."""
    title = report.say("buttons")
    shown = {kind: one for kind, one in report.figures.buttons.items() if one.total}
    if not shown:
        return Panel(title)
    again = sum(one.again for one in shown.values())
    share = report.share(again / sum(one.total for one in shown.values()))
    names = {name: report.rating(name) for name in _RATINGS}
    kinds = [(report.say(f"kind-{kind}"), one) for kind, one in shown.items()]
    head = (report.say("kind"), *names.values(), report.say("rate"))
    return Panel(
        title,
        report.say("buttons-lead", share=share, again=names["again"]),
        legend=tuple((f"rating-{name}", said) for name, said in names.items()),
        groups=(Group("", tuple(_buttons_row(*one, names, report) for one in kinds)),),
        tables=(Table(head, tuple(_buttons(*one, report) for one in kinds)),),
    )


def _buttons(kind: str, one: Buttons, report: Report) -> tuple[str, ...]:
    counts = (f"{getattr(one, name):,}" for name in _RATINGS)
    return (kind, *counts, report.share(one.rate))


def _buttons_row(
    label: str, one: Buttons, names: dict[str, str], report: Report
) -> Row:
    parts = [Part(getattr(one, name), f"rating-{name}") for name in _RATINGS]
    said = ", ".join(
        f"{names[name]} {report.share(getattr(one, name) / one.total)}"
        for name in _RATINGS
    )
    figures = report.say("of", share=report.share(one.rate), count=one.total)
    return Row(label, meter(parts, one.total, f"{label}: {said}"), figures)


def spread_panel(name: str, report: Report) -> Panel:
    """Show how cards spread over intervals, stability, difficulty or recall."""
    title = report.say(name)
    found: Spread = getattr(report.figures, name)
    if found.median is None or found.mean is None:
        return Panel(title)
    values = {"median": _figure(found.median, name), "mean": _figure(found.mean, name)}
    lead = report.say(f"{name}-lead", **values, count=found.cards)
    most = max(found.bins, key=lambda one: one.count)
    bars = [
        Column(
            (Part(one.count, "spread"),),
            report.say("spread-tip", span=_span(one, name), count=one.count),
            label=_low(one, name),
            mark=f"{one.count:,}" if one is most else "",
        )
        for one in found.bins
    ]
    rows = tuple((_span(one, name), f"{one.count:,}") for one in found.bins)
    return Panel(
        title,
        lead,
        drawings=(
            Drawing(columns(bars, f"{title}: {lead}"), report.say(f"{name}-axis")),
        ),
        tables=(Table((report.say("from-to"), report.say("cards")), rows),),
        note=report.say(f"{name}-note"),
    )


def _figure(value: float, name: str) -> str:
    if name == "retrievability":
        return f"{value:.0%}"
    return f"{value:.1f}" if name == "difficulty" else f"{value:.0f}"


def _bound(value: float, name: str) -> str:
    return f"{value:.0%}" if name == "retrievability" else f"{value:.0f}"


def _low(one: Bin, name: str) -> str:
    """Return where a bin begins, for which there is little room."""
    low = f"{one.low * 100:.0f}" if name == "retrievability" else f"{one.low:.0f}"
    open_ended = one.high == inf and name in {"intervals", "stability"}
    return f"{low}+" if open_ended else low


def _span(one: Bin, name: str) -> str:
    high = {"retrievability": 1.0, "difficulty": 10.0}.get(name, inf)
    high = min(one.high, high)
    if high == inf:
        return f"≥ {_bound(one.low, name)}"
    return f"{_bound(one.low, name)}–{_bound(high, name)}"


def calibration_panel(report: Report) -> Panel:
    """Show the recall foretold against what happened."""
    title, found = report.say("calibration"), report.figures.calibration
    if found.log_loss is None or found.rmse is None:
        return Panel(title)
    shares = _shares(found, report)
    lead = report.say("calibration-lead", **shares, count=found.answers)
    dots = [_dot(one, report) for one in found.levels]
    least = min(min(one.x, one.y) for one in dots)
    low = min(0.8, floor(least * 5) / 5)
    axes = report.say("axis-foretold"), report.say("axis-happened")
    scores = {"loss": f"{found.log_loss:.3f}", "rmse": f"{found.rmse:.3f}"}
    head = (report.say("from-to"), *axes, report.say("answers"))
    return Panel(
        title,
        lead,
        drawings=(Drawing(agreement(dots, low, axes, f"{title}: {lead}")),),
        tables=(Table(head, tuple(map(_level, found.levels))),),
        note=report.say("calibration-note", **scores),
    )


def _shares(one: Calibration | Level, report: Report) -> dict[str, str]:
    return {
        "foretold": report.share(one.foretold),
        "happened": report.share(one.happened),
    }


def _dot(one: Level, report: Report) -> Dot:
    shares = _shares(one, report)
    tip = report.say("calibration-tip", **shares, count=one.answers)
    return Dot(one.foretold, one.happened, tip, one.answers)


def _level(one: Level) -> tuple[str, ...]:
    span = f"{one.low:.0%}–{one.high:.0%}"
    return (span, f"{one.foretold:.1%}", f"{one.happened:.1%}", f"{one.answers:,}")


def hints_panel(report: Report) -> Panel:
    """Show what hints lead to, and how sittings in both languages compare."""
    hints, groups = report.figures.hints, []
    title = report.say("habits")
    if hints.hinted:
        share = report.share(hints.hinted / hints.answers)
        rows = [
            _tally_row(report.say("after-hint"), hints.after_hint, report),
            _tally_row(report.say("without-hint"), hints.without, report),
        ]
        heading = report.say("hints", share=share, count=hints.hinted)
        groups.append(Group(heading, tuple(rows)))
    if report.figures.languages:
        rows = [
            _tally_row(report.say(f"in-{name}"), one, report)
            for name, one in report.figures.languages.items()
        ]
        groups.append(Group(report.say("languages"), tuple(rows)))
    return Panel(title, groups=tuple(groups), note=report.say("habits-note"))
