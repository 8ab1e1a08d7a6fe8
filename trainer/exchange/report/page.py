"""The report: all statistics on one page, the map of the notes first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trainer.exchange.pages.charts import Part as Piece
from trainer.exchange.pages.charts import band, meter
from trainer.exchange.pages.rendering import render_page
from trainer.exchange.report.panel import Report
from trainer.exchange.report.panels import PANELS
from trainer.statistics.advice import Sentence
from trainer.statistics.parts import Part

_FIRM, _FAIR = 0.85, 0.6
_TONES = ("cell-firm", "cell-fair", "cell-weak", "cell-new", "cell-bare")


@dataclass(frozen=True, slots=True)
class Place:
    """A section or topic on the map: its name, its bar, and what is said of it."""

    title: str
    meter: str
    studied: str
    recall: str
    covered: str
    risk: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure, and what it counts."""

    value: str
    label: str


def report_page(report: Report) -> str:
    """Return the page; the same figures give the same page."""
    panels = [make(report) for make in PANELS]
    shown = [one for one in panels if one.is_filled]
    return render_page(
        "report.html",
        report.language,
        styles=("look.css", "report.css"),
        day=report.day.isoformat(),
        scope=[report.title(one) for one in report.figures.notes.topics],
        is_whole=report.is_whole,
        known=report.say("after").join(_state(report)),
        map=_map(report),
        tones=_tones(report),
        sections=_sections(report),
        topics=[_place(one, report) for one in report.figures.notes.topics],
        facts=_facts(report),
        advice=_advice(report),
        panels=shown,
        missing=[one.title for one in panels if not one.is_filled],
    )


def _state(report: Report) -> Iterator[str]:
    """Say how much is known, and how many sections there are, studied and covered."""
    now, notes = report.figures.knowledge, report.figures.notes
    values = {"known": round(now.now), "total": now.total, "studied": now.studied}
    yield report.say("known", **values)
    counts = {
        "sections": len(notes.sections),
        "sections-never": len(notes.never),
        "sections-bare": len(notes.bare),
    }
    for key, count in counts.items():
        if count:
            yield report.say(key, count=count)
    facts = sum(one.facts or 0 for one in notes.sections)
    if facts:
        cited = sum(one.cited or 0 for one in notes.sections)
        yield report.say("lines", cited=cited, facts=facts)
    if report.first:
        yield report.say("since", day=report.first.isoformat())


def _map(report: Report) -> str:
    """Draw all sections in a row, as wide as they have cards."""
    cells = [
        (max(one.cards, 1), _tone(one), f"{report.title(one)}: {_said(one, report)}")
        for one in _every_section(report)
    ]
    return band(cells, report.say("map-name")) if cells else ""


def _every_section(report: Report) -> Iterable[Part]:
    notes = report.figures.notes
    return (*notes.sections, *([notes.elsewhere] if notes.elsewhere else ()))


def _tone(one: Part) -> str:
    """Return how well a section is known, of all its cards."""
    if not one.cards:
        return "cell-bare"
    if not one.studied:
        return "cell-new"
    share = one.share or 0
    if share >= _FIRM:
        return "cell-firm"
    return "cell-fair" if share >= _FAIR else "cell-weak"


def _tones(report: Report) -> list[tuple[str, str]]:
    """Return what the colours of the map mean, those that are there."""
    there = {_tone(one) for one in _every_section(report)}
    return [(tone, report.say(tone)) for tone in _TONES if tone in there]


def _sections(report: Report) -> list[Place]:
    return [_place(one, report) for one in _every_section(report)]


def _place(one: Part, report: Report) -> Place:
    lost = one.studied - one.known
    title = report.title(one)
    parts = (Piece(one.known, "known"), Piece(lost, "lost"))
    return Place(
        title=title,
        meter=meter(parts, one.cards, f"{title}: {_said(one, report)}"),
        studied=f"{one.studied}/{one.cards}" if one.cards else report.say("cell-bare"),
        recall=report.share(one.recall) if one.studied else "",
        covered=_covered(one, report),
        risk=report.say("at-risk", count=one.at_risk) if one.at_risk else "",
        is_open=bool(one.cards) and not one.studied,
    )


def _covered(one: Part, report: Report) -> str:
    """Say how many lines of a section cards cite, where the notes are at hand."""
    if not one.facts:
        return ""
    return report.say("covered", share=report.share((one.cited or 0) / one.facts))


def _said(one: Part, report: Report) -> str:
    """Say all of a section in one sentence."""
    counts = {"studied": one.studied, "cards": one.cards, "risk": one.at_risk}
    if not one.cards:
        said = report.say("cell-bare")
    elif not one.studied:
        said = report.say("said-new", cards=one.cards)
    else:
        said = report.say("said", **counts, recall=report.share(one.recall))
    return report.say("between").join(filter(None, (said, _covered(one, report))))


def _facts(report: Report) -> list[Fact]:
    """Return today in figures."""
    done, ahead = report.figures.reviews, report.figures.forecast
    right = report.share(done.right_today.rate)
    due = "overdue" if ahead.overdue else "due"
    figures: dict[str, tuple[str, dict[str, object]]] = {
        "answers": (f"{done.today:,}", {}),
        "time": (report.time(done.took_ms_today), {}),
        "right": (right, {}),
        "new": (f"{done.introduced_today:,}", {}),
        due: (f"{ahead.days[0].due:,}", {"overdue": ahead.overdue}),
        "streak": (f"{done.streak:,}", {"most": done.longest}),
    }
    return [
        Fact(value, report.say(f"fact-{name}", **values))
        for name, (value, values) in figures.items()
    ]


def _advice(report: Report) -> list[tuple[str, str]]:
    """Return the sentences, and the command to type after each."""
    given = report.figures.advice
    sentences: tuple[Sentence, ...] = (given.risk, given.failing, given.next)
    return [(report.word(one.said), one.command) for one in sentences]
