"""Panels of what goes wrong: what is at risk, weak spots, confusions, leeches."""

from collections.abc import Sequence
from math import floor

from trainer.cards.card import CardId
from trainer.exchange.pages.charts import Part, meter
from trainer.exchange.report.panel import Entry, Group, Panel, Report, Row
from trainer.language.clean import clean
from trainer.statistics.advice import fault_message
from trainer.statistics.confused import Confused
from trainer.statistics.figures import Figures
from trainer.statistics.weakspots import Fault, Weak

_FEW = 8


def risk_panel(report: Report) -> Panel:
    """Show the cards that are most likely to be forgotten."""
    found, title = report.figures.risk, report.say("risk")
    if not found.cards:
        return Panel(title)
    cards = [
        (one.card, f"{floor(one.recall * 1000) / 1000:.1%}")
        for one in found.cards[:_FEW]
    ]
    lead = report.say("risk-lead", count=found.total, lost=f"{found.lost:.0f}")
    return Panel(title, lead, groups=(_cards("", cards, found.total, report),))


def weak_panel(report: Report) -> Panel:
    """Show topics, kinds and commands that fail most often."""
    weak = report.figures.weak
    titles = {one.name: report.title(one) for one in report.figures.notes.topics}
    kinds = {one.name: report.say(f"card-{one.name}") for one in weak.kinds}
    groups = (
        _weak("weak-topics", weak.topics, titles, report),
        _weak("weak-kinds", weak.kinds, kinds, report),
        _weak("weak-commands", weak.commands, {}, report),
    )
    filled = tuple(one for one in groups if one.rows)
    return Panel(report.say("weak"), groups=filled, note=_since("weak-note", report))


def _weak(
    key: str, found: Sequence[Weak], titles: dict[str, str], report: Report
) -> Group:
    shown = found[:_FEW]
    rows = tuple(_weak_row(one, titles.get(one.name), report) for one in shown)
    return Group(report.say(key), rows, more=len(found) - len(shown))


def _weak_row(one: Weak, title: str | None, report: Report) -> Row:
    label = title or clean(one.name)
    counts = {"failed": one.failed, "asked": one.asked}
    said = report.say("failed-of", share=report.share(one.rate), **counts)
    bar = meter((Part(one.failed, "failed"),), one.asked, f"{label}: {said}")
    return Row(label, bar, said, is_code=title is None)


def faults_panel(report: Report) -> Panel:
    """Show what keeps being wrong in the answers."""
    faults, title = report.figures.weak.faults, report.say("faults")
    if not faults:
        return Panel(title)
    rows = tuple(_fault_row(one, report) for one in faults[:_FEW])
    group = Group("", rows, more=len(faults) - len(rows))
    return Panel(title, groups=(group,), note=_since("faults-note", report))


def confusions_panel(report: Report) -> Panel:
    """Show what is taken for what."""
    found, title = report.figures.confused, report.say("confusions")
    if not found:
        return Panel(title)
    most = max(one.count for one in found)
    rows = tuple(_confusion_row(one, most, report) for one in found[:_FEW])
    group = Group("", rows, more=len(found) - len(rows))
    return Panel(title, groups=(group,), note=_since("confusions-note", report))


def _confusion_row(one: Confused, most: int, report: Report) -> Row:
    values = {"taken": clean(one.taken), "due": clean(one.due)}
    label = report.say("confusion", **values)
    said = report.say("confusion-times", count=one.count)
    bar = meter((Part(one.count, "failed"),), most, f"{label}: {said}")
    return Row(label, bar, said)


def _since(key: str, report: Report) -> str:
    return report.say(key, days=report.recent)


def _fault_row(one: Fault, report: Report) -> Row:
    label = report.word(fault_message(one))
    said = report.say("missed-of", missed=one.missed, asked=one.asked)
    bar = meter((Part(one.missed, "failed"),), one.asked, f"{label}: {said}")
    return Row(label, bar, said)


def marked_panel(report: Report) -> Panel:
    """Show leeches, and the cards that were flagged or suspended."""
    counts = report.figures.cards
    groups = (
        _named("leeches", counts.leeches, report),
        _named("flagged", counts.flagged, report),
        _named("away", counts.away, report),
    )
    filled = tuple(one for one in groups if one.entries)
    return Panel(report.say("marked"), groups=filled, note=report.say("marked-note"))


def _named(key: str, cards: Sequence[CardId], report: Report) -> Group:
    title = report.say(key, count=len(cards))
    return _cards(title, [(card, "") for card in cards[:_FEW]], len(cards), report)


def doubtful_panel(report: Report) -> Panel:
    """Show the cards whose verdicts are overruled again and again."""
    found, title = report.figures.doubtful, report.say("doubtful")
    if not found:
        return Panel(title)
    cards = [
        (one.card, report.say("overruled-of", count=one.overruled, asked=one.asked))
        for one in found[:_FEW]
    ]
    group = _cards("", cards, len(found), report)
    return Panel(title, groups=(group,), note=report.say("doubtful-note"))


def _cards(
    title: str, cards: Sequence[tuple[CardId, str]], count: int, report: Report
) -> Group:
    entries = (
        Entry(clean(card), report.question(card), figures) for card, figures in cards
    )
    return Group(title, entries=tuple(entries), more=count - len(cards))


def named_cards(figures: Figures) -> list[CardId]:
    """Return the cards that these panels name, so that their questions can be found."""
    counts = figures.cards
    lists = (
        [one.card for one in figures.risk.cards],
        [one.card for one in figures.doubtful],
        *(counts.leeches, counts.flagged, counts.away),
    )
    return list(dict.fromkeys(card for cards in lists for card in cards[:_FEW]))
